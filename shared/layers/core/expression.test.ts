import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { defaults, type Values } from '../../lib/fields.ts';
import { interpret, numericArray } from '../../tensor/interpret.ts';
import { activationIds } from '../activations/index.ts';
import { expression } from './expression.ts';
import { longestFormula } from '../formula/tokens.ts';
import { shapeOf } from '../testing/arbitraries.ts';
import { lowered } from '../testing/lowered.ts';
import { problemOf } from '../testing/problemOf.ts';
import { proveLayer } from '../testing/proveLayer.ts';

const smooth = {
  1: ['x * sigmoid(x)', 'x^2 - 3 * x + 1', 'exp(-x^2 / 2) / sqrt(2 * pi)', 'sin(2*pi*x) + cos(x)', '1 / (1 + exp(-x))', 'softmax(x)'],
  2: ['a + 2*b', 'a * tanh(b) - -b', 'gelu(a) / (1 + b^2)', 'x - b'],
  3: ['a * b + c', 'a * sigmoid(b) + c * (1 - sigmoid(b))'],
} as const;
const examples = fc.record({ shape: shapeOf(1, 3), count: fc.constantFrom(1, 2, 3) }).chain(({ shape, count }) =>
  fc.record({
    parameters: fc.record({ formula: fc.constantFrom<string>(...smooth[count as 1]) }),
    inputs: fc.constant(Array.from({ length: count }, () => shape)),
  }),
);
proveLayer(expression, { examples });

/** The formula at given numbers; every input has as many as the first. */
function at(formula: string, ...inputs: readonly (readonly number[])[]): readonly number[] {
  const shapes = inputs.map(({ length }) => [1, length]);
  const { program } = lowered(expression, { formula }, shapes, { training: false });
  const numbers = Object.fromEntries(inputs.map((values, i) => [`input${i}`, numericArray([1, values.length], [...values])]));
  return Array.from(interpret(program, { ...numbers, probe: numericArray([1, inputs[0]?.length ?? 0], 0) }).outputs['y']?.data ?? []);
}

describe('the grammar', () => {
  test.each([
    ['2 + 3 * x', 2 + 3 * 4],
    ['(2 + 3) * x', 20],
    ['x - 1 - 1', 2],
    ['x / 2 / 2', 1],
    ['-x^2', -16],
    ['(-x)^2', 16],
    ['2^x^0.5', 4],
    ['2**-1 * x', 2],
    ['1.5e1*x', 60],
    ['.5 * x', 2],
    ['+x', 4],
    ['- - x', 4],
    ['x > 3', 1],
    ['x > 4', 0],
    ['x >= 4', 1],
    ['x < 4', 0],
    ['2 * (x <= 4)', 2],
    ['min(x, 3, 2)', 2],
    ['max(x, 3)', 4],
    ['pow(x, 0.5)', 2],
    ['clip(x, 0, 1)', 1],
    ['where(x > 1, 10 * x, x)', 40],
    ['abs(-x) + sign(x) + floor(x / 3)', 6],
    ['hard_sigmoid(x) + hardSigmoid(x) + swish(0 * x)', 2],
  ])('%s', (formula, value) => {
    expect(at(formula, [4])[0]).toBeCloseTo(value, 12);
  });
  test('connections are called a, b, c in their order; a size of 1 stretches', () => {
    expect(at('a - 10 * b', [1, 2], [3])).toEqual([-29, -28]);
    expect(at('x - b', [5], [2])).toEqual([3]);
  });
  test('every activation function can be called', () => {
    // GLU halves the features: what it gives is written out once more.
    for (const id of activationIds) expect(at(id === 'glu' ? '0 * x + glu(x)' : `${id}(x)`, [0.5, 0.25])).toHaveLength(2);
  });
});

describe('what is wrong is pointed at', () => {
  const said = (formula: string, inputs = 1) => {
    const { code, what, why, parameter } = problemOf(
      expression,
      { formula },
      Array.from({ length: inputs }, () => [1, 4]),
    );
    return { code, what, why, parameter };
  };
  test.each([
    ['a + * b', 5, '“*” stands where a number, a name or “(” is expected'],
    ['(x + 1', 7, 'it ends where “)” is expected'],
    ['x x', 3, '“x” stands where a sign such as + or * is expected'],
    ['2x', 2, '“x” stands where a sign such as + or * is expected'],
    ['', 1, 'it ends where a number, a name or “(” is expected'],
    ['x + y', 5, 'there is no value “y”; there is x, and pi'],
    ['sin x', 5, '“x” stands where a sign such as + or * is expected'],
    ['x * relu', 5, 'the function relu needs parentheses: relu(x)'],
    ['  x % 2', 5, '“%” is no sign of a formula; there are + - * / ^ ( ) , < <= > >='],
    ['max(x)', 1, 'max takes 2 to 8 values, and gets 1'],
    ['relu(x, 1)', 1, 'relu takes 1 value, and gets 2'],
    ['min(x, 1', 9, 'it ends where “,” or “)” is expected'],
    ['x.constructor', 2, '“.” is no sign of a formula; there are + - * / ^ ( ) , < <= > >='],
    ['x'.repeat(longestFormula + 1), longestFormula + 1, 'a formula has at most 500 characters, and this one 501'],
    [`${'('.repeat(50)}x${')'.repeat(50)}`, 42, 'more than 40 parts stand inside each other'],
    [`${'-'.repeat(60)}x`, 42, 'more than 40 parts stand inside each other'],
  ])('%s', (formula, character, message) => {
    expect(said(formula)).toMatchObject({ code: 'formula', parameter: 'formula', what: `The formula cannot be read at character ${character}: ${message}.` });
  });
  test('an unknown function is told with those there are, not with Object’s own', () => {
    expect(said('toString(x)').what).toContain('there is no function “toString”; there are abs, sign,');
    expect(said('constructor * x').what).toContain('there is no value “constructor”');
  });
  test('the place is marked in the formula', () => {
    expect(said('a + * b').why).toBe('a + ▸* b');
    expect(said('').why).toBe('The formula is empty.');
  });
  test('sizes that do not fit are named', () => {
    expect(
      problemOf(expression, { formula: 'a * b' }, [
        [1, 3],
        [1, 4],
      ]).what,
    ).toBe('The formula cannot be read at character 3: 3 and 4 cannot be taken value by value: they need the same sizes.');
    expect(
      problemOf(expression, { formula: 'max(a, b)' }, [
        [1, 3],
        [1, 2, 3],
      ]).what,
    ).toContain('3 and 2 × 3 cannot be taken value by value');
  });
  test('what is connected must be used', () => {
    expect(said('3')).toMatchObject({ code: 'formula-unused', what: 'The formula does not use x, its input.' });
    expect(said('a + c', 3).what).toBe('The formula does not use b, its connection 2.');
    expect(said('a', 9)).toMatchObject({ code: 'too-many-inputs', what: 'A formula takes at most 8 connections.' });
  });
});

test('any text is read or refused in words', () => {
  const pieces = fc.constantFrom('x', 'a', '1', '2.5', '+', '-', '*', '/', '^', '(', ')', ',', 'max', 'relu', ' ', '<', 'e', '💥', '.');
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 30 }), (parts) => {
      const formula = parts.join('');
      try {
        expect(problemOf(expression, { formula }, [[1, 2]]).what).toMatch(/^The formula /);
      } catch (thrown) {
        expect(String(thrown)).toContain('Expression accepts');
      }
    }),
    { seed: 11, numRuns: 500 },
  );
});

test('says its formula on the node', () => {
  const complete: Values<typeof expression.fields> = defaults(expression.fields);
  expect(expression.describe(complete)).toBe('x * sigmoid(x)');
  expect(expression.describe({ formula: `${'x + '.repeat(20)}x` })).toHaveLength(40);
  expect(expression.describe({ formula: '' })).toBe('no formula');
});
