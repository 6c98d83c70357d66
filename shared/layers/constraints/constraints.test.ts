// Constraints against what real Keras 3 computed (fixtures/make_more.py), and the sentences of Keras' files.

import { describe, expect, test } from 'vitest';
import { schemaOf } from '../../lib/fields.ts';
import { closeTo } from '../../lib/testing/closeTo.ts';
import { createBuilder } from '../../tensor/builder.ts';
import { interpret, numericArray } from '../../tensor/interpret.ts';
import fixtures from '../fixtures/constraints.json' with { type: 'json' };
import { constrained, constraintOf, constraintOfKeras, constraintToKeras, type KernelConstraint, kernelConstraintFields } from './index.ts';

const schema = schemaOf(kernelConstraintFields);
const complete = (parameters: object): KernelConstraint => schema.parse(parameters);

describe.each(fixtures.cases.map((one) => [JSON.stringify(one.config), one] as const))('as Keras has it: %s', (_, { parameters, weight, held, config }) => {
  const rank = weight.shape.length;
  test('the weight after a step', () => {
    const builder = createBuilder();
    const constraint = constraintOf(complete(parameters), rank);
    if (!constraint) throw new Error('a constraint is expected');
    const tensor = constrained(builder, builder.input('weight', weight.shape, 'float32', { kind: 'state' }), constraint);
    const { outputs } = interpret(builder.build([{ name: 'held', tensor }]), { weight: numericArray(weight.shape, weight.data) });
    closeTo(outputs['held']?.data ?? [], held.data, 1e-6);
  });
  test('its words in Keras’ files, both ways', () => {
    expect(constraintToKeras(complete(parameters), rank)).toEqual({ ...config, registered_name: null });
    expect(complete(constraintOfKeras(config, rank) ?? {})).toEqual(complete(parameters));
  });
});

test('names in place of objects, and what Keras takes where a number is left out', () => {
  expect(constraintOfKeras('max_norm', 2)).toEqual({ kernelConstraint: 'maxNorm', kernelNormAxes: 'first', kernelNormMax: 2 });
  expect(constraintOfKeras('MinMaxNorm', 2)).toEqual({
    kernelConstraint: 'minMaxNorm',
    kernelNormAxes: 'first',
    kernelNormMin: 0,
    kernelNormMax: 1,
    kernelNormRate: 1,
  });
  expect(constraintOfKeras('non_neg', 2)).toEqual({ kernelConstraint: 'nonNeg' });
  expect(constraintOfKeras(null, 2)).toEqual({ kernelConstraint: 'none' });
});

test('norms over other axes than the first, counted from either end', () => {
  expect(constraintOfKeras({ class_name: 'MaxNorm', config: { axis: 1, max_value: 3 } }, 2)).toMatchObject({ kernelNormAxes: 'last', kernelNormMax: 3 });
  expect(constraintOfKeras({ class_name: 'UnitNorm', config: { axis: -1 } }, 4)).toMatchObject({ kernelNormAxes: 'last' });
  expect(constraintOfKeras({ class_name: 'UnitNorm', config: { axis: [0, 1] } }, 2)).toMatchObject({ kernelNormAxes: 'all' });
  expect(constraintOf(complete({ kernelConstraint: 'unitNorm', kernelNormAxes: 'all' }), 3)).toEqual({ kind: 'unitNorm', axes: [0, 1, 2] });
});

test('what cannot be carried is refused', () => {
  expect(constraintOfKeras('mine', 2)).toBeNull();
  expect(constraintOfKeras({ class_name: 'MaxNorm', config: { axis: 1 } }, 4)).toBeNull();
  expect(constraintOfKeras({ class_name: 'UnitNorm', config: { axis: [0, 1] } }, 4)).toBeNull();
  expect(constraintToKeras(complete({}), 2)).toBeNull();
});
