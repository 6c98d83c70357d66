// Every loss against the numbers of real Keras 3 on TensorFlow (../fixtures/make.py), value and derivative.

import { describe, expect, test } from 'vitest';
import { defaults, schemaOf } from '../../lib/fields.ts';
import { type ActivationId, activate } from '../../layers/activations/index.ts';
import { createBuilder } from '../../tensor/builder.ts';
import { gradients } from '../../tensor/gradient.ts';
import { interpret, numericArray } from '../../tensor/interpret.ts';
import type { NumericArray } from '../../tensor/operation.ts';
import type { Tensor } from '../../tensor/types.ts';
import fixtures from '../fixtures/losses.json' with { type: 'json' };
import weighted from '../fixtures/weightedLosses.json' with { type: 'json' };
import { closeTo } from '../../lib/testing/closeTo.ts';
import { lossIds, lossOf, losses } from './index.ts';

type Deep = readonly (number | Deep)[];
interface Case {
  readonly id: string;
  readonly parameters: Record<string, unknown>;
  readonly activation: string;
  readonly input: Deep;
  readonly labels: Deep;
  readonly value: number;
  readonly gradient: Deep;
}
const cases = fixtures.cases as unknown as readonly Case[];

const shapeOf = (deep: Deep): number[] => [deep.length, ...(typeof deep[0] === 'object' ? shapeOf(deep[0]) : [])];
const numbersOf = (deep: Deep): number[] => deep.flatMap((one) => (typeof one === 'number' ? [one] : numbersOf(one)));

function evaluate({ id, parameters, activation, input, labels }: Case) {
  const loss = lossOf(id),
    builder = createBuilder();
  const shape = shapeOf(input);
  const x = builder.input('x', shape, 'float32', { kind: 'data' });
  const y = loss.labels === 'classes' ? builder.input('y', shapeOf(labels), 'int32', { kind: 'data' }) : builder.input('y', shape, 'float32', { kind: 'data' });
  const prediction = activate(builder, activation === 'none' ? 'linear' : (activation as ActivationId), x);
  const value = loss.lower(builder, y, prediction, schemaOf(loss.fields).parse(parameters));
  const [gradient] = gradients(builder, value, [x]);
  if (!gradient) throw new Error('a loss must depend on the prediction');
  const program = builder.build([
    { name: 'value', tensor: value },
    { name: 'gradient', tensor: gradient },
  ]);
  return interpret(program, { x: numericArray(shape, numbersOf(input)), y: numericArray(y.shape, numbersOf(labels)) }).outputs as Readonly<
    Record<'value' | 'gradient', NumericArray>
  >;
}

describe.each(cases.map((one) => [`${one.id} ${JSON.stringify(one.parameters)} after ${one.activation}`, one] as const))('%s', (_title, one) => {
  const { value, gradient } = evaluate(one);
  test('value', () => {
    expect(value.shape).toEqual([]);
    closeTo(value.data, [one.value], 2e-6);
  });
  test('derivative', () => closeTo(gradient.data, numbersOf(one.gradient), 2e-6));
});

interface WeightedCase {
  readonly id: string;
  readonly shape: readonly number[];
  readonly input: unknown[];
  readonly labels: unknown[];
  readonly weights: unknown[];
  readonly mask: unknown[] | null;
  readonly value: number;
}
const flat = (nested: unknown[]): number[] => nested.flat(3) as number[];

test.each((weighted.cases as WeightedCase[]).map((one) => [`${one.id} of [${one.shape.join(', ')}]`, one] as const))('weighted: %s', (_title, one) => {
  const loss = lossOf(one.id),
    builder = createBuilder();
  const input = (name: string, shape: readonly number[], dtype: 'float32' | 'int32' = 'float32') => builder.input(name, shape, dtype, { kind: 'data' });
  const labels = loss.labels === 'classes' ? input('labels', one.shape.slice(0, -1), 'int32') : input('labels', one.shape);
  const weights = input('weights', Array.isArray(one.weights[0]) ? one.shape.slice(0, -1) : [one.shape[0] as number]);
  const mask = one.mask && input('mask', one.shape.slice(0, -1));
  const tensor = loss.lower(builder, labels, input('prediction', one.shape), defaults(loss.fields), { weights, ...(mask ? { mask } : {}) });
  const { outputs } = interpret(builder.build([{ name: 'value', tensor }]), {
    prediction: numericArray(one.shape, flat(one.input)),
    labels: numericArray(labels.shape, flat(one.labels)),
    weights: numericArray(weights.shape, flat(one.weights)),
    ...(mask ? { mask: numericArray(mask.shape, flat(one.mask ?? [])) } : {}),
  });
  closeTo(outputs['value']?.data ?? [], [one.value], 2e-6);
});

test('a loss of the batch as a whole counts by the mean of the weights, as in Keras 3.15', () => {
  const builder = createBuilder();
  const [labels, prediction] = ['labels', 'prediction'].map((name) => builder.input(name, [2, 3], 'float32', { kind: 'data' })) as [Tensor, Tensor];
  const weights = builder.input('weights', [2], 'float32', { kind: 'data' });
  const outputs = (['sum_over_batch_size', 'sum', 'mean_with_sample_weight'] as const).map((reduction) => ({
    name: reduction,
    tensor: losses.dice.lower(builder, labels, prediction, { ...defaults(losses.dice.fields), reduction }, { weights }),
  }));
  const found = interpret(builder.build(outputs), {
    labels: numericArray([2, 3], [0, 1, 0, 1, 0, 0]),
    prediction: numericArray([2, 3], [0.1, 0.7, 0.2, 0.5, 0.3, 0.2]),
    weights: numericArray([2], [0.5, 2]),
  }).outputs;
  const values = Object.values(found).map(({ data }) => data[0] as number);
  closeTo(values, [0.4999999701976776, 0.9999999403953552, 0.3999999761581421], 1e-6);
});

test('a batch in which nothing counts costs 0 and moves nothing, as Keras divides', () => {
  const builder = createBuilder();
  const labels = builder.input('labels', [2], 'int32', { kind: 'data' });
  const prediction = builder.input('prediction', [2, 3], 'float32', { kind: 'data' });
  const parameters = { ...defaults(losses.sparseCategoricalCrossentropy.fields), ignoreClass: 0, reduction: 'mean_with_sample_weight' as const };
  const value = losses.sparseCategoricalCrossentropy.lower(builder, labels, activate(builder, 'softmax', prediction), parameters, {
    weights: builder.constant(0.5, [2]),
    mask: losses.sparseCategoricalCrossentropy.counted?.(builder, labels, parameters) as Tensor,
  });
  const [gradient] = gradients(builder, value, [prediction]) as [Tensor];
  const program = builder.build([
    { name: 'value', tensor: value },
    { name: 'gradient', tensor: gradient },
  ]);
  const numbers = (classes: readonly number[]) =>
    interpret(program, { labels: numericArray([2], [...classes]), prediction: numericArray([2, 3], [0.1, 0.7, 0.2, 0.5, 0.3, 0.2]) }).outputs;
  closeTo([...(numbers([0, 0])['value']?.data ?? []), ...(numbers([0, 0])['gradient']?.data ?? [])], [0, 0, 0, 0, 0, 0, 0], 0);
  expect(numbers([0, 1])['value']?.data[0]).toBeCloseTo(1.13, 1);
});

test('every loss that Keras has was compared', () =>
  expect(new Set(cases.map(({ id }) => id))).toEqual(new Set(lossIds.filter((id) => losses[id].keras !== null))));

test('ids are the names in the list', () => {
  for (const id of lossIds) expect(losses[id].id).toBe(id);
});

test('an unknown loss is refused with the known ones', () => {
  expect(() => lossOf('other')).toThrow(`There is no loss “other” (training.loss). Known: ${lossIds.join(', ')}.`);
  expect(() => lossOf('constructor')).toThrow(expect.objectContaining({ kind: 'project', code: 'unknown-loss', where: 'training.loss' }));
});
