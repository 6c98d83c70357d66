// Networks with attention, masks and layers in layers, trained for some steps: losses and final weights are those of Keras
// (../fixtures/make_sequences.py), where sequences of different length are masked from the Embedding to the loss.

import { expect, it } from 'vitest';
import type { DatasetDescriptor } from '../../datasets/descriptor.ts';
import type { Network, NetworkEdge } from '../../network/network.ts';
import { interpret, numericArray } from '../../tensor/interpret.ts';
import type { NumericArray } from '../../tensor/operation.ts';
import { batchValues } from '../../training/meter.ts';
import { defaultTrainingSettings, type TrainingSettings } from '../../training/settings.ts';
import sequences from '../fixtures/sequences.json' with { type: 'json' };
import { compileNetwork } from '../index.ts';

type Step = readonly [kind: string, name: string, from: readonly string[], parameters?: Record<string, unknown>];

/** A network whose nodes' ids are their names. */
function drawn(...steps: readonly Step[]): Network {
  const nodes = steps.map(([kind, name, , parameters = {}]) => ({ id: name, kind, name, parameters, position: { x: 0, y: 0 } }));
  const edges = steps.flatMap(([, target, from]): NetworkEdge[] =>
    from.map((source, input) => ({ id: `${source}-${target}-${input}`, source, target, input })),
  );
  return { id: 'n', name: 'Drawn', nodes, edges };
}

const about = {
  id: 'rows',
  title: 'Rows',
  about: 'Made for this test.',
  samples: { train: 4, test: 0 },
  look: 'table',
  source: 'this test',
  licence: 'MIT',
  origin: 'generated',
} as const satisfies Partial<DatasetDescriptor>;
const column = (name: string, ...shape: number[]) => ({ name, shape, dtype: 'float32' as const });
const whole = (name: string, ...shape: number[]) => ({ name, shape, dtype: 'int32' as const });

interface Case {
  readonly network: Network;
  readonly dataset: Pick<DatasetDescriptor, 'task' | 'features' | 'labels' | 'classNames' | 'moreFeatures'>;
  readonly optimizer: TrainingSettings['optimizer'];
}
const cases: Readonly<Record<string, Case>> = {
  transformer: {
    network: drawn(
      ['input', 'tokens', []],
      ['embedding', 'words', ['tokens'], { inputDim: 9, outputDim: 8, maskZero: true }],
      ['multiHeadAttention', 'attend', ['words'], { numHeads: 2, keyDim: 3 }],
      ['add', 'skip_1', ['words', 'attend']],
      ['layerNormalization', 'norm_1', ['skip_1']],
      ['dense', 'wide', ['norm_1'], { units: 12, activation: 'gelu' }],
      ['dense', 'narrow', ['wide'], { units: 8 }],
      ['add', 'skip_2', ['norm_1', 'narrow']],
      ['layerNormalization', 'norm_2', ['skip_2']],
      ['globalAveragePooling1d', 'mean', ['norm_2']],
      ['dense', 'answer', ['mean'], { units: 3, activation: 'softmax' }],
    ),
    dataset: { features: whole('tokens', 6), labels: whole('answer'), task: 'classes', classNames: ['a', 'b', 'c'] },
    optimizer: { id: 'adam', parameters: { learningRate: 0.01 } },
  },
  causal: {
    network: drawn(
      ['input', 'series', [], { shape: [5, 2] }],
      ['dense', 'wide', ['series'], { units: 4 }],
      ['multiHeadAttention', 'attend', ['wide'], { numHeads: 2, keyDim: 2, valueDim: 3, useCausalMask: true }],
      ['add', 'skip', ['wide', 'attend']],
      ['dense', 'answer', ['skip'], { units: 1 }],
    ),
    dataset: { features: column('series', 5, 2), labels: column('answer', 5, 1), task: 'numbers' },
    optimizer: { id: 'sgd', parameters: { learningRate: 0.05 } },
  },
  tagger: {
    network: drawn(
      ['input', 'tokens', []],
      ['embedding', 'words', ['tokens'], { inputDim: 6, outputDim: 3, maskZero: true }],
      ['bidirectional', 'both', ['words'], { layer: { kind: 'gru', parameters: { units: 3, returnSequences: true } } }],
      ['timeDistributed', 'tags', ['both'], { layer: { kind: 'dense', parameters: { units: 4, activation: 'softmax' } } }],
    ),
    dataset: { features: whole('tokens', 5), labels: whole('tags', 5), task: 'classes', classNames: ['a', 'b', 'c', 'd'] },
    optimizer: { id: 'sgd', parameters: { learningRate: 0.5 } },
  },
  translator: {
    network: drawn(
      ['input', 'source', []],
      ['input', 'target', []],
      ['masking', 'mask', ['source']],
      ['lstm', 'listen', ['mask'], { units: 4, returnSequences: true }],
      ['lstm', 'speak', ['target'], { units: 4, returnSequences: true }],
      ['additiveAttention', 'look', ['speak', 'listen']],
      ['concatenate', 'joined', ['speak', 'look']],
      ['dense', 'answer', ['joined'], { units: 2 }],
    ),
    dataset: { features: column('source', 4, 2), moreFeatures: [column('target', 3, 2)], labels: column('answer', 3, 2), task: 'numbers' },
    optimizer: { id: 'rmsprop', parameters: { learningRate: 0.01 } },
  },
};

function expectClose(got: ArrayLike<number>, want: readonly number[], what: string): void {
  expect(got.length, what).toBe(want.length);
  want.forEach((value, i) => {
    expect(Math.abs((got[i] as number) - value), `${what}[${i}]: ${got[i]} against ${value}`).toBeLessThanOrEqual(2e-5 * Math.max(1, Math.abs(value)));
  });
}

type Numbers = Readonly<Record<string, readonly number[]>>;
const kept = sequences.cases as unknown as readonly {
  readonly name: string;
  readonly before: Numbers;
  readonly steps: readonly { readonly data: Numbers; readonly values: Readonly<Record<string, number>> }[];
  readonly after: Numbers;
}[];

it.each(kept.map((one) => [one.name, one] as const))('%s', (name, { before, steps, after }) => {
  const { network, dataset, optimizer } = cases[name] as Case;
  const settings = { ...defaultTrainingSettings, optimizer };
  const compiled = compileNetwork({ network, settings, dataset: { ...about, ...dataset }, batchSize: sequences.batch });
  expect(compiled.weights.map((weight) => weight.name).sort()).toEqual(Object.keys(before).sort());
  const state = new Map<string, NumericArray>(compiled.slots.map((slot) => [slot.name, numericArray(slot.shape, 0)]));
  for (const weight of compiled.weights) state.set(weight.name, numericArray(weight.shape, before[weight.name] ?? []));
  steps.forEach(({ data, values }, i) => {
    const inputs = compiled.trainStep.inputs.filter(({ role }) => role.kind === 'data');
    const rows = Object.fromEntries(inputs.map(({ name: key, tensor }) => [key, numericArray(tensor.shape, data[key.slice(key.indexOf('/') + 1)] ?? [])]));
    const learningRate = optimizer.parameters['learningRate'] as number;
    const { outputs, updates } = interpret(compiled.trainStep, { ...Object.fromEntries(state), ...rows, step: i + 1, learningRate });
    const got = batchValues(compiled.meters, Object.fromEntries(Object.entries(outputs).map(([key, value]) => [key, value.data])));
    for (const [key, value] of Object.entries(values)) expectClose([got[key] as number], [value], `step ${i + 1}, ${key}`);
    for (const [key, value] of Object.entries(updates)) state.set(key, value);
  });
  // A bias of the keys moves all scores of a query alike, which softmax does not see: its gradient is rounding alone, and Adam magnifies that.
  for (const [key, value] of Object.entries(after)) if (!key.endsWith('key/bias')) expectClose(state.get(key)?.data ?? [], value, key);
});
