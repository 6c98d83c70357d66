// What is measured of layers, beside the same by hand: the spread of units and those that stand still from the layer's own output, the gradient
// from what a step of plain gradient descent at rate 1 changes.

import { expect, it } from 'vitest';
import { datasetOf } from '../../datasets/catalogue.ts';
import type { DatasetDescriptor } from '../../datasets/descriptor.ts';
import { normalAt } from '../../lib/random.ts';
import { chain } from '../../network/templates/template.ts';
import { interpret, numericArray } from '../../tensor/interpret.ts';
import { defaultTrainingSettings } from '../../training/settings.ts';
import { compileNetwork, healthNode, healthProgram } from '../index.ts';

const BATCH = 16;
const network = chain('n', 'Small', [
  ['input', 'in'],
  ['dense', 'hidden', { units: 3, activation: 'relu' }],
  ['dense', 'answer', { units: 1, activation: 'sigmoid' }],
]);
const options = {
  network,
  settings: { ...defaultTrainingSettings, optimizer: { id: 'sgd', parameters: { learningRate: 1 } } },
  dataset: datasetOf('spirals') as DatasetDescriptor,
  batchSize: BATCH,
};
const points = Array.from({ length: BATCH * 2 }, (_, i) => normalAt(5, i));
/** The last unit is 0 for every point. */
const weights = {
  'hidden/kernel': numericArray([2, 3], [0.7, -0.4, 0, 0.2, 0.9, 0]),
  'hidden/bias': numericArray([3], [0.1, 0, -1]),
  'answer/kernel': numericArray([3, 1], [1.2, -0.8, 0.5]),
  'answer/bias': numericArray([1], [0.05]),
};
const given = {
  ...weights,
  'features/point': numericArray([BATCH, 2], points),
  'labels/class': numericArray(
    [BATCH, 1],
    Array.from({ length: BATCH }, (_, i) => i % 2),
  ),
};

const mean = (list: readonly number[]) => list.reduce((sum, x) => sum + x, 0) / list.length;
const variance = (list: readonly number[]) => mean(list.map((x) => (x - mean(list)) ** 2));
const idOf = (name: string) => network.nodes.find((node) => node.name === name)?.id as string;

const { outputs, updates } = interpret(healthProgram(options), given);
const measured = (name: string) => [...(outputs[`health/${idOf(name)}`]?.data ?? [])];

it('the spread and the still units of a layer are those of its output', () => {
  const { data } = weights['hidden/kernel'];
  const unit = (u: number) =>
    Array.from({ length: BATCH }, (_, row) =>
      Math.max(
        0,
        (points[2 * row] as number) * (data[u] as number) +
          (points[2 * row + 1] as number) * (data[3 + u] as number) +
          (weights['hidden/bias'].data[u] as number),
      ),
    );
  const [spread, still] = measured('hidden');
  expect(spread).toBeCloseTo(Math.sqrt(mean([0, 1, 2].map((u) => variance(unit(u))))), 12);
  expect(still).toBeCloseTo(1 / 3, 12);
  expect(measured('answer')[1]).toBe(0);
});

it('the gradient is what a step at rate 1 takes away, its root mean square over all numbers of the layer', () => {
  const step = interpret(compileNetwork(options).trainStep, { ...given, step: 1, learningRate: 1 });
  const moved = (name: keyof typeof weights) => [...weights[name].data].map((before, i) => before - (step.updates[name]?.data[i] as number));
  for (const name of ['hidden', 'answer'] as const) {
    const all = [...moved(`${name}/kernel`), ...moved(`${name}/bias`)];
    expect(measured(name)[2]).toBeCloseTo(Math.sqrt(mean(all.map((x) => x * x))), 12);
  }
});

it('it changes nothing, and speaks of layers with weights alone', () => {
  expect(updates).toEqual({});
  expect(Object.keys(outputs).map(healthNode)).toEqual([idOf('hidden'), idOf('answer')]);
  expect(healthNode('loss')).toBeNull();
});
