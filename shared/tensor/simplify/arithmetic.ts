// Simplifications of element-wise operations: numbers known beforehand, neutral elements, needless stretching.

import { operationNamed } from '../builder.ts';
import { sameShape, type Tensor } from '../types.ts';
import type { Rule, Rules } from './rule.ts';

const binary = [
  'add',
  'subtract',
  'multiply',
  'divide',
  'power',
  'maximum',
  'minimum',
  'equal',
  'greater',
  'greaterEqual',
  'less',
  'lessEqual',
  'logicalAnd',
  'logicalOr',
] as const;
const unary = [
  'negate',
  'abs',
  'sign',
  'square',
  'sqrt',
  'reciprocal',
  'exp',
  'log',
  'tanh',
  'sigmoid',
  'relu',
  'softplus',
  'erf',
  'sin',
  'cos',
  'floor',
  'logicalNot',
  'cast',
] as const;

/** Constants of one number in: a constant of one number out, by the operation's own definition. */
const foldNumbers: Rule = ({ operation, inputs, attributes, types: [type] }, scope) => {
  const numbers = inputs.map((input) => scope.numberIn(input));
  if (!type || numbers.some((value) => value === undefined)) return null;
  const scalars = numbers.map((value) => ({ shape: [], data: Float64Array.of(value as number) }));
  const [result] = operationNamed(operation).evaluate?.(scalars, attributes, [{ shape: [], dtype: type.dtype }]) ?? [];
  return result ? [scope.filled(result.data[0] as number, type)] : null;
};

/** x ∘ neutral = x, where the constant does not stretch x. */
const dropNeutral =
  (neutral: number, sides: readonly number[]): Rule =>
  ({ inputs, types: [type] }, scope) => {
    for (const side of sides) {
      const kept = inputs[1 - side] as Tensor;
      if (scope.numberIn(inputs[side]) === neutral && type && sameShape(kept.shape, type.shape)) return [kept];
    }
    return null;
  };

/** An input stretched beforehand, where the other one stretches it anyway. */
const dropStretching: Rule = ({ operation, inputs: [x, y], types: [type] }, { builder, producer }) => {
  if (!x || !y || !type) return null;
  const stretchedX = producer(x, 'broadcastTo')?.inputs[0],
    stretchedY = producer(y, 'broadcastTo')?.inputs[0];
  const write = (a: Tensor, b: Tensor) => builder.apply(operationNamed(operation), [a, b], {});
  if (stretchedX && sameShape(y.shape, type.shape)) return write(stretchedX, y);
  if (stretchedY && sameShape(x.shape, type.shape)) return write(x, stretchedY);
  return null;
};

/** A filled constant beside a value of the full shape: one number is enough. */
const shrinkConstant: Rule = ({ operation, inputs: [x, y], types: [type] }, { builder, numberIn, filled }) => {
  if (!x || !y || !type) return null;
  const single = (a: Tensor, b: Tensor) => (a.shape.length > 0 && sameShape(b.shape, type.shape) ? numberIn(a) : undefined);
  const ofX = single(x, y),
    ofY = single(y, x);
  const scalar = (value: number, of: Tensor) => filled(value, { shape: [], dtype: of.dtype });
  if (ofX !== undefined) return builder.apply(operationNamed(operation), [scalar(ofX, x), y], {});
  return ofY === undefined ? null : builder.apply(operationNamed(operation), [x, scalar(ofY, y)], {});
};

const isPowerOfTwo = (value: number): boolean => value !== 0 && Number.isInteger(Math.log2(Math.abs(value)));
/** a · (x · b) = x · (a · b), where one of a, b is a power of two: no digit changes. */
const joinFactors: Rule = ({ inputs: [x, y] }, { builder, numberIn, filled, producer }) => {
  if (!x || !y) return null;
  const [factor, product] = numberIn(x) === undefined ? [y, x] : [x, y];
  const [p, q] = producer(product, 'multiply')?.inputs ?? [];
  const outer = numberIn(factor),
    inner = numberIn(p) ?? numberIn(q);
  if (!p || !q || outer === undefined || inner === undefined || product.dtype !== 'float32' || factor.shape.length > 0) return null;
  const rest = numberIn(p) === undefined ? p : q;
  const exact = isPowerOfTwo(outer) || isPowerOfTwo(inner);
  return exact && sameShape(rest.shape, product.shape) ? [builder.multiply(rest, filled(outer * inner, { shape: [], dtype: 'float32' }))] : null;
};

const negateTwice: Rule = ({ inputs }, { producer }) => producer(inputs[0], 'negate')?.inputs ?? null;

/** e to the power of logSoftmax is softmax, which a prediction mostly computes anyway. */
const expOfLogSoftmax: Rule = ({ inputs }, { builder, producer }) => {
  const {
    inputs: [x],
    attributes,
  } = producer(inputs[0], 'logSoftmax') ?? { inputs: [] };
  return x ? [builder.softmax(x, { axis: attributes?.axis as number })] : null;
};

/** x + (-y) = x - y, either way round. */
const addNegative: Rule = ({ inputs: [x, y] }, { builder, producer }) => {
  if (!x || !y) return null;
  const minusY = producer(y, 'negate')?.inputs[0],
    minusX = producer(x, 'negate')?.inputs[0];
  if (minusY) return [builder.subtract(x, minusY)];
  return minusX ? [builder.subtract(y, minusX)] : null;
};

const common = Object.fromEntries([
  ...unary.map((name) => [name, [foldNumbers]]),
  ...binary.map((name) => [name, [foldNumbers, shrinkConstant, dropStretching]]),
]) as Readonly<Record<(typeof unary | typeof binary)[number], readonly Rule[]>>;

export const arithmeticRules: Rules = {
  ...common,
  add: [...common.add, dropNeutral(0, [0, 1]), addNegative],
  subtract: [...common.subtract, dropNeutral(0, [1])],
  multiply: [...common.multiply, dropNeutral(1, [0, 1]), joinFactors],
  divide: [...common.divide, dropNeutral(1, [1])],
  power: [...common.power, dropNeutral(1, [1])],
  negate: [...common.negate, negateTwice],
  exp: [...common.exp, expOfLogSoftmax],
};
