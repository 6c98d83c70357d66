import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createBuilder } from '../../tensor/builder.ts';
import { interpret, numericArray } from '../../tensor/interpret.ts';
import { countedSteps } from './countedSteps.ts';

/** What a mask does to sums over the steps: an operation that sees what came before, as a recurrent one. */
function summed(batch: number, steps: number, mask: readonly boolean[], values: readonly number[]) {
  const builder = createBuilder();
  const counts = builder.input('mask', [batch, steps], 'bool', { kind: 'data' });
  const x = builder.input('x', [batch, steps, 1], 'float32', { kind: 'data' });
  const counted = countedSteps(builder, counts);
  const triangle = builder.constant(
    Float32Array.from({ length: steps * steps }, (_, i) => Number(Math.floor(i / steps) <= i % steps)),
    [steps, steps],
  );
  const flat = builder.reshape(counted.together(x), { shape: [batch, steps] });
  const sums = builder.reshape(builder.matMul(flat, triangle), { shape: [batch, steps, 1] });
  const program = builder.build([
    { name: 'apart', tensor: counted.apart(sums) },
    { name: 'last', tensor: counted.last(sums) },
  ]);
  return interpret(program, { mask: numericArray([batch, steps], mask.map(Number)), x: numericArray([batch, steps, 1], values) }).outputs;
}

test('steps that do not count change nothing, wherever they stand', () => {
  const cases = fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 6 })).chain(([batch, steps]) =>
    fc.record({
      batch: fc.constant(batch),
      steps: fc.constant(steps),
      mask: fc.array(fc.boolean(), { minLength: batch * steps, maxLength: batch * steps }),
      values: fc.array(fc.integer({ min: -9, max: 9 }), { minLength: batch * steps, maxLength: batch * steps }),
    }),
  );
  fc.assert(
    fc.property(cases, ({ batch, steps, mask, values }) => {
      const { apart, last } = summed(batch, steps, mask, values);
      const expected = Array.from({ length: batch }, (_, row) => {
        let sum = 0;
        return Array.from({ length: steps }, (_step, t) => (sum += mask[row * steps + t] ? (values[row * steps + t] as number) : 0));
      });
      // −0 is 0 here.
      const plain = (numbers: ArrayLike<number> = []) => Array.from(numbers, (value) => value + 0);
      expect(plain(apart?.data)).toEqual(expected.flat());
      expect(plain(last?.data)).toEqual(expected.map((row) => row.at(-1)));
    }),
    { seed: 5, numRuns: 60 },
  );
});
