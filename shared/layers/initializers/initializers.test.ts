import { describe, expect, test } from 'vitest';
import { sizeOf } from '../../tensor/types.ts';
import { closeTo } from '../../lib/testing/closeTo.ts';
import fixtures from '../fixtures/initializers.json' with { type: 'json' };
import {
  createInitial,
  initialMisfit,
  type InitializerId,
  initializerField,
  initializerIds,
  initializerOfKeras,
  initializers,
  initializerToKeras,
  type InitializerValue,
} from './index.ts';
import { fans } from './initializer.ts';

const moments = (data: Float32Array) => {
  const mean = data.reduce((sum, x) => sum + x, 0) / data.length;
  return {
    mean,
    deviation: Math.sqrt(data.reduce((sum, x) => sum + (x - mean) ** 2, 0) / data.length),
    largest: data.reduce((most, x) => Math.max(most, Math.abs(x)), 0),
  };
};
/** A kernel of a convolution: fan in 3 · 3 · 40 = 360, fan out 3 · 3 · 60 = 540. */
const shape = [3, 3, 40, 60];
const corrected = 0.87962566103423978;

const expected: Record<Exclude<InitializerId, 'zeros' | 'ones' | 'constant' | 'orthogonal' | 'identity' | 'stft'>, { deviation: number; largest: number }> = {
  glorotUniform: { deviation: Math.sqrt(2 / 900), largest: Math.sqrt(6 / 900) },
  glorotNormal: { deviation: Math.sqrt(2 / 900), largest: (2 * Math.sqrt(2 / 900)) / corrected },
  heUniform: { deviation: Math.sqrt(2 / 360), largest: Math.sqrt(6 / 360) },
  heNormal: { deviation: Math.sqrt(2 / 360), largest: (2 * Math.sqrt(2 / 360)) / corrected },
  lecunUniform: { deviation: Math.sqrt(1 / 360), largest: Math.sqrt(3 / 360) },
  lecunNormal: { deviation: Math.sqrt(1 / 360), largest: (2 * Math.sqrt(1 / 360)) / corrected },
  randomNormal: { deviation: 0.05, largest: 0.05 * 5.5 },
  randomUniform: { deviation: 0.05 / Math.sqrt(3), largest: 0.05 },
  truncatedNormal: { deviation: 0.05 * corrected, largest: 0.1 },
  varianceScaling: { deviation: Math.sqrt(1 / 360), largest: (2 * Math.sqrt(1 / 360)) / corrected },
};

describe.each(Object.entries(expected))('%s', (id, { deviation, largest }) => {
  const data = createInitial(id as InitializerId, shape, 11);
  test('has the mean, deviation and reach of Keras’ definition', () => {
    const got = moments(data);
    expect(Math.abs(got.mean)).toBeLessThan(deviation * 0.03);
    expect(Math.abs(got.deviation / deviation - 1)).toBeLessThan(0.02);
    expect(got.largest).toBeLessThanOrEqual(largest * (1 + 1e-6));
  });
  test('is a pure function of shape and key', () => {
    expect(createInitial(id as InitializerId, shape, 11)).toEqual(data);
    expect(createInitial(id as InitializerId, shape, 12)).not.toEqual(data);
  });
});

test('fans are Keras’: a vector counts both ways, a kernel by its receptive field', () => {
  expect([fans([]), fans([7]), fans([4, 5]), fans(shape)]).toEqual([
    { fanIn: 1, fanOut: 1 },
    { fanIn: 7, fanOut: 7 },
    { fanIn: 4, fanOut: 5 },
    { fanIn: 360, fanOut: 540 },
  ]);
});

test('zeros and ones', () => {
  expect([...createInitial('zeros', [2, 2], 1)]).toEqual([0, 0, 0, 0]);
  expect([...createInitial('ones', [3], 1)]).toEqual([1, 1, 1]);
});

describe.each([[[8, 5]], [[5, 8]], [[6, 6]], [[2, 3, 4]], [[20, 50]], [[9, 40]], [[64, 64]]])('orthogonal %j', (size) => {
  const data = createInitial('orthogonal', size, 5);
  const columns = size.at(-1) as number;
  const rows = sizeOf(size) / columns;
  const row = (r: number) => data.subarray(r * columns, (r + 1) * columns);
  const column = (c: number) => data.filter((_, i) => i % columns === c);
  test('has vectors of length 1 at right angles, along the shorter side', () => {
    const vectors = rows < columns ? Array.from({ length: rows }, (_, r) => row(r)) : Array.from({ length: columns }, (_, c) => column(c));
    for (const [i, a] of vectors.entries()) {
      for (const [j, b] of vectors.entries()) expect(a.reduce((sum, x, k) => sum + x * (b[k] as number), 0)).toBeCloseTo(i === j ? 1 : 0, 6);
    }
    expect(createInitial('orthogonal', size, 6)).not.toEqual(data);
  });
});

test('orthogonal refuses a vector and is not offered for one', () => {
  expect(() => createInitial('orthogonal', [4], 1)).toThrow('at least two axes');
  const offered = (vector: boolean) => initializerField({ label: 'Bias', default: 'zeros', vector }).schema.safeParse('orthogonal').success;
  expect([offered(true), offered(false)]).toEqual([false, true]);
});

test('identity has ones on the diagonal, for matrices alone', () => {
  expect([...createInitial('identity', [2, 3], 1)]).toEqual([1, 0, 0, 0, 1, 0]);
  expect([...createInitial('identity', [3, 2], 1)]).toEqual([1, 0, 0, 1, 0, 0]);
  expect(() => createInitial('identity', [2, 2, 2], 1)).toThrow('exactly two axes');
});

test('a weight that cannot start so is known beforehand', () => {
  const shapes = [[4], [2, 3], [3, 3, 2, 4]];
  expect(shapes.map((shape) => initialMisfit('identity', shape) !== null)).toEqual([true, false, true]);
  expect(shapes.map((shape) => initialMisfit('orthogonal', shape) !== null)).toEqual([true, false, false]);
  expect(initialMisfit('ones', [4])).toBeNull();
});

test('parts follow each other, each with numbers of its own', () => {
  const data = createInitial(
    [
      { size: 2, initializer: 'zeros' },
      { size: 1, initializer: 'ones' },
      { size: 2, initializer: 'randomNormal' },
      { size: 2, initializer: 'randomNormal' },
    ],
    [7],
    3,
  );
  expect([...data.subarray(0, 3)]).toEqual([0, 0, 1]);
  expect(data.subarray(3, 5)).not.toEqual(data.subarray(5, 7));
});

describe.each(fixtures.cases.map((one) => [JSON.stringify(one.value), one] as const))('as Keras has it: %s', (_title, one) => {
  const value = one.value as InitializerValue;
  test('written and read', () => {
    expect(initializerToKeras(value)).toMatchObject({ class_name: one.config.class_name, module: one.config.module });
    // Keras forgets the gain of an identity, but takes it.
    expect({ ...(value === 'identity' ? { gain: 1 } : {}), ...one.config.config }).toMatchObject(initializerToKeras(value).config as object);
    expect(initializerOfKeras(one.config)).toEqual(one.value);
  });
  const { numbers } = one;
  if (numbers) test('the first numbers', () => closeTo(createInitial(value, numbers.shape, 1), numbers.data, 2e-6));
});

test('all of Keras’ are known', () => {
  const classes = fixtures.classes.filter((name) => name !== 'IdentityInitializer' && name !== 'OrthogonalInitializer' && name !== 'STFTInitializer');
  expect(initializerIds.map((id) => initializers[id].keras).toSorted()).toEqual(classes.toSorted());
});

test('numbers of their own move and stretch the draws', () => {
  const at = (kind: InitializerId, parameters: Record<string, unknown>) => createInitial({ kind, parameters }, [40, 50], 3);
  const normal = moments(at('randomNormal', { mean: 2, stddev: 0.5 }));
  expect([normal.mean, normal.deviation].map((x) => Math.round(x * 10) / 10)).toEqual([2, 0.5]);
  const uniform = at('randomUniform', { minval: 1, maxval: 3 });
  expect([Math.min(...uniform) >= 1, Math.max(...uniform) <= 3, Math.abs(moments(uniform).mean - 2) < 0.05]).toEqual([true, true, true]);
  const half = createInitial('orthogonal', [4, 4], 5).map((x) => x / 2);
  expect(createInitial({ kind: 'orthogonal', parameters: { gain: 0.5 } }, [4, 4], 5)).toEqual(half);
  const scaled = moments(at('varianceScaling', { scale: 2, mode: 'fan_out', distribution: 'uniform' }));
  expect(scaled.deviation).toBeCloseTo(Math.sqrt(2 / 50), 2);
  expect([...createInitial({ kind: 'identity', parameters: { gain: 2 } }, [2, 2], 1)]).toEqual([2, 0, 0, 2]);
  expect(createInitial({ kind: 'varianceScaling', parameters: { scale: 2 } }, [40, 50], 3)).toEqual(createInitial('heNormal', [40, 50], 3));
});

test('Keras’ spellings are read, and what is strange refused', () => {
  for (const id of initializerIds) expect(initializerOfKeras(initializers[id].keras)).toBe(id);
  expect(initializerOfKeras('glorot_uniform')).toBe('glorotUniform');
  expect(initializerOfKeras('uniform')).toBe('randomUniform');
  expect(initializerOfKeras({ class_name: 'GlorotUniform', config: { seed: 3 } })).toBe('glorotUniform');
  expect(initializerOfKeras({ class_name: 'RandomNormal', config: { stddev: -1 } })).toBeUndefined();
  expect(initializerOfKeras({ class_name: 'Constant', config: { value: [1, 2] } })).toBeUndefined();
  expect([initializerOfKeras('other'), initializerOfKeras('constructor'), initializerOfKeras(null), initializerOfKeras(3)]).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
});
