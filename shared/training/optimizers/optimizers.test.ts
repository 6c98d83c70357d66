// Every optimizer step by step against real Keras 3 (../fixtures/make.py), and the check of its parameters.

import { describe, expect, test } from 'vitest';
import { createBuilder } from '../../tensor/builder.ts';
import { interpret, numericArray } from '../../tensor/interpret.ts';
import fixtures from '../fixtures/optimizers.json' with { type: 'json' };
import { closeTo } from '../../lib/testing/closeTo.ts';
import { optimizerIds, optimizerOf, optimizers, resolveOptimizer } from './index.ts';
import { lowerUpdates, slotName } from './updates.ts';

interface Case {
  readonly id: string;
  readonly parameters: Record<string, number | boolean>;
  readonly start: readonly number[];
  readonly gradients: readonly (readonly number[])[];
  readonly after: readonly (readonly number[])[];
  readonly slots: Readonly<Record<string, readonly number[]>>;
}
const cases = fixtures.cases as unknown as readonly Case[];

/** One step as a program: weight and slots are its state. */
function stepOf({ id, parameters, start }: Case) {
  const { definition, parameters: all } = resolveOptimizer({ id, parameters });
  const builder = createBuilder(),
    shape = [start.length];
  const slots: string[] = [];
  const context = {
    builder,
    learningRate: builder.input('learningRate', [], 'float32', { kind: 'scalar' }),
    step: builder.input('step', [], 'float32', { kind: 'scalar' }),
    slot(name: string) {
      slots.push(name.replace(`${id}/weight/`, ''));
      return builder.input(name, shape, 'float32', { kind: 'state' });
    },
  };
  const weight = builder.input('weight', shape, 'float32', { kind: 'state' });
  const gradient = builder.input('gradient', shape, 'float32', { kind: 'data' });
  const updates = lowerUpdates(context, { definition, parameters: all }, [{ name: 'weight', tensor: weight, gradient }]);
  return { program: builder.build([], updates), slots, learningRate: all['learningRate'] as number };
}

describe.each(cases.map((one) => [`${one.id} ${JSON.stringify(one.parameters)}`, one] as const))('%s', (_title, one) => {
  const { program, slots, learningRate } = stepOf(one);
  test('takes Keras’ steps', () => {
    const zero = numericArray([3], 0);
    let state = { weight: numericArray([3], [...one.start]), ...Object.fromEntries(slots.map((name) => [slotName(one.id, 'weight', name), zero])) };
    for (const [i, gradient] of one.gradients.entries()) {
      state = { ...state, ...interpret(program, { ...state, gradient: numericArray([3], [...gradient]), learningRate, step: i + 1 }).updates };
      closeTo(state.weight.data, one.after[i] ?? [], 2e-5);
    }
    for (const [name, expected] of Object.entries(one.slots))
      closeTo((state as Record<string, { data: Float64Array }>)[slotName(one.id, 'weight', name)]?.data ?? [], expected, 2e-5);
  });
  test('keeps Keras’ slots', () => expect(slots.toSorted()).toEqual(Object.keys(one.slots).toSorted()));
});

test('every optimizer was compared, stands under its id and has a learning rate', () => {
  expect(new Set(cases.map(({ id }) => id))).toEqual(new Set(optimizerIds));
  for (const id of optimizerIds) {
    expect(optimizers[id].id).toBe(id);
    expect(optimizers[id].fields.learningRate.default).toBeGreaterThan(0);
  }
});

test('missing parameters take their defaults', () => {
  expect(resolveOptimizer({ id: 'adam', parameters: { learningRate: 0.01 } }).parameters).toEqual({
    weightDecay: null,
    clipnorm: null,
    globalClipnorm: null,
    clipvalue: null,
    useEma: false,
    emaMomentum: 0.99,
    emaOverwriteFrequency: null,
    gradientAccumulationSteps: null,
    learningRate: 0.01,
    beta1: 0.9,
    beta2: 0.999,
    epsilon: 1e-7,
    amsgrad: false,
  });
});

test.each([
  [{ learningRate: 0 }, 'Learning rate must be a number greater than 0, but is 0 (training.optimizer.parameters.learningRate). Its default is 0.01.'],
  [{ learningRate: -1 }, 'Learning rate must be a number greater than 0, but is -1 (training.optimizer.parameters.learningRate). Its default is 0.01.'],
  [{ learningRate: null }, 'Learning rate must be a number greater than 0, but is null (training.optimizer.parameters.learningRate). Its default is 0.01.'],
  [
    { learningRate: Number.NaN },
    'Learning rate must be a number greater than 0, but is NaN (training.optimizer.parameters.learningRate). Its default is 0.01.',
  ],
  [{ momentum: 1.5 }, 'Momentum must be a number at least 0 and at most 1, but is 1.5 (training.optimizer.parameters.momentum). Its default is 0.'],
  [{ nesterov: 3 }, 'Nesterov must be true or false, but is 3 (training.optimizer.parameters.nesterov). Its default is false.'],
  [{ clipnorm: 0 }, 'Clip norm must be a number greater than 0, or none, but is 0 (training.optimizer.parameters.clipnorm). Its default is none.'],
  [
    { clipnorm: 1, clipvalue: 0.5 },
    'Gradients are clipped in one way only, but clipnorm and clipvalue are both set (training.optimizer.parameters). Leave one of them empty.',
  ],
  [{ beta1: 0.9 }, `SGD has no parameter “beta1” (training.optimizer.parameters.beta1). It has: ${Object.keys(optimizers.sgd.fields).join(', ')}.`],
])('refuses %j', (parameters, message) =>
  expect(() => resolveOptimizer({ id: 'sgd', parameters })).toThrow(expect.objectContaining({ kind: 'project', message })),
);

test('an unknown optimizer is refused with the known ones', () => {
  expect(() => optimizerOf('muon')).toThrow(
    'There is no optimizer “muon” (training.optimizer.id). Known: adam, adamW, adamax, nadam, rmsprop, sgd, adagrad, adadelta, lion, lamb, ftrl, adafactor.',
  );
});
