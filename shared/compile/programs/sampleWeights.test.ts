// Weights of samples from the data, against a step of real Keras (../fixtures/make_weights.py): in training and in evaluation, for one output and
// for each of two.

import { describe, expect, test } from 'vitest';
import type { DatasetDescriptor } from '../../datasets/descriptor.ts';
import { closeTo } from '../../lib/testing/closeTo.ts';
import type { Network } from '../../network/network.ts';
import { interpret, numericArray } from '../../tensor/interpret.ts';
import { defaultTrainingSettings, type TrainingSettings } from '../../training/settings.ts';
import fixture from '../fixtures/weights.json' with { type: 'json' };
import { compileNetwork } from '../index.ts';

const numbers = (name: string) => ({ name, shape: [1], dtype: 'float32' as const });
const position = { x: 0, y: 0 };
const about = { id: 'own', title: 'Own', about: '', look: 'table', source: '', licence: '', origin: 'file', samples: { train: 4, test: 0 } } as const;
const features = { name: 'x', shape: [3], dtype: 'float32' as const };

const one: DatasetDescriptor = { ...about, features, task: 'numbers', labels: numbers('y1'), sampleWeights: [numbers('w')] };
const two: DatasetDescriptor = {
  ...{ ...about, features, task: 'classes', labels: { name: 'y0', shape: [1], dtype: 'int32' }, classNames: ['no', 'yes'] },
  moreLabels: [{ ...numbers('y1'), task: 'numbers' }],
  sampleWeights: [
    { ...numbers('w1'), of: 'y1' },
    { ...numbers('w0'), of: 'y0' },
  ],
};
const node = (id: string, kind: string, parameters: Record<string, unknown> = {}, output?: Network['nodes'][number]['output']) => ({
  ...{ id, kind, name: id, parameters, position },
  ...(output && { output }),
});
const edge = (target: string) => ({ id: `e-${target}`, source: 'in', target, input: 0 });
const network = (several: boolean): Network => ({
  id: 'n',
  name: 'Weighted',
  nodes: [
    node('in', 'input'),
    ...(several ? [node('a', 'dense', { units: 2, activation: 'softmax' }, { target: 'labels/y0', loss: 'sparseCategoricalCrossentropy' })] : []),
    node('b', 'dense', { units: 1 }, { target: 'labels/y1', loss: 'meanSquaredError', lossWeight: several ? 0.5 : 1 }),
  ],
  edges: [...(several ? [edge('a')] : []), edge('b')],
});
const settings: TrainingSettings = { ...defaultTrainingSettings, optimizer: { id: 'sgd', parameters: { learningRate: 0.1 } } };

describe.each(fixture.cases.map((given) => [given.several ? 'two outputs' : 'one output', given] as const))('%s', (_title, given) => {
  const dataset = given.several ? two : one;
  const compiled = compileNetwork({ network: network(given.several), settings, dataset, batchSize: 4 });
  const column = (name: 'x' | 'y0' | 'y1' | 'w0' | 'w1') => numericArray([4, name === 'x' ? 3 : 1], fixture[name]);
  const before = Object.entries(given.before as Record<string, number[]>);
  const feeds = {
    ...Object.fromEntries(before.map(([name, data]) => [name, numericArray(compiled.weights.find((weight) => weight.name === name)?.shape ?? [], data)])),
    ...{ 'features/x': column('x'), 'labels/y0': column('y0'), 'labels/y1': column('y1') },
    ...{ 'weights/w': column('w1'), 'weights/w0': column('w0'), 'weights/w1': column('w1'), step: 1, learningRate: 0.1 },
  };
  const fed = (program: typeof compiled.trainStep) =>
    interpret(program, Object.fromEntries(program.inputs.map(({ name }) => [name, feeds[name as keyof typeof feeds] ?? numericArray([], [0])])));

  test('a step of training', () => {
    const { outputs, updates } = fed(compiled.trainStep);
    closeTo(outputs['loss']?.data ?? [], [given.trained], 1e-6);
    for (const [name, data] of Object.entries(given.after as Record<string, number[]>)) closeTo(updates[name]?.data ?? [], data, 1e-6);
  });
  test('evaluation: the loss is weighted, metrics are not', () => {
    const { outputs } = fed(compiled.evaluate);
    closeTo(outputs['loss']?.data ?? [], [given.evaluated], 1e-6);
    if (given.mae !== null) expect(compiled.meters['mae']?.(outputs['mae']?.data ?? [])).toBeCloseTo(given.mae, 5);
  });
});

test('a metric that looks at weights is the mean of weighted samples, as Keras’ weighted metrics are', () => {
  const given = fixture.cases.find(({ several }) => !several);
  const measured = { ...settings, metrics: ['mse'], metricParameters: { mse: { weighted: true } } };
  const { evaluate, meters, weights } = compileNetwork({ network: network(false), settings: measured, dataset: one, batchSize: 4 });
  const before = Object.entries(given?.before as Record<string, number[]>);
  const feeds = Object.fromEntries(before.map(([name, data]) => [name, numericArray(weights.find((weight) => weight.name === name)?.shape ?? [], data)]));
  const columns = {
    'features/x': numericArray([4, 3], fixture.x),
    'labels/y1': numericArray([4, 1], fixture.y1),
    'weights/w': numericArray([4, 1], fixture.w1),
  };
  const { outputs } = interpret(evaluate, { ...feeds, ...columns });
  // The loss is the same sum, divided by the number of samples.
  const sum = fixture.w1.reduce((all, weight) => all + weight, 0);
  expect(meters['mse']?.(outputs['mse']?.data ?? [])).toBeCloseTo(((given?.evaluated as number) * 4) / sum, 5);
});

test('weights of classes besides are refused, as by Keras', () => {
  const compile = () => compileNetwork({ network: network(true), settings: { ...settings, classWeights: { 1: 2 } }, dataset: two, batchSize: 4 });
  expect(compile).toThrow('The samples of Own have weights of their own, and classes cannot have some besides');
});
