// What stands low, high and slanted in a formula. That nothing is lost of those there are is ../inspector/formulas.test.ts.

import { expect, test } from 'vitest';
import { type FormulaPart, formulaLines, formulaParts } from './formulaParts.ts';

/** `*x*` for a variable, `_{…}` for what stands low, `^{…}` for what stands high. */
const written = (parts: readonly FormulaPart[]): string =>
  parts
    .map((part) =>
      'text' in part ? (part.kind === 'variable' ? `*${part.text}*` : part.text) : `${part.kind === 'above' ? '^' : '_'}{${written(part.parts)}}`,
    )
    .join('');

test.each([
  ['y_f = activation(Σ w_f · patch + b_f)', '*y*_{*f*} = activation(Σ *w*_{*f*} · patch + *b*_{*f*})'],
  ['h_(t−1) · U', '*h*_{*t*−1} · *U*'],
  ['e^(x_i) / Σ_j e^(x_j)', '*e*^{*x*_{*i*}} / Σ_{*j*} *e*^{*x*_{*j*}}'],
  ['(e^x - e^(-x))', '(*e*^{*x*} - *e*^{-*x*})'],
  ['10000^(2i/d)', '10000^{2*i*/*d*}'],
  ['softmax(Q · Kᵀ / √key_dim)', 'softmax(*Q* · *Kᵀ* / √key_dim)'],
  ['max_value if x ≥ max_value', 'max_value if *x* ≥ max_value'],
  ['head_i · K_⌊i/r⌋ᵀ', 'head_{*i*} · *K*_{⌊*i*/*r*⌋}ᵀ'],
  ['max(0, x_i − τ), with a τ for each row', 'max(0, *x*_{*i*} − *τ*), with a *τ* for each row'],
  ['a · x + b', '*a* · *x* + *b*'],
  ['mean(y · ŷ_right), a_new', 'mean(*y* · *ŷ*_{right}), *a*_{new}'],
  ['(1 − p_y^q)', '(1 − *p*_{*y*}^{*q*})'],
  ['rate · decay_rate^(step / decay_steps)', 'rate · decay_rate^{step / decay_steps}'],
  ['√(1 − β₂ᵗ)', '√(1 − *β*₂ᵗ)'],
  ['x_(t', '*x*_(*t*'],
  ['(1 − uₜ) · g', '(1 − *uₜ*) · *g*'],
  ['2^', '2^'],
  ['_x ^x', '_*x* ^*x*'],
])('%s', (text, expected) => expect(written(formulaParts(text))).toBe(expected));

test('what follows a semicolon is the next line', () =>
  expect(formulaLines('h = o · tanh(c);  gates i = sigmoid(…)')).toEqual(['h = o · tanh(c);', 'gates i = sigmoid(…)']));
