// Counter-based random numbers: the value at (seed, stream, index) is a pure function of the three, so nothing has to be
// stored to go on exactly where something stopped. Not for cryptography.
//
// Source: a 32-bit integer hash of three rounds (C. Wellons, "Prospecting for hash functions", 2018, `triple32`), keyed and
// applied twice. It was chosen over Philox because dropout asks for millions of numbers a step.

function mix(value: number): number {
  let x = value | 0;
  x = Math.imul(x ^ (x >>> 17), 0xed5ad4bb);
  x = Math.imul(x ^ (x >>> 11), 0xac4c1b51);
  x = Math.imul(x ^ (x >>> 15), 0x31848bab);
  return (x ^ (x >>> 14)) >>> 0;
}

/** 32 random bits at (key, high, low), as an unsigned integer. */
export function randomBits(key: number, high: number, low: number): number {
  return mix(mix(low ^ key) + Math.imul(key, 0x9e3779b9) + Math.imul(high, 0x85ebca6b));
}

/** Mixes a list of integers (seed, epoch, step, …) or a name into one 32-bit key. */
export function randomKey(...parts: readonly (number | string)[]): number {
  let key = 0x243f6a88;
  for (const part of parts) {
    if (typeof part === 'number') key = randomBits(key, Math.floor(part / 0x100000000), part);
    else for (let i = 0; i < part.length; i++) key = randomBits(key, i, part.charCodeAt(i));
  }
  return key;
}

/** Uniform in [0, 1) with 24 bits, so that it is exact in float32 too. */
export const uniformAt = (key: number, index: number): number => (randomBits(key, 0, index) >>> 8) / 0x1000000;

/** Standard normal (Box and Muller), index by index. */
export function normalAt(key: number, index: number): number {
  const radius = Math.sqrt(-2 * Math.log(1 - uniformAt(key, index)));
  return radius * Math.cos(2 * Math.PI * ((randomBits(key, 1, index) >>> 8) / 0x1000000));
}

/** A permutation of 0 … n - 1 (Fisher and Yates). */
export function permutation(key: number, n: number): Int32Array {
  const order = Int32Array.from({ length: n }, (_, i) => i);
  for (let i = n - 1; i > 0; i--) {
    const j = Math.floor((randomBits(key, 0, i) / 0x100000000) * (i + 1));
    const kept = order[i] as number;
    order[i] = order[j] as number;
    order[j] = kept;
  }
  return order;
}

/** Fills with uniform numbers in [0, 1). */
export function fillUniform(key: number, into: Float32Array): void {
  for (let i = 0; i < into.length; i++) into[i] = uniformAt(key, i);
}

/** Fills with standard normal numbers. */
export function fillNormal(key: number, into: Float32Array): void {
  for (let i = 0; i < into.length; i++) into[i] = normalAt(key, i);
}
