import { expect, test } from 'vitest';
import { withKept } from './keptWeights.ts';

const tensor = (value: number, shape = [1]) => ({ shape, data: new Float32Array(shape.reduce((a, b) => a * b, 1)).fill(value) });
const weight = (name: string, shape = [1]) => ({ name, shape });
const fresh = (...names: string[]) => new Map(names.map((name) => [name, Float32Array.of(-1)]));
const values = (found: ReadonlyMap<string, { readonly data: ArrayLike<number> }>) => [...found].map(([name, { data }]) => [name, data[0]]);

test('grouped and ungrouped layers keep their weights', () => {
  const grouped = withKept(
    [weight('block_1/dense/kernel'), weight('out/kernel')],
    fresh(),
    new Map([
      ['dense/kernel', tensor(3)],
      ['out/kernel', tensor(4)],
    ]),
  );
  expect(values(grouped)).toEqual([
    ['block_1/dense/kernel', 3],
    ['out/kernel', 4],
  ]);
  expect(values(withKept([weight('dense/kernel')], fresh(), new Map([['block_1/dense/kernel', tensor(5)]])))).toEqual([['dense/kernel', 5]]);
});

test('what could be one of several, has another shape, or is new, is drawn', () => {
  const twice = [weight('block_1/1/dense/kernel'), weight('block_1/2/dense/kernel')];
  expect(values(withKept(twice, fresh(...twice.map(({ name }) => name)), new Map([['dense/kernel', tensor(3)]])))).toEqual(twice.map(({ name }) => [name, -1]));
  const two = new Map([
    ['a/dense/kernel', tensor(1)],
    ['b/dense/kernel', tensor(2)],
  ]);
  expect(values(withKept([weight('dense/kernel')], fresh('dense/kernel'), two))).toEqual([['dense/kernel', -1]]);
  expect(values(withKept([weight('b/dense/kernel')], fresh('b/dense/kernel'), new Map([['dense/kernel', tensor(3, [2])]])))).toEqual([['b/dense/kernel', -1]]);
  expect(values(withKept([weight('dense/kernel')], fresh('dense/kernel'), new Map([['condense/kernel', tensor(3)]])))).toEqual([['dense/kernel', -1]]);
});
