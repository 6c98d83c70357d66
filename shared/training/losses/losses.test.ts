// Every loss against the numbers of real Keras 3 on TensorFlow (../fixtures/make.py), value and derivative.

import { describe, expect, test } from 'vitest';
import { schemaOf } from '../../lib/fields.ts';
import { type ActivationId, activate } from '../../layers/activations/index.ts';
import { createBuilder } from '../../tensor/builder.ts';
import { gradients } from '../../tensor/gradient.ts';
import { interpret, numericArray } from '../../tensor/interpret.ts';
import type { NumericArray } from '../../tensor/operation.ts';
import fixtures from '../fixtures/losses.json' with { type: 'json' };
import { closeTo } from '../../lib/testing/closeTo.ts';
import { lossIds, lossOf, losses } from './index.ts';

interface Case {
  readonly id: string;
  readonly parameters: Record<string, unknown>;
  readonly activation: string;
  readonly input: readonly (readonly number[])[];
  readonly labels: readonly (number | readonly number[])[];
  readonly value: number;
  readonly gradient: readonly (readonly number[])[];
}
const cases = fixtures.cases as unknown as readonly Case[];

function evaluate({ id, parameters, activation, input, labels }: Case) {
  const loss = lossOf(id),
    builder = createBuilder();
  const shape = [input.length, input[0]?.length ?? 0];
  const x = builder.input('x', shape, 'float32', { kind: 'data' });
  const y = loss.labels === 'classes' ? builder.input('y', [input.length], 'int32', { kind: 'data' }) : builder.input('y', shape, 'float32', { kind: 'data' });
  const prediction = activate(builder, activation === 'none' ? 'linear' : (activation as ActivationId), x);
  const value = loss.lower(builder, y, prediction, schemaOf(loss.fields).parse(parameters));
  const [gradient] = gradients(builder, value, [x]);
  if (!gradient) throw new Error('a loss must depend on the prediction');
  const program = builder.build([
    { name: 'value', tensor: value },
    { name: 'gradient', tensor: gradient },
  ]);
  return interpret(program, { x: numericArray(shape, input.flat()), y: numericArray(y.shape, labels.flat()) }).outputs as Readonly<
    Record<'value' | 'gradient', NumericArray>
  >;
}

describe.each(cases.map((one) => [`${one.id} ${JSON.stringify(one.parameters)} after ${one.activation}`, one] as const))('%s', (_title, one) => {
  const { value, gradient } = evaluate(one);
  test('value', () => {
    expect(value.shape).toEqual([]);
    closeTo(value.data, [one.value], 2e-6);
  });
  test('derivative', () => closeTo(gradient.data, one.gradient.flat(), 2e-6));
});

test('every loss was compared', () => expect(new Set(cases.map(({ id }) => id))).toEqual(new Set(lossIds)));

test('ids are the names in the list', () => {
  for (const id of lossIds) expect(losses[id].id).toBe(id);
});

test('an unknown loss is refused with the known ones', () => {
  expect(() => lossOf('ctc')).toThrow(
    'There is no loss “ctc” (training.loss). Known: sparseCategoricalCrossentropy, categoricalCrossentropy, binaryCrossentropy, binaryFocalCrossentropy, meanSquaredError, meanAbsoluteError, huber, logCosh, meanAbsolutePercentageError, meanSquaredLogarithmicError, poisson, cosineSimilarity, kullbackLeiblerDivergence, hinge, squaredHinge, categoricalHinge.',
  );
  expect(() => lossOf('constructor')).toThrow(expect.objectContaining({ kind: 'project', code: 'unknown-loss', where: 'training.loss' }));
});
