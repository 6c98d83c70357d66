// Which instructions are written together in tiles.

import { expect, test } from 'vitest';
import { type Builder, createBuilder } from '../../../shared/tensor/builder.ts';
import type { Program, Tensor } from '../../../shared/tensor/types.ts';
import { regionsOf } from './tiles.ts';

const LARGE = [2048, 1024];

/** A weight that follows a gradient with momentum. */
function stepping(shape: readonly number[], more: (builder: Builder, mean: Tensor) => Tensor = (_, mean) => mean): Program {
  const builder = createBuilder();
  const state = (name: string) => builder.input(name, shape, 'float32', { kind: 'state' });
  const [weight, momentum, gradient] = [state('weight'), state('momentum'), builder.input('gradient', shape, 'float32', { kind: 'data' })];
  const mean = builder.add(builder.multiply(momentum, builder.constant(0.9)), gradient);
  const next = builder.subtract(weight, builder.multiply(more(builder, mean), builder.input('rate', [], 'float32', { kind: 'scalar' })));
  return builder.build(
    [],
    [
      { name: 'weight', tensor: next },
      { name: 'momentum', tensor: mean },
    ],
  );
}
const none = new Set<never>();

test('an optimizer’s step over a large weight is one region', () => {
  const program = stepping(LARGE),
    [region, ...others] = regionsOf(program, none);
  expect(others).toEqual([]);
  expect(region?.members.map(({ operation }) => operation)).toEqual(['multiply', 'add', 'multiply', 'subtract']);
  expect(region?.inputs).toHaveLength(3);
  expect(region?.outputs.map(({ id }) => id).sort()).toEqual(program.updates.map(({ tensor }) => tensor.id).sort());
  expect(region?.shape).toEqual([32, 65_536]);
});

test('small values, and sizes that no tile divides, are written as they stand', () => {
  expect(regionsOf(stepping([512, 512]), none)).toEqual([]);
  // A prime number of rows of two.
  expect(regionsOf(stepping([1_048_583, 2]), none)).toEqual([]);
});

test('what something in between needs cannot wait for the end of a region', () => {
  const clipped = stepping(LARGE, (builder, mean) => {
    const length = builder.sqrt(builder.reduceSum(mean, { axes: [0, 1] }));
    return builder.divide(mean, length);
  });
  expect(regionsOf(clipped, none)).toEqual([]);
});

test('instructions that are written in another way are left out', () => {
  const program = stepping(LARGE);
  const taken = new Set(program.instructions.filter(({ operation }) => operation === 'add'));
  expect(regionsOf(program, taken)).toEqual([]);
});
