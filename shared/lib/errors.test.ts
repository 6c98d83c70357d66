// Errors for people: their plain form, whatever was thrown.

import { expect, test } from 'vitest';
import { errorDetails, NetwrightError } from './errors.ts';

test('a written error keeps all it says', () => {
  const details = { kind: 'data', code: 'idx-truncated', message: 'train-images: 3 bytes are missing.', where: 'train-images' } as const;
  const error = new NetwrightError(details);
  expect(error).toBeInstanceOf(Error);
  expect(error.name).toBe('NetwrightError');
  expect(errorDetails(error)).toEqual(details);
});

test('the plain form survives JSON, so that it can cross a process border', () => {
  const error = new NetwrightError({ kind: 'project', code: 'cycle', message: 'Two layers feed each other.' });
  expect(JSON.parse(JSON.stringify(errorDetails(error)))).toEqual({ kind: 'project', code: 'cycle', message: 'Two layers feed each other.' });
});

test('anything else is unexpected work', () => {
  expect(errorDetails(new TypeError('x is not a function'))).toEqual({ kind: 'work', code: 'unexpected', message: 'x is not a function' });
  expect(errorDetails('out of words')).toEqual({ kind: 'work', code: 'unexpected', message: 'out of words' });
  expect(errorDetails(undefined)).toEqual({ kind: 'work', code: 'unexpected', message: 'undefined' });
});
