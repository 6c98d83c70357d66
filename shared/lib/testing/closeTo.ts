// Compares lists of numbers within a tolerance, for tests.

/** @throws Error naming the first number that is off by more than tolerance · (1 + |expected|) */
export function closeTo(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number): void {
  if (actual.length !== expected.length) throw new Error(`${actual.length} numbers, expected ${expected.length}`);
  for (let i = 0; i < expected.length; i++) {
    const [a, e] = [actual[i] as number, expected[i] as number];
    if (!(Math.abs(a - e) <= tolerance * (1 + Math.abs(e)))) throw new Error(`number ${i} is ${a}, expected ${e}`);
  }
}
