// The error function, element by element: the share of a normal distribution that lies inside ±x·√2.

import { type Gradients, operation } from '../operation.ts';
import type { Tensor } from '../types.ts';
import { mapped, sameFloat } from './unary.ts';

export const erf = operation<[x: Tensor]>({
  name: 'erf',
  summary: '2/√π · ∫₀ˣ e^(−t²) dt',
  infer: sameFloat('erf'),
  gradient({ builder, inputs: [x], gradient }): Gradients {
    const bell = builder.exp(builder.negate(builder.square(x)));
    return [builder.multiply(gradient, builder.multiply(bell, builder.constant(2 / Math.sqrt(Math.PI))))];
  },
  evaluate: mapped(erfOf),
});

/** To double precision: a series near 0, a continued fraction for the tail. */
function erfOf(x: number): number {
  const size = Math.abs(x);
  if (Number.isNaN(x)) return x;
  return Math.sign(x) * (size < 2.5 ? series(size) : size > 6 ? 1 : 1 - tail(size));
}

/** 2/√π · e^(−x²) · Σ 2ⁿ·x^(2n+1) / (1·3·…·(2n+1)): all terms positive, so nothing cancels. */
function series(x: number): number {
  let term = x,
    sum = x;
  for (let n = 1; term > sum * 1e-17; n++) {
    term *= (2 * x * x) / (2 * n + 1);
    sum += term;
  }
  return ((2 * sum) / Math.sqrt(Math.PI)) * Math.exp(-x * x);
}

/** 1 − erf(x) by Lentz' continued fraction x + ½/(x + 1/(x + 3/2/(x + …))), evaluated from its end. */
function tail(x: number): number {
  let rest = x;
  for (let k = 60; k >= 1; k--) rest = x + k / 2 / rest;
  return Math.exp(-x * x) / (rest * Math.sqrt(Math.PI));
}
