// Gradients of a table whose rows are used several times: what counts each use, and what counts their sum. Against Keras: npm run parity, networks of words.

import { expect, it } from 'vitest';
import { createBuilder } from '../../tensor/builder.ts';
import { interpret } from '../../tensor/interpret.ts';
import type { Builder } from '../../tensor/builder.ts';
import type { Tensor } from '../../tensor/types.ts';
import { clipped, type Clipping } from './clip.ts';
import { magnitude, squared } from './occurrences.ts';

/** Row 0 is used with 1 and −3 at one place and with 2 at another, row 1 with 4. */
function ofTable(change: (builder: Builder, gradient: Tensor) => Tensor): number[] {
  const builder = createBuilder();
  const uses = (rows: number[], entries: number[]) =>
    builder.scatterRows(builder.constant(rows, [rows.length], 'int32'), builder.constant(entries, [entries.length, 1]), { rows: 2 });
  const gradient = builder.add(uses([0, 1, 0], [1, 4, -3]), uses([0], [2]));
  const program = builder.build([{ name: 'y', tensor: change(builder, gradient) }]);
  return [...(interpret(program, {}).outputs['y']?.data ?? [])];
}
const none: Clipping = { clipnorm: null, globalClipnorm: null, clipvalue: null };
const cut = (how: Partial<Clipping>) => ofTable((builder, gradient) => clipped(builder, [{ gradient }], { ...none, ...how })[0]?.gradient as Tensor);

it('squares and sizes are those of each use, added up', () => {
  expect(ofTable(squared)).toEqual([1 + 9 + 4, 16]);
  expect(ofTable(magnitude)).toEqual([1 + 3 + 2, 4]);
});

it('a sum with something that is no list of rows is what it is', () =>
  expect(ofTable((builder, gradient) => squared(builder, builder.add(gradient, builder.constant([1, 1], [2, 1]))))).toEqual([1, 25]));

it('a length is that of all uses, and numbers are cut use by use', () => {
  const length = Math.sqrt(1 + 9 + 4 + 16);
  for (const how of [{ clipnorm: 1 }, { globalClipnorm: 1 }]) {
    const [first, second] = cut(how) as [number, number];
    expect(first).toBeCloseTo(0, 12);
    expect(second).toBeCloseTo(4 / length, 12);
  }
  expect(cut({ clipvalue: 2 })).toEqual([1 - 2 + 2, 2]);
});
