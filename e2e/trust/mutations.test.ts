// Files from outside with something changed in them, 1,000 of each format: read or refused in words, within two seconds, with nothing left
// behind. `npm run trust -- mutations` tries ten times as many, and Keras' files too, whose reader needs a process of its own
// (main/exchange/keras/mutations.test.ts tries some).

import { expect, test } from 'vitest';
import { formats } from './formats.ts';
import { mutations } from './mutations.ts';

const here = Object.entries(formats).filter(([name]) => name !== 'keras' && name !== 'h5');

test.each(here)('%s', async (_, format) => {
  const { read, refused, surprises } = await mutations(format, 0, 1000);
  expect(surprises).toEqual([]);
  expect(read + refused).toBe(1000);
  expect(refused).toBeGreaterThan(100);
});
