// The random numbers: pinned values (runs must stay reproducible from one version to the next), and statistics no plain counter would pass.

import { describe, expect, test } from 'vitest';
import { normalAt, permutation, randomBits, randomKey, uniformAt } from './random.ts';

const n = 100_000;
const mean = (values: Float64Array) => values.reduce((sum, x) => sum + x, 0) / values.length;
const draw = (f: (i: number) => number, count = n) => Float64Array.from({ length: count }, (_, i) => f(i));
/** Of two lists; within ±0.016 (five standard errors) for independent ones of 100,000. */
function correlation(x: Float64Array, y: Float64Array): number {
  const mx = mean(x),
    my = mean(y);
  const covariance = mean(x.map((value, i) => (value - mx) * ((y[i] as number) - my)));
  return covariance / Math.sqrt(mean(x.map((value) => (value - mx) ** 2)) * mean(y.map((value) => (value - my) ** 2)));
}
/** Σ (observed - expected)² / expected over equal cells. */
function chiSquare(cells: Float64Array, total: number): number {
  const expected = total / cells.length;
  return cells.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
}

describe('stable values', () => {
  test('bits and keys', () => {
    expect([randomBits(0, 0, 0), randomBits(1, 2, 3), randomBits(0xffffffff, 0, 7)]).toEqual([0, 4160200094, 3845549209]);
    expect([randomKey(), randomKey(0), randomKey(42, 'dropout'), randomKey(2 ** 40 + 1, 3)]).toEqual([608135816, 2745383063, 191343455, 1055935967]);
  });
  test('uniform, normal, permutation', () => {
    expect([uniformAt(7, 0), uniformAt(7, 1)]).toEqual([0.6192071437835693, 0.8728321194648743]);
    expect(normalAt(7, 0)).toBeCloseTo(1.0152672657539605, 14);
    expect(Array.from(permutation(7, 10))).toEqual([7, 1, 3, 6, 0, 8, 9, 5, 4, 2]);
  });
});

describe('keys', () => {
  test('depend on every part and on their order', () => {
    const keys = [randomKey(1, 2), randomKey(2, 1), randomKey(1), randomKey(1, 2, 0), randomKey(1, 'a'), randomKey(1, 'b'), randomKey(1 + 2 ** 32, 2)];
    expect(new Set(keys).size).toBe(keys.length);
  });
  test('of small seeds do not collide', () => {
    expect(new Set(Array.from({ length: 20_000 }, (_, seed) => randomKey(seed))).size).toBe(20_000);
  });
});

describe('uniform numbers', () => {
  const key = randomKey(2026),
    values = draw((i) => uniformAt(key, i));
  test('lie in [0, 1) and are exact in float32', () => {
    expect(values.every((x) => x >= 0 && x < 1 && Math.fround(x) === x)).toBe(true);
  });
  test('fill 100 cells evenly', () => {
    const cells = new Float64Array(100);
    for (const x of values) cells[Math.floor(100 * x)] = (cells[Math.floor(100 * x)] as number) + 1;
    // 99 degrees of freedom: 0.001 % of honest generators lie above 170, and as many below 47.
    expect(chiSquare(cells, n)).toBeLessThan(170);
    expect(chiSquare(cells, n)).toBeGreaterThan(47);
  });
  test.each([1, 2, 3, 16, 128])('do not follow the one %i before', (lag) => {
    expect(Math.abs(correlation(values.slice(lag), values.slice(0, -lag)))).toBeLessThan(0.016);
  });
  test.each([
    ['the next seed', randomKey(2027)],
    ['the next key', key + 1],
    ['another stream', randomKey(2026, 'other')],
  ])('do not follow those of %s', (_, other) => {
    expect(
      Math.abs(
        correlation(
          values,
          draw((i) => uniformAt(other, i)),
        ),
      ),
    ).toBeLessThan(0.016);
  });
  test('in pairs fill the square evenly', () => {
    const cells = new Float64Array(100);
    for (let i = 0; i + 1 < n; i += 2) {
      const cell = 10 * Math.floor(10 * (values[i] as number)) + Math.floor(10 * (values[i + 1] as number));
      cells[cell] = (cells[cell] as number) + 1;
    }
    expect(chiSquare(cells, n / 2)).toBeLessThan(170);
  });
});

describe('every bit', () => {
  test('is set half of the time, also for consecutive keys', () => {
    for (const bits of [draw((i) => randomBits(5, 0, i)), draw((i) => randomBits(i, 0, 5))]) {
      for (let bit = 0; bit < 32; bit++) expect(Math.abs(mean(bits.map((x) => (x >>> bit) & 1)) - 0.5), `bit ${bit}`).toBeLessThan(0.008);
    }
  });
  test('flips half of the time when one bit of the index flips', () => {
    for (let bit = 0; bit < 32; bit++) {
      const flipped = draw((i) => {
        let x = randomBits(5, 0, i) ^ randomBits(5, 0, i ^ (1 << bit)),
          count = 0;
        for (; x; x &= x - 1) count++;
        return count;
      }, 2000);
      expect(Math.abs(mean(flipped) - 16), `bit ${bit}`).toBeLessThan(0.4);
    }
  });
});

describe('normal numbers', () => {
  const values = draw((i) => normalAt(randomKey(3), i));
  test('have the moments of the standard normal distribution', () => {
    expect(Math.abs(mean(values))).toBeLessThan(0.016);
    expect(Math.abs(mean(values.map((x) => x ** 2)) - 1)).toBeLessThan(0.025);
    expect(Math.abs(mean(values.map((x) => x ** 3)))).toBeLessThan(0.07);
    expect(Math.abs(mean(values.map((x) => x ** 4)) - 3)).toBeLessThan(0.16);
  });
  test('are finite', () => expect(values.every(Number.isFinite)).toBe(true));
  test('fall beyond 1.96 in 5 % of cases', () => {
    expect(Math.abs(mean(values.map((x) => Number(Math.abs(x) > 1.96))) - 0.05)).toBeLessThan(0.0035);
  });
});

describe('permutations', () => {
  test.each([0, 1, 2, 17, 1000])('of %i hold every number once', (length) => {
    expect(Array.from(permutation(9, length)).sort((a, b) => a - b)).toEqual(Array.from({ length }, (_, i) => i));
  });
  test('put every number in every place equally often', () => {
    const cells = new Float64Array(36),
      draws = 6000;
    for (let key = 0; key < draws; key++)
      permutation(randomKey(key), 6).forEach((value, place) => {
        cells[6 * place + value] = (cells[6 * place + value] as number) + 1;
      });
    // 25 degrees of freedom: 0.001 % lie above 72.
    expect(chiSquare(cells, draws * 6)).toBeLessThan(72);
  });
  test('come in all orders equally often', () => {
    const counts = new Map<string, number>(),
      draws = 6000;
    for (let key = 0; key < draws; key++) {
      const order = permutation(randomKey(key), 3).join();
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    expect(counts.size).toBe(6);
    // 5 degrees of freedom: 0.001 % lie above 30.
    expect(chiSquare(Float64Array.from(counts.values()), draws)).toBeLessThan(30);
  });
});
