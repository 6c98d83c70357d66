// What all optimizers have in common against real Keras (../fixtures/make.py): two weights, seven steps.

import { describe, expect, test } from 'vitest';
import { closeTo } from '../../lib/testing/closeTo.ts';
import { createBuilder } from '../../tensor/builder.ts';
import { interpret, numericArray } from '../../tensor/interpret.ts';
import type { NumericArray } from '../../tensor/operation.ts';
import type { Shape, Tensor } from '../../tensor/types.ts';
import fixtures from '../fixtures/updates.json' with { type: 'json' };
import { resolveOptimizer } from './index.ts';
import { lowerUpdates } from './updates.ts';

interface Case {
  readonly id: string;
  readonly parameters: Record<string, number | boolean>;
  readonly unitNorm: boolean;
  readonly starts: readonly unknown[][];
  readonly gradients: readonly (readonly unknown[][])[];
  readonly after: readonly (readonly unknown[][])[];
  readonly state: Readonly<Record<string, unknown[]>>;
}
const cases = fixtures.cases as unknown as readonly Case[];
const names = ['v', 'w'] as const;
const shapes: readonly Shape[] = [[3], [2, 2]];
const flat = (nested: unknown): number[] => [nested].flat(3) as number[];

/** Length 1 along the first axis. */
function unitNorm(builder: ReturnType<typeof createBuilder>, weight: Tensor): Tensor {
  const length = builder.sqrt(builder.reduceSum(builder.square(weight), { axes: [0], keepDims: true }));
  return builder.divide(weight, builder.add(length, builder.constant(1e-7)));
}

function programOf({ id, parameters, unitNorm: isConstrained }: Case) {
  const builder = createBuilder(),
    slots = new Map<string, Shape>();
  const input = (name: string, shape: Shape, kind: 'state' | 'data' | 'scalar') => builder.input(name, shape, 'float32', { kind });
  const weights = names.map((name, i) => ({
    name,
    tensor: input(name, shapes[i] ?? [], 'state'),
    gradient: input(`gradient/${name}`, shapes[i] ?? [], 'data'),
    ...(isConstrained ? { constraint: unitNorm } : {}),
  }));
  const slot = (name: string, shape: Shape) => {
    slots.set(name, shape);
    return input(name, shape, 'state');
  };
  const chosen = resolveOptimizer({ id, parameters });
  const context = { builder, learningRate: input('learningRate', [], 'scalar'), step: input('step', [], 'scalar'), slot };
  return { program: builder.build([], lowerUpdates(context, chosen, weights)), slots, learningRate: chosen.parameters['learningRate'] as number };
}

describe.each(cases.map((one) => [`${one.id} ${JSON.stringify(one.parameters)}${one.unitNorm ? ' with a constraint' : ''}`, one] as const))(
  '%s',
  (_title, one) => {
    const { program, slots, learningRate } = programOf(one);
    test('takes Keras’ steps and keeps Keras’ state', () => {
      let state: Record<string, NumericArray> = Object.fromEntries([...slots].map(([name, shape]) => [name, numericArray(shape, 0)]));
      names.forEach((name, i) => void (state[name] = numericArray(shapes[i] ?? [], flat(one.starts[i]))));
      for (const [i, gradients] of one.gradients.entries()) {
        const given = Object.fromEntries(names.map((name, k) => [`gradient/${name}`, numericArray(shapes[k] ?? [], flat(gradients[k]))]));
        state = { ...state, ...interpret(program, { ...state, ...given, learningRate, step: i + 1 }).updates };
        names.forEach((name, k) => void closeTo(state[name]?.data ?? [], flat(one.after[i]?.[k]), 2e-6));
      }
      expect([...slots.keys()].filter((name) => !/\/(row|column)$/.test(name)).toSorted()).toEqual(
        Object.keys(one.state)
          .map((name) => `${one.id}/${name}`)
          .toSorted(),
      );
      for (const [name, expected] of Object.entries(one.state)) closeTo(state[`${one.id}/${name}`]?.data ?? [], flat(expected), 2e-6);
    });
  },
);
