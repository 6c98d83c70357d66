// Advice: given where it is due, with a repair that takes it away, silenced for good, and not to networks that are well.

import { describe, expect, test } from 'vitest';
import { datasetOf } from '../../datasets/catalogue.ts';
import { applyEdits } from '../../network/edits.ts';
import type { Network, NetworkNode } from '../../network/network.ts';
import { templates } from '../../network/templates/index.ts';
import { chain, type Step } from '../../network/templates/template.ts';
import { adviceFor, type AdviceRequest } from './advice.ts';
import { analyze } from './analyze.ts';

const auto: AdviceRequest['settings'] = { loss: 'auto' };
function given(network: Network, settings = auto, data = 'mnist') {
  const dataset = datasetOf(data) ?? null;
  return adviceFor({ network, analysis: analyze(network, { dataset }), dataset, settings });
}
const net = (...hidden: readonly Step[]): Network =>
  chain('n', 'N', [['input', 'image'], ['flatten', 'flatten'], ...hidden, ['dense', 'digits', { units: 10, activation: 'softmax' }]]);
const dense = (name: string, activation: string, units = 8): Step => ['dense', name, { units, activation }];
const codes = (...of: Parameters<typeof given>) => given(...of).map(({ code }) => code);

/** The network with the first repair of its first advice made. */
function repaired(network: Network, ...more: [AdviceRequest['settings']?, string?]): Network {
  const [first] = given(network, ...more);
  return applyEdits(network, first?.repairs[0]?.edits ?? []).network;
}

describe('advice', () => {
  test('the templates need none', () => {
    for (const { create, dataset, training } of templates)
      for (const network of create()) expect(codes(network, { ...auto, ...training }, dataset), network.name).toEqual([]);
  });

  test('sigmoids in a row vanish; normalization or one ReLU between them does not', () => {
    const bad = net(dense('a', 'sigmoid'), dense('b', 'sigmoid'), dense('c', 'sigmoid'));
    expect(given(bad)).toMatchObject([{ code: 'vanishing-gradient', severity: 'advice', nodes: ['n-3', 'n-4', 'n-5'] }]);
    expect(given(repaired(bad))).toEqual([]);
    expect(codes(net(dense('a', 'sigmoid'), dense('b', 'relu'), dense('c', 'sigmoid'), dense('d', 'sigmoid')))).toEqual([]);
    expect(codes(net(dense('a', 'sigmoid'), ['batchNormalization', 'norm'], dense('b', 'sigmoid'), dense('c', 'sigmoid')))).toEqual([]);
  });

  test('a deep network without normalization', () => {
    const many = Array.from({ length: 10 }, (_, i) => dense(`d${i}`, 'relu'));
    expect(codes(net(...many))).toEqual(['no-normalization']);
    expect(codes(net(...many.slice(0, 5), ['batchNormalization', 'norm'], ...many.slice(5)))).toEqual([]);
  });

  test('two linear layers are one', () => {
    const bad = net(dense('a', 'linear'));
    expect(given(bad)).toMatchObject([{ code: 'linear-pair', nodes: ['n-3'] }]);
    expect(given(repaired(bad))).toEqual([]);
  });

  test('probabilities read as scores, scores as probabilities', () => {
    const fromLogits = { loss: 'sparseCategoricalCrossentropy', lossParameters: { fromLogits: true } };
    expect(codes(net(), fromLogits)).toEqual(['probabilities-as-scores']);
    const scores = repaired(net(), fromLogits);
    expect(given(scores, fromLogits)).toEqual([]);
    expect(codes(scores, { loss: 'sparseCategoricalCrossentropy' })).toEqual(['scores-as-probabilities']);
    expect(given(repaired(scores, { loss: 'sparseCategoricalCrossentropy' }), { loss: 'sparseCategoricalCrossentropy' })).toEqual([]);
  });

  test('softmax within the network', () => {
    const bad = net(dense('a', 'softmax'));
    expect(codes(bad)).toEqual(['hidden-softmax']);
    expect(given(repaired(bad))).toEqual([]);
  });

  test('more parameters than samples can teach, unless something holds them back', () => {
    expect(codes(net(dense('wide', 'relu', 3000)), auto, 'mnist-sample')).toEqual(['parameters-beyond-samples']);
    expect(codes(net(dense('wide', 'relu', 3000), ['dropout', 'drop']), auto, 'mnist-sample')).toEqual([]);
  });

  test('silenced, it stays away: there, and nowhere else', () => {
    const bad = net(dense('a', 'linear'), dense('b', 'linear'));
    const [first] = given(bad);
    const silence = first?.repairs.find(({ label }) => label.startsWith('Don’t show'));
    const quiet = applyEdits(bad, silence?.edits ?? []);
    expect(given(quiet.network)).toMatchObject([{ code: 'linear-pair', nodes: ['n-4'] }]);
    expect(applyEdits(quiet.network, quiet.inverse).network).toEqual(bad);
  });

  test('none beside errors', () => {
    const broken = net(dense('a', 'linear'));
    const nodes: NetworkNode[] = broken.nodes.map((node) => (node.kind === 'flatten' ? { ...node, kind: 'ghost' } : node));
    expect(given({ ...broken, nodes })).toEqual([]);
  });
});
