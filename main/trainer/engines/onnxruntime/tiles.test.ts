// A step over a large weight, written in tiles, is the step written as it stands.

import ort from 'onnxruntime-node';
import { expect, test } from 'vitest';
import { createBuilder } from '../../../../shared/tensor/builder.ts';
import { type Program, sizeOf } from '../../../../shared/tensor/types.ts';
import { emitOnnx, nextName } from '../../../emit/onnx/emit.ts';
import { eachName, emitOnnxSteps, stepsInput } from '../../../emit/onnx/emitSteps.ts';

const SHAPE = [2048, 1024] as const;
const STEPS = 2;
const session = (model: Uint8Array) => ort.InferenceSession.create(model, { executionProviders: ['cpu'], intraOpNumThreads: 1, logSeverityLevel: 3 });
const wave = (size: number, pace: number) => Float32Array.from({ length: size }, (_, i) => Math.sin(i * pace));

/** A gradient from a product, and Adam's kind of step with it. */
function program(): Program {
  const builder = createBuilder();
  const state = (name: string) => builder.input(name, SHAPE, 'float32', { kind: 'state' });
  const [weight, momentum] = [state('weight'), state('momentum')],
    rate = builder.input('rate', [], 'float32', { kind: 'scalar' });
  const [rows, columns] = SHAPE.map((size, i) => builder.input(`data/${i}`, [1, size], 'float32', { kind: 'data' }));
  if (!rows || !columns) throw new Error('two axes');
  const gradient = builder.add(builder.matMul(rows, columns, { transposeA: true }), weight);
  const mean = builder.add(momentum, builder.multiply(builder.subtract(gradient, momentum), builder.constant(0.1)));
  const step = builder.divide(builder.multiply(mean, rate), builder.add(builder.sqrt(builder.square(mean)), builder.constant(0.5)));
  const updates = [
    { name: 'weight', tensor: builder.subtract(weight, step) },
    { name: 'momentum', tensor: mean },
  ];
  return builder.build([{ name: 'size', tensor: builder.reduceSum(builder.matMul(rows, weight), { axes: [0, 1] }) }], updates);
}

test('two steps in tiles are two steps', async () => {
  const one = program(),
    large = sizeOf(SHAPE);
  const data = { 'data/0': wave(2048, 0.3), 'data/1': wave(1024, 0.7) },
    rates = [0.1, 0.2];
  const plain = await session(emitOnnx(one)),
    tiled = await session(emitOnnxSteps(one, { tiles: true }));
  const shapes = new Map(tiled.inputMetadata.map((input) => [input.name, input.isTensor ? (input.shape as number[]) : []]));
  expect(shapes.get('momentum')).toEqual([32, 65_536]);

  let weight = wave(large, 0.01),
    momentum = wave(large, 0.02);
  const start = { weight, momentum };
  for (const rate of rates) {
    const results = await plain.run({
      ...{ weight: new ort.Tensor(weight, SHAPE), momentum: new ort.Tensor(momentum, SHAPE), rate: new ort.Tensor(Float32Array.of(rate), []) },
      ...Object.fromEntries(Object.entries(data).map(([name, row]) => [name, new ort.Tensor(row, [1, row.length])])),
    });
    weight = results[nextName('weight')]?.data as Float32Array<ArrayBuffer>;
    momentum = results[nextName('momentum')]?.data as Float32Array<ArrayBuffer>;
  }

  const twice = Object.entries(data).map(([name, row]) => [eachName(name), new ort.Tensor(Float32Array.of(...row, ...row), [STEPS, 1, row.length])] as const);
  const results = await tiled.run({
    ...Object.fromEntries(Object.entries(start).map(([name, values]) => [name, new ort.Tensor(values, shapes.get(name) ?? SHAPE)])),
    ...Object.fromEntries(twice),
    [eachName('rate')]: new ort.Tensor(Float32Array.from(rates), [STEPS]),
    [stepsInput]: new ort.Tensor('int64', BigInt64Array.of(BigInt(STEPS)), []),
  });
  for (const [name, want] of Object.entries({ weight, momentum })) {
    const got = results[nextName(name)]?.data as Float32Array;
    expect(got.reduce((worst, value, i) => Math.max(worst, Math.abs(value - (want[i] as number))), 0)).toBeLessThan(1e-6);
  }
  await Promise.all([plain.release(), tiled.release()]);
});
