// Compiled programs, run by the reference interpreter: that a step is one step of gradient descent, that what is refused says why.

import { describe, expect, it } from 'vitest';
import { datasetOf } from '../../datasets/catalogue.ts';
import type { DatasetDescriptor } from '../../datasets/descriptor.ts';
import { NetwrightError } from '../../lib/errors.ts';
import { normalAt, permutation, uniformAt } from '../../lib/random.ts';
import type { Network } from '../../network/network.ts';
import { chain } from '../../network/templates/template.ts';
import { interpret, numericArray } from '../../tensor/interpret.ts';
import type { NumericArray } from '../../tensor/operation.ts';
import type { Program } from '../../tensor/types.ts';
import { defaultTrainingSettings, type TrainingSettings } from '../../training/settings.ts';
import { compileNetwork, initialState } from '../index.ts';
import type { CompiledNetwork } from '../types.ts';

const dataset = (id: string) => datasetOf(id) as DatasetDescriptor;
const settings = (changes: Partial<TrainingSettings> = {}): TrainingSettings => ({ ...defaultTrainingSettings, ...changes });
const small = chain('n', 'Small', [
  ['input', 'in'],
  ['dense', 'hidden', { units: 6, activation: 'tanh' }],
  ['dense', 'answer', { units: 1, activation: 'sigmoid' }],
]);
const BATCH = 16;
const compile = (network: Network, id: string, changes: Partial<TrainingSettings> = {}) =>
  compileNetwork({ network, settings: settings(changes), dataset: dataset(id), batchSize: BATCH });

/** A batch of two noisy groups of points with their labels. */
function batch(): Record<string, NumericArray> {
  const labels = permutation(3, BATCH).map((i) => i % 2);
  const features = Array.from({ length: BATCH * 2 }, (_, i) => (labels[i >> 1] as number) * 2 - 1 + 0.3 * normalAt(5, i));
  return { 'features/point': numericArray([BATCH, 2], features), 'labels/class': numericArray([BATCH, 1], labels) };
}

type State = Map<string, NumericArray>;
const start = (compiled: CompiledNetwork, seed = 1): State => {
  const shapes = new Map([...compiled.weights, ...compiled.slots].map(({ name, shape }) => [name, shape]));
  return new Map([...initialState(compiled, seed)].map(([name, data]) => [name, numericArray(shapes.get(name) ?? [], data)]));
};
const run = (program: Program, state: State, more: Record<string, NumericArray | number>) => {
  const random = Object.fromEntries(
    program.inputs.flatMap(({ name, tensor, role }) =>
      role.kind === 'random'
        ? [
            [
              name,
              numericArray(
                tensor.shape,
                Array.from({ length: tensor.shape.reduce((a, b) => a * b, 1) }, (_, i) => uniformAt(9, i)),
              ),
            ],
          ]
        : [],
    ),
  );
  return interpret(program, { ...Object.fromEntries(state), ...random, ...more });
};
function train(compiled: CompiledNetwork, steps: number, learningRate: number): { readonly losses: number[]; readonly state: State } {
  const state = start(compiled),
    losses: number[] = [];
  for (let step = 1; step <= steps; step++) {
    const { outputs, updates } = run(compiled.trainStep, state, { ...batch(), step, learningRate });
    losses.push(outputs['loss']?.data[0] as number);
    for (const [name, value] of Object.entries(updates)) state.set(name, value);
  }
  return { losses, state };
}

describe('the train step', () => {
  it('with plain SGD moves every weight against its slope', () => {
    const compiled = compile(small, 'spirals', { optimizer: { id: 'sgd', parameters: { learningRate: 0.1 } } });
    const state = start(compiled),
      h = 1e-5;
    const { updates } = run(compiled.trainStep, state, { ...batch(), step: 1, learningRate: 0.1 });
    for (const { name } of compiled.weights) {
      const before = state.get(name) as NumericArray;
      const lossAt = (moved: number) => {
        const data = before.data.map((x, i) => (i === 0 ? x + moved : x));
        return run(compiled.trainStep, new Map([...state, [name, { ...before, data }]]), { ...batch(), step: 1, learningRate: 0 }).outputs['loss']
          ?.data[0] as number;
      };
      const slope = (lossAt(h) - lossAt(-h)) / (2 * h);
      expect((updates[name]?.data[0] as number) - (before.data[0] as number)).toBeCloseTo(-0.1 * slope, 7);
    }
  });

  it.each(['sgd', 'rmsprop', 'adam'])('%s learns to tell two groups apart', (id) => {
    const { losses } = train(compile(small, 'spirals', { optimizer: { id, parameters: {} } }), 60, 0.1);
    expect(losses.at(-1)).toBeLessThan((losses[0] as number) / 4);
  });

  it('updates moving statistics in training and uses them in evaluation', () => {
    const network = chain('n', 'n', [
      ['input', 'in'],
      ['batchNormalization', 'norm'],
      ['dense', 'answer', { units: 1, activation: 'sigmoid' }],
    ]);
    const compiled = compile(network, 'spirals');
    expect(compiled.trainStep.updates.map(({ name }) => name)).toEqual(expect.arrayContaining(['norm/moving_mean', 'norm/moving_variance']));
    expect(compiled.evaluate.inputs.map(({ name }) => name)).toContain('norm/moving_mean');
    expect(compiled.slots.every(({ name }) => !name.includes('moving'))).toBe(true);
  });

  it('drops units only in training', () => {
    const network = chain('n', 'n', [
      ['input', 'in'],
      ['dropout', 'drop', { rate: 0.5 }],
      ['dense', 'answer', { units: 1, activation: 'sigmoid' }],
    ]);
    const compiled = compile(network, 'spirals');
    const random = (program: Program) => program.inputs.filter(({ role }) => role.kind === 'random').length;
    expect([random(compiled.trainStep), random(compiled.evaluate), random(compiled.predict)]).toEqual([1, 0, 0]);
  });
});

describe('what automatic settings come to', () => {
  it.each([
    ['mnist', 10, 'softmax', 'sparseCategoricalCrossentropy', ['accuracy']],
    ['mnist', 10, 'linear', 'sparseCategoricalCrossentropy', ['accuracy']],
    ['spirals', 1, 'sigmoid', 'binaryCrossentropy', ['accuracy']],
    ['sine', 1, 'linear', 'meanSquaredError', ['mae']],
  ] as const)('%s with %i units, %s', (id, units, activation, loss, metrics) => {
    const compiled = compile(
      chain('n', 'n', [
        ['input', 'in'],
        ['flatten', 'flat'],
        ['dense', 'out', { units, activation }],
      ]),
      id,
    );
    expect(compiled.loss).toBe(loss);
    expect(compiled.metrics).toEqual(expect.arrayContaining([...metrics]));
  });
});

describe('the loss', () => {
  const answer = (changes: Partial<TrainingSettings>) => {
    const compiled = compile(small, 'spirals', changes);
    const [state, given] = [start(compiled), batch()];
    const lossOf = (program: Program, more = {}) => run(program, state, { ...given, ...more }).outputs['loss']?.data[0] as number;
    return { train: lossOf(compiled.trainStep, { step: 1, learningRate: 0.1 }), test: lossOf(compiled.evaluate) };
  };

  it('takes its parameters from the settings', () => {
    const smoothed = answer({ loss: 'binaryCrossentropy', lossParameters: { labelSmoothing: 0.2 } });
    expect(smoothed.test).not.toBeCloseTo(answer({ loss: 'binaryCrossentropy' }).test, 6);
    expect(smoothed.train).toBe(smoothed.test);
  });

  it('weighs classes in training only, as Keras does', () => {
    const [plain, none, first, second] = [
      answer({}),
      answer({ classWeights: { 0: 0, 1: 0 } }),
      answer({ classWeights: { 1: 0 } }),
      answer({ classWeights: { 0: 0, 1: 3 } }),
    ];
    expect(none.train).toBe(0);
    expect(first.train + second.train / 3).toBeCloseTo(plain.train, 12);
    for (const one of [none, first, second]) expect(one.test).toBe(plain.test);
  });
});

describe('what is refused', () => {
  const digits = chain('n', 'Digits', [
    ['input', 'in'],
    ['dense', 'out', { units: 10, activation: 'softmax' }],
  ]);
  const refusal = (network: Network, id: string, changes: Partial<TrainingSettings> = {}): NetwrightError => {
    try {
      compile(network, id, changes);
    } catch (error) {
      if (error instanceof NetwrightError) return error;
      throw error;
    }
    throw new Error('it compiled');
  };

  it('the network’s first problem, by layer and network, with the repair', () => {
    const broken = chain('n', 'Digits', [
      ['input', 'in'],
      ['dense', 'out', { units: 9, activation: 'softmax' }],
    ]);
    expect(refusal(broken, 'mnist')).toMatchObject({ kind: 'project', code: 'output-shape', where: expect.stringContaining('out gives 9') });
    expect(refusal(broken, 'mnist').message).toContain('To mend it: Set out to 10 units, softmax.');
  });

  it.each([
    [{ loss: 'nonsense' }, 'unknown-loss'],
    [{ metrics: ['nonsense'] }, 'unknown-metric'],
    [{ loss: 'sparseCategoricalCrossentropy', lossParameters: { smoothing: 1 } }, 'unknown-loss-parameter'],
    [{ metrics: ['auc'], metricParameters: { auc: { curve: 'ABC' } } }, 'metric-parameter'],
    [{ classWeights: { 10: 2 } }, 'class-weights'],
    [{ optimizer: { id: 'nonsense', parameters: {} } }, 'unknown-optimizer'],
  ])('%j', (changes, code) => {
    expect(refusal(digits, 'mnist', changes).code).toBe(code);
  });

  it('a loss or a metric that does not fit the task', () => {
    const forecast = chain('n', 'n', [
      ['input', 'in'],
      ['flatten', 'flat'],
      ['dense', 'out', { units: 1 }],
    ]);
    expect(refusal(forecast, 'sine', { loss: 'sparseCategoricalCrossentropy' }).code).toBe('loss-misfit');
    expect(refusal(forecast, 'sine', { metrics: ['accuracy'] }).code).toBe('metric-misfit');
  });
});

it('renaming a layer changes no initial weight; another seed changes all kernels', () => {
  const renamed = { ...small, nodes: small.nodes.map((node) => ({ ...node, name: `${node.name}_2` })) };
  const values = (network: Network, seed: number) => [...initialState(compile(network, 'spirals'), seed).values()].map((data) => [...data]);
  expect(values(renamed, 1)).toEqual(values(small, 1));
  expect(values(small, 2)[0]).not.toEqual(values(small, 1)[0]);
});

it('brings a weight back to its constraint after every step, and no other', () => {
  const held = chain('held', 'Held', [
    ['input', 'in'],
    ['dense', 'hidden', { units: 6, activation: 'tanh', kernelConstraint: 'nonNeg' }],
    ['dense', 'answer', { units: 1, activation: 'sigmoid', kernelConstraint: 'maxNorm', kernelNormMax: 0.5 }],
  ]);
  const { state } = train(compile(held, 'and', { optimizer: { id: 'sgd', parameters: { learningRate: 0.5 } } }), 5, 0.5);
  const numbers = (name: string) => [...(state.get(name)?.data ?? [])];
  expect(Math.min(...numbers('hidden/kernel'))).toBe(0);
  expect(Math.hypot(...numbers('answer/kernel'))).toBeLessThanOrEqual(0.5);
  expect(Math.min(...numbers('hidden/bias'))).toBeLessThan(0);
});
