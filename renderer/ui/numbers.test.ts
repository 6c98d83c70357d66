// Numbers in a language that writes them otherwise: German, with a comma for decimals and points between thousands.

import { afterEach, beforeEach, expect, test } from 'vitest';
import { german } from '../text/de/index.ts';
import { speak } from '../text/text.ts';
import { formatBytes, formatCount, formatNumber, formatSetting } from './format.ts';
import { parseNumber } from './parseNumber.ts';

beforeEach(() => speak('de', german));
afterEach(() => speak('en', null));

test('numbers have its signs, written and read', () => {
  expect([formatCount(60_000), formatNumber(0.43712), formatBytes(86_528), formatSetting(0.001)]).toEqual(['60.000', '0,4371', '84,5 KiB', '0,001']);
  expect(parseNumber('0,001', {})).toEqual({ ok: true, value: 0.001 });
  expect(parseNumber('0.001', {})).toEqual({ ok: true, value: 0.001 });
  expect(parseNumber('60.000', { integer: true })).toEqual({ ok: true, value: 60_000 });
  expect(parseNumber('1,5*2', {})).toEqual({ ok: true, value: 3 });
  expect(parseNumber('x', {})).toMatchObject({ ok: false, reason: expect.stringContaining('ist keine Zahl') });
});
