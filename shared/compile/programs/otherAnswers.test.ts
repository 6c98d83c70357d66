// Losses for which a network gives no answers but vectors or scores to be decoded: they compile, learn, and have no metrics.

import { describe, expect, test } from 'vitest';
import type { DatasetDescriptor } from '../../datasets/descriptor.ts';
import { normalAt } from '../../lib/random.ts';
import { chain } from '../../network/templates/template.ts';
import { interpret, numericArray } from '../../tensor/interpret.ts';
import type { NumericArray } from '../../tensor/operation.ts';
import { defaultTrainingSettings, type TrainingSettings } from '../../training/settings.ts';
import { analyze, compileNetwork, initialState } from '../index.ts';

const batchSize = 6;
const dataset: DatasetDescriptor = {
  ...{ id: 'own', title: 'Own', about: '', task: 'classes', classNames: ['nothing', 'a', 'b'], look: 'series' },
  ...{ source: '', licence: '', origin: 'file', samples: { train: 6, test: 0 } },
  features: { name: 'x', shape: [5, 2], dtype: 'float32' },
  labels: { name: 'y', shape: [3], dtype: 'int32' },
};
const oneLabel: DatasetDescriptor = { ...dataset, labels: { name: 'y', shape: [1], dtype: 'int32' } };
const settings = (loss: string, changes: Partial<TrainingSettings> = {}): TrainingSettings => ({ ...defaultTrainingSettings, loss, ...changes });

const speech = chain('s', 'Speech', [
  ['input', 'in', { shape: [5, 2] }],
  ['dense', 'scores', { units: 4 }],
]);
const vectors = chain('v', 'Vectors', [
  ['input', 'in'],
  ['flatten', 'flat'],
  ['dense', 'vector', { units: 7 }],
  ['unitNormalization', 'unit'],
]);

function lossesOf(network: typeof speech, data: DatasetDescriptor, loss: string, labels: NumericArray): readonly number[] {
  const compiled = compileNetwork({ network, settings: settings(loss), dataset: data, batchSize });
  expect(compiled.metrics).toEqual([]);
  const shapes = new Map([...compiled.weights, ...compiled.slots].map(({ name, shape }) => [name, shape]));
  let state: Record<string, NumericArray> = Object.fromEntries(
    [...initialState(compiled, 3)].map(([name, numbers]) => [name, numericArray(shapes.get(name) ?? [], numbers)]),
  );
  const x = numericArray(
    [batchSize, 5, 2],
    Array.from({ length: batchSize * 10 }, (_, i) => normalAt(2, i)),
  );
  return Array.from({ length: 30 }, (_, i) => {
    const { outputs, updates } = interpret(compiled.trainStep, { ...state, 'features/x': x, 'labels/y': labels, step: i + 1, learningRate: 0.05 });
    state = { ...state, ...updates };
    return outputs['loss']?.data[0] as number;
  });
}

describe.each([
  ['ctc', speech, dataset, numericArray([6, 3], [1, 2, 0, 1, 1, 0, 2, 0, 0, 1, 2, 1, 2, 2, 0, 0, 0, 0])],
  ['circle', vectors, oneLabel, numericArray([6, 1], [0, 1, 2, 0, 1, 2])],
] as const)('%s', (loss, network, data, labels) => {
  test('learns', () => {
    const losses = lossesOf(network, data, loss, labels);
    expect(losses.every(Number.isFinite)).toBe(true);
    expect(losses.at(-1)).toBeLessThan(0.5 * (losses[0] as number));
  });
  test('makes an output fit that answers no label, and only it does', () => {
    const errors = (chosen: string) => analyze(network, { dataset: data, loss: chosen }).problems.map(({ code }) => code);
    expect([errors(loss), errors('auto')]).toEqual([[], ['output-shape']]);
  });
  test('refuses metrics by name', () => {
    const compile = () => compileNetwork({ network, settings: settings(loss, { metrics: ['accuracy'] }), dataset: data, batchSize });
    expect(compile).toThrow('the network gives no answers that Accuracy could compare with labels. Leave metrics out');
  });
});

test('more labels than steps are refused in words', () => {
  const long: DatasetDescriptor = { ...dataset, labels: { name: 'y', shape: [9], dtype: 'int32' } };
  expect(() => compileNetwork({ network: speech, settings: settings('ctc'), dataset: long, batchSize })).toThrow(
    'CTC: It cannot spread 9 labels over 5 steps. Shorten the labels, or give the network more steps.',
  );
});
