// Single operations at hand-made values: edges the random samples cannot aim at, and the sentence of every shape error.

import { describe, expect, test } from 'vitest';
import { type Builder, createBuilder, operationNamed } from '../builder.ts';
import { evaluateOperation, numericArray } from '../interpret.ts';
import { ShapeError } from '../operation.ts';
import type { Attributes, DType, Shape, Tensor } from '../types.ts';

const f = (shape: Shape, values: number | readonly number[], dtype: DType = 'float32') => ({ ...numericArray(shape, values), dtype });
const run = (name: string, inputs: readonly ReturnType<typeof f>[], attributes: Attributes = {}) =>
  Array.from(evaluateOperation(name, inputs, attributes)[0]?.data ?? []);

describe('values', () => {
  test('softplus neither overflows nor vanishes', () => {
    expect(run('softplus', [f([4], [1000, -1000, 0, -40])])).toEqual([1000, 0, Math.LN2, Math.exp(-40)]);
  });
  test('erf has its known values to the last digits, on both sides of where its formula changes', () => {
    const known = [0.1124629160182849, 0.8427007929497149, 0.999593047982555, 0.9999779095030014, 0.9999999845827421, 1];
    const xs = [0.1, 1, 2.5, 3, 4, 7];
    for (const [i, value] of run('erf', [f([6], xs)]).entries()) expect(value).toBeCloseTo(known[i] as number, 15);
    expect(run('erf', [f([3], [-1, 0, Number.NaN])])).toEqual([-(run('erf', [f([1], 1)])[0] as number), 0, Number.NaN]);
  });
  test('softmax of large numbers is finite', () => {
    const shares = run('softmax', [f([2, 2], [1000, 1000, -1000, 0])]);
    for (const [i, share] of [0.5, 0.5, 0, 1].entries()) expect(shares[i]).toBeCloseTo(share, 15);
    expect(run('logSoftmax', [f([2], [1000, 0])])).toEqual([0, -1000]);
  });
  test('relu lets a NaN through: a broken run must show', () => {
    expect(run('relu', [f([3], [Number.NaN, -1, 2])])).toEqual([Number.NaN, 0, 2]);
  });
  test('the first of equal elements is the largest', () => {
    expect(run('argMax', [f([2, 3], [1, 5, 5, 0, 0, 0])], { axis: -1 })).toEqual([1, 0]);
    expect(run('argMax', [f([2, 3], [1, 5, 5, 2, 0, 5])], { axis: 0 })).toEqual([1, 0, 0]);
  });
  test('a one-hot index outside is a row of zeros', () => {
    expect(run('oneHot', [f([3], [1, -1, 2], 'int32')], { depth: 2 })).toEqual([0, 1, 0, 0, 0, 0]);
  });
  test('rows named twice get both updates', () => {
    expect(run('scatterRows', [f([3], [1, 1, 0], 'int32'), f([3, 2], [1, 2, 3, 4, 5, 6])], { rows: 3 })).toEqual([5, 6, 4, 6, 0, 0]);
  });
  test('a row outside the table is an error', () => {
    expect(() => run('gather', [f([2, 1], [1, 2]), f([1], [2], 'int32')])).toThrow('gather looks for row 2 in a table of 2 rows.');
    expect(() => run('scatterRows', [f([1], [-1], 'int32'), f([1], [1])], { rows: 2 })).toThrow('scatterRows looks for row -1 in a table of 2 rows.');
  });
  test('casts cut towards zero, wrap, and ask whether it is not 0', () => {
    expect(run('cast', [f([4], [1.7, -1.7, 0.2, -0.2])], { dtype: 'int32' })).toEqual([1, -1, 0, 0]);
    expect(run('cast', [f([2], [255, 256])], { dtype: 'uint8' })).toEqual([255, 0]);
    expect(run('cast', [f([3], [0, -0.5, 2])], { dtype: 'bool' })).toEqual([0, 1, 1]);
  });
  test('whole numbers wrap at 32 bits', () => {
    expect(run('add', [f([1], [2147483647], 'int32'), f([1], [1], 'int32')])).toEqual([-2147483648]);
  });
  test('of equal maxima the first in the window gets the gradient', () => {
    const window = { size: [2, 2], strides: [2, 2], padding: [0, 0, 0, 0] };
    expect(run('maxPool2dGradient', [f([1, 2, 2, 1], 3), f([1, 1, 1, 1], 3), f([1, 1, 1, 1], 7)], window)).toEqual([7, 0, 0, 0]);
  });
  test('overlapping windows add up', () => {
    const window = { size: [1, 2], strides: [1, 1], padding: [0, 0, 0, 0] };
    expect(run('maxPool2dGradient', [f([1, 1, 3, 1], [0, 9, 0]), f([1, 1, 2, 1], 9), f([1, 1, 2, 1], [1, 2])], window)).toEqual([0, 3, 0]);
  });
  test('averages do not count padding', () => {
    const window = { size: [2, 2], strides: [2, 2], padding: [1, 0, 1, 0] };
    expect(run('averagePool2d', [f([1, 1, 1, 1], 8)], window)).toEqual([8]);
    expect(run('averagePool2dGradient', [f([1, 1, 2, 1], [4, 6])], { size: [1, 2], strides: [1, 2], padding: [0, 0, 1, 0], inputShape: [1, 1, 3, 1] })).toEqual(
      [4, 3, 3],
    );
  });
  test('padding never wins a maximum', () => {
    expect(run('maxPool2d', [f([1, 1, 1, 1], -8)], { size: [2, 2], strides: [1, 1], padding: [1, 0, 1, 0] })).toEqual([-8]);
  });
});

describe('multiply-adds', () => {
  const count = (name: string, shapes: readonly Shape[], attributes: Attributes = {}) => {
    const definition = operationNamed(name),
      types = shapes.map((shape) => ({ shape, dtype: 'float32' as const }));
    const full = { ...definition.defaults, ...attributes } as Attributes;
    return definition.multiplyAdds?.(types, full, definition.infer(types, full));
  };
  test('of products', () => {
    expect(
      count('matMul', [
        [128, 784],
        [784, 512],
      ]),
    ).toBe(128 * 784 * 512);
    expect(
      count(
        'matMul',
        [
          [784, 128],
          [784, 512],
        ],
        { transposeA: true },
      ),
    ).toBe(128 * 784 * 512);
    expect(
      count('matMul', [
        [5, 7, 3],
        [3, 2],
      ]),
    ).toBe(5 * 7 * 3 * 2);
  });
  test('of convolutions, the same forwards and backwards', () => {
    const attributes = { strides: [1, 1], padding: [0, 0, 0, 0] },
      expected = 2 * 26 * 26 * 32 * 9 * 4;
    expect(
      count(
        'conv2d',
        [
          [2, 28, 28, 4],
          [3, 3, 4, 32],
        ],
        attributes,
      ),
    ).toBe(expected);
    expect(
      count(
        'conv2dInputGradient',
        [
          [3, 3, 4, 32],
          [2, 26, 26, 32],
        ],
        { ...attributes, inputShape: [2, 28, 28, 4] },
      ),
    ).toBe(expected);
    expect(
      count(
        'conv2dKernelGradient',
        [
          [2, 28, 28, 4],
          [2, 26, 26, 32],
        ],
        { ...attributes, kernelShape: [3, 3, 4, 32] },
      ),
    ).toBe(expected);
    expect(
      count(
        'conv2d',
        [
          [2, 28, 28, 4],
          [3, 3, 2, 32],
        ],
        { ...attributes, groups: 2 },
      ),
    ).toBe(expected / 2);
  });
  test('of recurrent layers', () => {
    expect(count('simpleRnn', [[2, 28, 10], [10, 16], [16, 16], [16]])).toBe(2 * 28 * (10 + 16) * 16);
    expect(count('lstm', [[2, 28, 10], [10, 64], [16, 64], [64]])).toBe(2 * 28 * (10 + 16) * 64);
    expect(
      count('gru', [
        [2, 28, 10],
        [10, 48],
        [16, 48],
        [2, 48],
      ]),
    ).toBe(2 * 28 * (10 + 16) * 48);
  });
});

type Write = (builder: Builder, t: (shape: Shape, dtype?: DType) => Tensor) => unknown;
const pooling = { size: [2, 2], strides: [1, 1], padding: [0, 0, 0, 0] };
const convolution = { strides: [1, 1], padding: [0, 0, 0, 0] };
const wrong: readonly (readonly [sentence: string, write: Write])[] = [
  ['add cannot combine 2 × 3 with 4: 3 and 4 differ.', (b, t) => b.add(t([2, 3]), t([4]))],
  ['add cannot combine float32 with int32: cast one of them.', (b, t) => b.add(t([1]), t([1], 'int32'))],
  ['divide works on float32, but gets int32: cast it first.', (b, t) => b.divide(t([1], 'int32'), t([1], 'int32'))],
  ['greater works on float32 or int32, but gets bool: cast it first.', (b, t) => b.greater(t([1], 'bool'), t([1], 'bool'))],
  ['logicalAnd works on bool, but gets float32: cast it first.', (b, t) => b.logicalAnd(t([1]), t([1]))],
  ['logicalNot works on bool, but gets float32: cast it first.', (b, t) => b.logicalNot(t([1]))],
  ['select (its condition) works on bool, but gets float32: cast it first.', (b, t) => b.select(t([1]), t([1]), t([1]))],
  ['select cannot choose between float32 and int32: cast one of them.', (b, t) => b.select(t([1], 'bool'), t([1]), t([1], 'int32'))],
  ['exp works on float32, but gets uint8: cast it first.', (b, t) => b.exp(t([1], 'uint8'))],
  ['tanhGradient needs two equal shapes, but gets 2 and 3.', (b, t) => b.tanhGradient(t([2]), t([3]))],
  ['reduceSum has no axis 2: its input has 2 axes.', (b, t) => b.reduceSum(t([2, 3]), { axes: [2] })],
  ['reduceMean works on float32, but gets int32: cast it first.', (b, t) => b.reduceMean(t([2], 'int32'), { axes: [0] })],
  ['argMax has no axis 0: its input has 0 axes.', (b, t) => b.argMax(t([]), { axis: 0 })],
  ['softmax has no axis -3: its input has 2 axes.', (b, t) => b.softmax(t([2, 3]), { axis: -3 })],
  ['matMul needs two axes or more on both sides, but gets 3 and 3 × 2.', (b, t) => b.matMul(t([3]), t([3, 2]))],
  ['matMul cannot multiply 2 × 3 with 4 × 5: it adds up over 3 on the left and 4 on the right.', (b, t) => b.matMul(t([2, 3]), t([4, 5]))],
  ['matMul cannot combine 2 with 3: 2 and 3 differ.', (b, t) => b.matMul(t([2, 1, 1]), t([3, 1, 1]))],
  ['reshape cannot turn 2 × 3 (6 values) into 4 × -1.', (b, t) => b.reshape(t([2, 3]), { shape: [4, -1] })],
  ['reshape cannot turn 2 × 3 (6 values) into 5.', (b, t) => b.reshape(t([2, 3]), { shape: [5] })],
  ['reshape cannot turn 4 (4 values) into -1 × -1.', (b, t) => b.reshape(t([4]), { shape: [-1, -1] })],
  ['transpose needs every axis of 0 to 1 once, but gets 0, 0.', (b, t) => b.transpose(t([2, 3]), { permutation: [0, 0] })],
  ['broadcastTo cannot stretch 2 × 3 to 3.', (b, t) => b.broadcastTo(t([2, 3]), { shape: [3] })],
  ['concat cannot join 2 × 3 with 2 × 4 along axis 0: all other axes must be equal.', (b, t) => b.concat(t([2, 3]), t([2, 4]), { axis: 0 })],
  ['concat cannot join float32 with int32: cast one of them.', (b, t) => b.concat(t([2]), t([2], 'int32'), { axis: 0 })],
  ['concat needs at least one input.', (b) => b.concat(...[], { axis: 0 })],
  ['slice cannot cut 2 from position 2 out of 3.', (b, t) => b.slice(t([3]), { begin: [2], size: [2] })],
  ['split cannot cut 7 into 2 equal parts.', (b, t) => b.split(t([7]), { axis: 0, parts: 2 })],
  ['split: the number of parts must be a whole number of at least 1, but is 0.', (b, t) => b.split(t([7]), { axis: 0, parts: 0 })],
  ['pad needs a whole number for each axis of 2 on both sides, but gets -1 and 0.', (b, t) => b.pad(t([2]), { before: [-1], after: [0] })],
  ['gather (its indices) works on int32, but gets float32: cast it first.', (b, t) => b.gather(t([2]), t([1]))],
  ['gather needs a table with rows, but gets a single number.', (b, t) => b.gather(t([]), t([1], 'int32'))],
  ['scatterRows cannot put 3 × 2 at 2 places.', (b, t) => b.scatterRows(t([2], 'int32'), t([3, 2]), { rows: 4 })],
  ['oneHot: its depth must be a whole number of at least 1, but is 0.', (b, t) => b.oneHot(t([2], 'int32'), { depth: 0 })],
  ['The input of maxPool2d must have 4 axes, but has the shape 2 × 3.', (b, t) => b.maxPool2d(t([2, 3]), pooling)],
  ['maxPool2d: a window of 2 does not fit into 1.', (b, t) => b.maxPool2d(t([1, 1, 5, 1]), pooling)],
  ['averagePool2d: size needs 2 numbers, but gets 1.', (b, t) => b.averagePool2d(t([1, 4, 4, 1]), { ...pooling, size: [2] })],
  [
    'averagePool2d: padding 2, 0, 0, 0 must be smaller than the window 2 × 2.',
    (b, t) => b.averagePool2d(t([1, 4, 4, 1]), { ...pooling, padding: [2, 0, 0, 0] }),
  ],
  [
    'maxPool2dGradient expects 1 × 3 × 3 × 1, but gets 1 × 4 × 4 × 1.',
    (b, t) => b.maxPool2dGradient(t([1, 4, 4, 1]), t([1, 3, 3, 1]), t([1, 4, 4, 1]), pooling),
  ],
  ['batchNormalize needs at least two axes, but gets the shape 3.', (b, t) => b.batchNormalize(t([3]), t([3]), t([3]), { epsilon: 0.1 })],
  ['batchNormalize expects a number for each of 3 channels, but gets the shape 2.', (b, t) => b.batchNormalize(t([4, 3]), t([3]), t([2]), { epsilon: 0.1 })],
  ['batchNormalizeGradient expects 4 × 3, but gets 3 × 3.', (b, t) => b.batchNormalizeGradient(t([4, 3]), t([3]), t([3]), t([3]), t([3, 3]), { epsilon: 0.1 })],
  [
    'averagePool2dGradient expects a gradient of 1 × 3 × 3 × 1, but gets 1 × 1 × 1 × 1.',
    (b, t) => b.averagePool2dGradient(t([1, 1, 1, 1]), { ...pooling, inputShape: [1, 4, 4, 1] }),
  ],
  [
    'conv2d: a kernel of 3 × 3 × 2 × 8 expects 2 channels, but the input 1 × 9 × 9 × 4 has 4.',
    (b, t) => b.conv2d(t([1, 9, 9, 4]), t([3, 3, 2, 8]), convolution),
  ],
  ['conv2d cannot divide 4 channels and 9 filters into 2 groups.', (b, t) => b.conv2d(t([1, 9, 9, 4]), t([3, 3, 2, 9]), { ...convolution, groups: 2 })],
  [
    'conv2d: a window of 5 does not fit into 3 with 1 of padding.',
    (b, t) => b.conv2d(t([1, 3, 9, 1]), t([3, 3, 1, 1]), { ...convolution, padding: [1, 0, 0, 0], dilations: [2, 1] }),
  ],
  [
    'conv2d: strides must be a whole number of at least 1, but is 0.',
    (b, t) => b.conv2d(t([1, 3, 3, 1]), t([1, 1, 1, 1]), { ...convolution, strides: [0, 1] }),
  ],
  [
    'conv2dInputGradient expects a gradient of 1 × 7 × 7 × 8, but gets 1 × 9 × 9 × 8.',
    (b, t) => b.conv2dInputGradient(t([3, 3, 4, 8]), t([1, 9, 9, 8]), { ...convolution, inputShape: [1, 9, 9, 4] }),
  ],
  [
    'conv2dKernelGradient expects a gradient of 1 × 7 × 7 × 8, but gets 1 × 9 × 9 × 8.',
    (b, t) => b.conv2dKernelGradient(t([1, 9, 9, 4]), t([1, 9, 9, 8]), { ...convolution, kernelShape: [3, 3, 4, 8] }),
  ],
  ['The input of lstm must have 3 axes, but has the shape 2 × 3.', (b, t) => b.lstm(t([2, 3]), t([3, 8]), t([2, 8]), t([8]), {})],
  ['lstm: the kernel must be 3 × 8, but is 4 × 8.', (b, t) => b.lstm(t([1, 2, 3]), t([4, 8]), t([2, 8]), t([8]), {})],
  ['lstm: the recurrent kernel must be 2 × 8, but is 2 × 6.', (b, t) => b.lstm(t([1, 2, 3]), t([3, 8]), t([2, 6]), t([8]), {})],
  ['lstm starts with all of its 2 states or with none, not with 1.', (b, t) => b.lstm(t([1, 2, 3]), t([3, 8]), t([2, 8]), t([8]), t([1, 2]), {})],
  ['gru: the initial state must be 4 × 2, but is 1 × 2.', (b, t) => b.gru(t([4, 2, 3]), t([3, 6]), t([2, 6]), t([2, 6]), t([1, 2]), {})],
  ['gru: the bias must be 2 × 6, but is 6.', (b, t) => b.gru(t([1, 2, 3]), t([3, 6]), t([2, 6]), t([6]), {})],
  ['gru: the bias must be 6, but is 2 × 6.', (b, t) => b.gru(t([1, 2, 3]), t([3, 6]), t([2, 6]), t([2, 6]), { resetAfter: false })],
  ['simpleRnn needs at least one time step.', (b, t) => b.simpleRnn(t([1, 0, 3]), t([3, 2]), t([2, 2]), t([2]), {})],
  [
    '“step” is no activation that a recurrent operation can apply: it must be one of linear, relu, tanh, sigmoid, softplus, softmax, exp.',
    (b, t) => b.simpleRnn(t([1, 2, 3]), t([3, 2]), t([2, 2]), t([2]), { activation: 'step' }),
  ],
];

describe('shape errors say', () => {
  test.each(wrong)('%s', (sentence, write) => {
    const builder = createBuilder();
    let count = 0;
    const input = (shape: Shape, dtype: DType = 'float32') => builder.input(`x${count++}`, shape, dtype, { kind: 'data' });
    expect(() => write(builder, input)).toThrow(new ShapeError(sentence));
    expect(builder.instructions).toEqual([]);
  });
});
