// The operations' definitions against an independent implementation: tfjs' CPU backend, in float32.

import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-core/dist/register_all_gradients.js';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { closeTo } from '../../lib/testing/closeTo.ts';
import { evaluateOperation } from '../interpret.ts';
import { operationNames, type SampleInput, sampleOf } from '../samples.ts';
import type { Attributes } from '../types.ts';
import type { OperationName } from './index.ts';

/** The result by tfjs; null where tfjs cannot do what the attributes ask for. */
type Oracle = (inputs: readonly tf.Tensor[], attributes: Attributes) => tf.Tensor | readonly tf.Tensor[] | null;
const unary =
  (f: (x: tf.Tensor) => tf.Tensor): Oracle =>
  ([x]) =>
    f(x as tf.Tensor);
const binary =
  (f: (x: tf.Tensor, y: tf.Tensor) => tf.Tensor): Oracle =>
  ([x, y]) =>
    f(x as tf.Tensor, y as tf.Tensor);
const reduce =
  (f: (x: tf.Tensor, axes: number[], keepDims: boolean) => tf.Tensor): Oracle =>
  ([x], { axes, keepDims }) =>
    f(x as tf.Tensor, [...(axes as number[])], keepDims as boolean);

type Pair = [number, number];
const pair = (list: unknown): Pair => [...(list as Pair)];
const borders = (attributes: Attributes): [Pair, Pair, Pair, Pair] => {
  const [top, bottom, left, right] = attributes.padding as [number, number, number, number];
  return [
    [0, 0],
    [top, bottom],
    [left, right],
    [0, 0],
  ];
};

/** Padded by hand, and group by group; cut by slices, because the gradient of its split fails on one part. */
function convolve(x: tf.Tensor4D, kernel: tf.Tensor4D, attributes: Attributes): tf.Tensor {
  const padded = tf.pad(x, borders(attributes)) as tf.Tensor4D,
    groups = attributes.groups as number;
  const [rows, columns, depth, filters] = kernel.shape,
    own = filters / groups;
  const results = Array.from({ length: groups }, (_, i) => {
    const input = tf.slice(padded, [0, 0, 0, i * depth], [...padded.shape.slice(0, 3), depth] as [number, number, number, number]);
    return tf.conv2d(
      input,
      tf.slice(kernel, [0, 0, 0, i * own], [rows, columns, depth, own]),
      pair(attributes.strides),
      'valid',
      'NHWC',
      pair(attributes.dilations),
    );
  });
  return tf.concat(results, 3);
}
/** tfjs convolves with either strides or dilations, and differentiates no dilated convolution. */
const undilated = (attributes: Attributes) => `${attributes.dilations}` === '1,1';
const unstrided = (attributes: Attributes) => `${attributes.strides}` === '1,1';

const pool = (kind: 'max' | 'avg', x: tf.Tensor, attributes: Attributes): tf.Tensor =>
  tf.pool(
    x as tf.Tensor4D,
    pair(attributes.size),
    kind,
    `${attributes.padding}` === '0,0,0,0' ? 'valid' : (borders(attributes) as unknown as 'valid'),
    [1, 1],
    pair(attributes.strides),
    undefined,
  );

const oracles: Partial<Record<OperationName, Oracle>> = {
  negate: unary(tf.neg),
  abs: unary(tf.abs),
  sign: unary(tf.sign),
  stopGradient: unary(tf.clone),
  square: unary(tf.square),
  sqrt: unary(tf.sqrt),
  reciprocal: unary(tf.reciprocal),
  exp: unary(tf.exp),
  log: unary(tf.log),
  tanh: unary(tf.tanh),
  sigmoid: unary(tf.sigmoid),
  relu: unary(tf.relu),
  softplus: unary(tf.softplus),
  erf: unary(tf.erf),
  sin: unary(tf.sin),
  cos: unary(tf.cos),
  floor: unary(tf.floor),
  add: binary(tf.add),
  subtract: binary(tf.sub),
  multiply: binary(tf.mul),
  divide: binary(tf.div),
  power: binary(tf.pow),
  maximum: binary(tf.maximum),
  minimum: binary(tf.minimum),
  equal: binary(tf.equal),
  greater: binary(tf.greater),
  greaterEqual: binary(tf.greaterEqual),
  less: binary(tf.less),
  lessEqual: binary(tf.lessEqual),
  logicalAnd: binary(tf.logicalAnd),
  logicalOr: binary(tf.logicalOr),
  logicalNot: unary(tf.logicalNot),
  select: ([condition, x, y]) => tf.where(condition as tf.Tensor, x as tf.Tensor, y as tf.Tensor),
  cast: ([x], { dtype }) => tf.cast(x as tf.Tensor, dtype as 'int32'),
  reduceSum: reduce(tf.sum),
  reduceMean: reduce(tf.mean),
  reduceMax: reduce(tf.max),
  reduceMin: reduce(tf.min),
  argMax: ([x], { axis }) => tf.argMax(x as tf.Tensor, axis as number),
  // Along the last axis only there.
  softmax: ([x], { axis }) => (axis === -1 || axis === (x as tf.Tensor).rank - 1 ? tf.softmax(x as tf.Tensor) : null),
  logSoftmax: ([x], { axis }) => (axis === -1 || axis === (x as tf.Tensor).rank - 1 ? tf.logSoftmax(x as tf.Tensor) : null),
  matMul: ([a, b], { transposeA, transposeB }) => tf.matMul(a as tf.Tensor, b as tf.Tensor, transposeA as boolean, transposeB as boolean),
  conv2d: ([x, kernel], attributes) => (undilated(attributes) || unstrided(attributes) ? convolve(x as tf.Tensor4D, kernel as tf.Tensor4D, attributes) : null),
  conv2dInputGradient([kernel, g], attributes) {
    if (!undilated(attributes)) return null;
    return tf.grad((x) => convolve(x as tf.Tensor4D, kernel as tf.Tensor4D, attributes))(tf.zeros([...(attributes.inputShape as number[])]), g);
  },
  conv2dKernelGradient([x, g], attributes) {
    if (!undilated(attributes)) return null;
    return tf.grad((kernel) => convolve(x as tf.Tensor4D, kernel as tf.Tensor4D, attributes))(tf.zeros([...(attributes.kernelShape as number[])]), g);
  },
  reshape: ([x], { shape }) => tf.reshape(x as tf.Tensor, [...(shape as number[])]),
  transpose: ([x], { permutation }) => tf.transpose(x as tf.Tensor, [...(permutation as number[])]),
  broadcastTo: ([x], { shape }) => tf.broadcastTo(x as tf.Tensor, [...(shape as number[])]),
  concat: (xs, { axis }) => tf.concat([...xs], axis as number),
  slice: ([x], { begin, size }) => ((x as tf.Tensor).rank === 0 ? null : tf.slice(x as tf.Tensor, [...(begin as number[])], [...(size as number[])])),
  split: ([x], { axis, parts }) => tf.split(x as tf.Tensor, parts as number, axis as number),
  pad: ([x], { before, after, value }) =>
    tf.pad(
      x as tf.Tensor,
      (before as number[]).map((n, axis) => [n, (after as number[])[axis] as number] as Pair),
      value as number,
    ),
  gather: ([table, indices]) => tf.gather(table as tf.Tensor, indices as tf.Tensor1D),
  scatterRows: ([indices, updates], { rows }) => {
    const width = (updates as tf.Tensor).shape.slice((indices as tf.Tensor).rank),
      places = (indices as tf.Tensor).size;
    return tf.scatterND(tf.reshape(indices as tf.Tensor, [places, 1]), tf.reshape(updates as tf.Tensor, [places, ...width]), [rows as number, ...width]);
  },
  oneHot: ([indices], { depth }) => (depth === 1 ? null : tf.cast(tf.oneHot(indices as tf.Tensor, depth as number), 'float32')),
  maxPool2d: ([x], attributes) => pool('max', x as tf.Tensor, attributes),
  maxPool2dGradient: ([x, , g], attributes) => tf.grad((input) => pool('max', input, attributes))(x as tf.Tensor, g),
  averagePool2d: ([x], attributes) => pool('avg', x as tf.Tensor, attributes),
  batchNormalize([x, gamma, beta], { epsilon }) {
    const { mean, variance } = tf.moments(
      x as tf.Tensor,
      (x as tf.Tensor).shape.slice(0, -1).map((_, axis) => axis),
    );
    const inverse = tf.mul(tf.rsqrt(tf.add(variance, epsilon as number)), gamma as tf.Tensor);
    return [tf.add(tf.mul(tf.sub(x as tf.Tensor, mean), inverse), beta as tf.Tensor), mean, variance];
  },
  reluGradient: ([y, g]) => tf.mul(g as tf.Tensor, tf.step(y as tf.Tensor)),
};

/** Operations checked elsewhere, and where. */
const withoutOracle: Partial<Record<OperationName, string>> = {
  averagePool2dGradient:
    'tfjs divides by the whole window at borders (its gradient ignores padding); cases.test.ts and the finite differences of averagePool2d check it',
  batchNormalizeGradient: 'checked as the gradient of batchNormalize and by its expansion',
  tanhGradient: 'checked as the gradient of tanh and by its expansion',
  sigmoidGradient: 'checked as the gradient of sigmoid and by its expansion',
  simpleRnn: 'recurrent.test.ts',
  lstm: 'recurrent.test.ts',
  lstmGradient: 'checked as the gradient of lstm',
  gruGradient: 'checked as the gradient of gru',
  gru: 'recurrent.test.ts',
};

const toTensor = ({ shape, data, dtype }: SampleInput): tf.Tensor =>
  tf.tensor(dtype === 'bool' ? Array.from(data, Boolean) : Float32Array.from(data), [...shape], dtype as 'float32');

beforeAll(async () => {
  await tf.setBackend('cpu');
});

describe.each(Object.keys(oracles) as OperationName[])('%s', (name) => {
  test('agrees with tfjs', async () => {
    let compared = 0;
    for (let seed = 0; seed < 16; seed++) {
      const { inputs, attributes } = sampleOf(name, seed);
      const result = oracles[name]?.(inputs.map(toTensor), attributes);
      if (!result) continue;
      compared++;
      const expected = result instanceof tf.Tensor ? [result] : result,
        outputs = evaluateOperation(name, inputs, attributes);
      expect(
        outputs.map(({ shape }) => shape),
        `${name}, seed ${seed}`,
      ).toEqual(expected.map(({ shape }) => shape));
      for (const [k, { data }] of outputs.entries()) {
        const values = await (expected[k] as tf.Tensor).data();
        expect(() => closeTo(data, values, 1e-4), `${name}, seed ${seed}, output ${k}`).not.toThrow();
      }
    }
    expect(compared).toBeGreaterThan(1);
  });
});

test('every operation has an oracle, or a place where it is checked instead', () => {
  expect(operationNames.filter((name) => !oracles[name] && !withoutOracle[name])).toEqual([]);
  expect(operationNames.filter((name) => oracles[name] && withoutOracle[name])).toEqual([]);
});
