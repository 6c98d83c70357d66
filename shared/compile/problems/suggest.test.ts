// What fits where, and what comes next: said by the compiler, not by a table.

import { expect, test } from 'vitest';
import type { DatasetDescriptor } from '../../datasets/descriptor.ts';
import { appendLayer } from '../../network/compose.ts';
import { applyEdits } from '../../network/edits.ts';
import type { Network } from '../../network/network.ts';
import { layers, type LayerId } from '../../layers/index.ts';
import { analyze } from './analyze.ts';
import { likelyNext, refusalsAfter } from './suggest.ts';

const digits: DatasetDescriptor = {
  id: 'digits',
  title: 'Digits',
  about: '',
  task: 'classes',
  features: { name: 'image', shape: [28, 28], dtype: 'uint8' },
  labels: { name: 'digit', shape: [], dtype: 'uint8' },
  classNames: [...'0123456789'],
  samples: { train: 10, test: 10 },
  look: 'image',
  source: '',
  licence: '',
  origin: 'generated',
};
const empty: Network = { id: 'n', name: 'N', nodes: [], edges: [] };

function grow(network: Network, kind: LayerId, parameters: Readonly<Record<string, unknown>> = {}): Network {
  const { edits, nodes } = appendLayer(network, layers[kind], network.nodes.at(-1)?.id ?? null);
  const node = nodes[0] as string;
  return applyEdits(network, [...edits, { type: 'setParameters', node, parameters }]).network;
}
const refusals = (network: Network) => refusalsAfter(network, analyze(network, { dataset: digits }), network.nodes.at(-1)?.id ?? '', digits);

test('behind an automatic Input both a Dense and a Conv2D fit, because it shapes itself to them', () => {
  const after = refusals(grow(empty, 'input'));
  expect([...after.keys()]).not.toContain('dense');
  expect([...after.keys()]).not.toContain('conv2d');
  expect(after.get('input')).toContain('Data comes in');
});

test('behind a row of numbers a convolution does not fit, and the reason is the compiler’s', () => {
  const after = refusals(grow(grow(empty, 'input'), 'dense'));
  expect(after.get('conv2d')).toMatch(/needs .* but gets/);
  expect(after.has('dense')).toBe(false);
  expect(after.has('add')).toBe(false);
});

test('one likely layer after the other makes a LeNet that trains on pictures of digits', () => {
  let network = grow(empty, 'input');
  for (const expected of ['conv2d', 'maxPooling2d', 'conv2d', 'maxPooling2d', 'flatten', 'dense', 'dense']) {
    const next = likelyNext(network, analyze(network, { dataset: digits }), network.nodes.at(-1)?.id ?? '', digits);
    expect(next.kind).toBe(expected);
    network = grow(network, next.kind, next.parameters);
  }
  expect(network.nodes.at(-1)?.parameters).toEqual({ units: 10, activation: 'softmax' });
  expect(network.nodes.map((node) => node.parameters['filters']).filter(Boolean)).toEqual([32, 64]);
  expect(analyze(network, { dataset: digits }).problems.filter(({ severity }) => severity === 'error')).toEqual([]);
});
