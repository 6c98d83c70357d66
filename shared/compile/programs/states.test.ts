// States that go from layer to layer: further results of a layer, and inputs that a parameter asks for. The numbers are compared with Keras
// where files are read (states.keras) and in the parity of trainings.

import { describe, expect, test } from 'vitest';
import type { DatasetDescriptor } from '../../datasets/descriptor.ts';
import { normalAt } from '../../lib/random.ts';
import { applyEdits } from '../../network/edits.ts';
import { groupIntoBlock } from '../../network/grouping.ts';
import type { Network } from '../../network/network.ts';
import { closeTo } from '../../lib/testing/closeTo.ts';
import { expanded } from '../../tensor/expand.ts';
import { interpret, numericArray } from '../../tensor/interpret.ts';
import type { NumericArray } from '../../tensor/operation.ts';
import { defaultTrainingSettings } from '../../training/settings.ts';
import { analyze, compileNetwork, initialState } from '../index.ts';

const dataset: DatasetDescriptor = {
  ...{ id: 'own', title: 'Own', about: '', task: 'numbers', look: 'series', source: '', licence: '', origin: 'file' },
  samples: { train: 4, test: 0 },
  features: { name: 'x', shape: [3, 2], dtype: 'float32' },
  labels: { name: 'y', shape: [2], dtype: 'float32' },
};
const node = (id: string, kind: string, parameters: Record<string, unknown> = {}) => ({ id, kind, name: id, parameters, position: { x: 0, y: 0 } });
const edge = (source: string, target: string, input = 0, output?: number) => ({
  ...{ id: `${source}-${output ?? 0}-${target}`, source, target, input },
  ...(output !== undefined && { output }),
});
/** The encoder's states start the decoder, which reads the same. */
const network = (kind: string, changes: { readonly encoder?: object; readonly decoder?: object } = {}): Network => ({
  id: 'n',
  name: 'States',
  nodes: [
    node('in', 'input'),
    node('encoder', kind, { units: 4, returnState: true, ...changes.encoder }),
    node('decoder', kind, { units: 4, initialState: true, ...changes.decoder }),
    node('answer', 'dense', { units: 2 }),
  ],
  edges: [
    edge('in', 'encoder'),
    edge('in', 'decoder'),
    edge('encoder', 'decoder', 1, 1),
    ...(kind === 'lstm' ? [edge('encoder', 'decoder', 2, 2)] : []),
    edge('decoder', 'answer'),
  ],
});
const settings = { ...defaultTrainingSettings, optimizer: { id: 'sgd', parameters: { learningRate: 0.1 } } };
const errors = (one: Network) => analyze(one, { dataset }).problems.filter(({ severity }) => severity === 'error');

describe.each(['lstm', 'gru', 'simpleRnn'])('%s', (kind) => {
  test('has the shapes of its states, and no problem', () => {
    const { nodes, problems } = analyze(network(kind), { dataset });
    expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(nodes['encoder']?.furtherShapes).toEqual(kind === 'lstm' ? [[4], [4]] : [[4]]);
  });

  test('moves every weight against its slope, the encoder’s too, in single steps as well', () => {
    const compiled = compileNetwork({ network: network(kind), settings, dataset, batchSize: 4 });
    const shapes = new Map(compiled.weights.map(({ name, shape }) => [name, shape]));
    const state: Record<string, NumericArray> = Object.fromEntries(
      [...initialState(compiled, 5)].map(([name, data]) => [name, numericArray(shapes.get(name) ?? [], data)]),
    );
    const random = (shape: number[], key: number) =>
      numericArray(
        shape,
        Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => normalAt(key, i)),
      );
    const feeds = { 'features/x': random([4, 3, 2], 1), 'labels/y': random([4, 2], 2), step: 1, learningRate: 1 };
    const { updates } = interpret(compiled.trainStep, { ...state, ...feeds });
    for (const name of ['encoder/kernel', 'encoder/recurrent_kernel', 'decoder/kernel']) {
      const before = state[name] as NumericArray;
      const lossAt = (moved: number) =>
        interpret(compiled.trainStep, { ...state, ...feeds, [name]: { ...before, data: before.data.map((x, i) => (i === 1 ? x + moved : x)) } }).outputs['loss']
          ?.data[0] as number;
      const inSteps = interpret(
        expanded(compiled.trainStep, () => true),
        { ...state, ...feeds },
      ).updates;
      closeTo(inSteps[name]?.data ?? [], updates[name]?.data ?? [], 1e-12);
      const slope = (lossAt(1e-5) - lossAt(-1e-5)) / 2e-5;
      expect(Math.abs(slope)).toBeGreaterThan(1e-6);
      expect((before.data[1] as number) - (updates[name]?.data[1] as number)).toBeCloseTo(slope, 6);
    }
  });
});

test('a state that is not returned, or not whole, is told with its repair', () => {
  const [silent] = errors(network('lstm', { encoder: { returnState: false } }));
  expect(silent).toMatchObject({ code: 'no-such-result', what: 'encoder gives one result, but a connection takes another one.', nodes: ['encoder'] });
  expect(errors(applyEdits(network('lstm', { encoder: { returnState: false } }), silent?.repairs[0]?.edits ?? []).network)).toEqual([]);
  const half = network('lstm');
  expect(errors({ ...half, edges: half.edges.filter(({ output }) => output !== 2) })[0]).toMatchObject({
    code: 'initial-state',
    what: 'It starts with 2 states, but 1 comes in.',
  });
  expect(errors(network('gru', { encoder: { units: 3 } }))[0]).toMatchObject({
    code: 'initial-state',
    what: 'It starts with states of 4 numbers, but gets 3.',
  });
});

test('survives being grouped into a block', () => {
  const { edits } = groupIntoBlock(network('lstm'), ['encoder', 'decoder'], 'Translator');
  expect(errors(applyEdits(network('lstm'), edits).network)).toEqual([]);
});
