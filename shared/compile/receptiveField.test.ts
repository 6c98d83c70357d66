// Receptive fields, against what is known: stacks of 3 × 3, pooling, dilation, the end of a network, branches.

import { expect, test } from 'vitest';
import { datasetOf } from '../datasets/catalogue.ts';
import { templateOf } from '../network/templates/index.ts';
import { chain, type Step } from '../network/templates/template.ts';
import { analyze } from './problems/analyze.ts';
import { receptiveFields } from './receptiveField.ts';

const dataset = datasetOf('mnist') ?? null;
function along(...steps: readonly Step[]): (string | undefined)[] {
  const network = chain('n', 'N', [['input', 'image'], ...steps]);
  const fields = receptiveFields(network, analyze(network, { dataset }));
  return network.nodes.map(({ id }) => fields.get(id)?.join(' × '));
}

test('each 3 × 3 sees two more; behind a stride of two, four more', () => {
  expect(along(['conv2d', 'a'], ['conv2d', 'b'])).toEqual(['1 × 1', '3 × 3', '5 × 5']);
  expect(along(['conv2d', 'a'], ['maxPooling2d', 'p'], ['conv2d', 'b'])).toEqual(['1 × 1', '3 × 3', '4 × 4', '8 × 8']);
  expect(along(['conv2d', 'a', { dilationRate: [2, 3] }])).toEqual(['1 × 1', '5 × 7']);
});

test('never more than the input; all of it behind Flatten', () => {
  expect(
    along(
      ['conv2d', 'a', { kernelSize: [20, 20] }],
      ['conv2d', 'b', { kernelSize: [9, 9], padding: 'same' }],
      ['conv2d', 'c', { kernelSize: [9, 9], padding: 'same' }],
    ).at(-1),
  ).toBe('28 × 28');
  expect(along(['conv2d', 'a'], ['flatten', 'f'], ['dense', 'd'])).toEqual(['1 × 1', '3 × 3', '28 × 28', '28 × 28']);
});

test('of branches the widest counts; what kernels do not say is left out', () => {
  const [resnet] = templateOf('resnet').create();
  if (!resnet) throw new Error('The template has no network.');
  const set = datasetOf(templateOf('resnet').dataset) ?? null;
  const fields = receptiveFields(resnet, analyze(resnet, { dataset: set }));
  const add = resnet.nodes.find(({ kind }) => kind === 'add');
  const into = resnet.edges.filter(({ target }) => target === add?.id).map(({ source }) => fields.get(source)?.[0] ?? 0);
  expect(fields.get(add?.id ?? '')?.[0]).toBe(Math.max(...into));
  expect(Math.min(...into)).toBeLessThan(Math.max(...into));
  expect(along(['lstm', 'rows'])).toEqual([undefined, undefined].map((_, i) => (i === 0 ? '1' : undefined)));
});
