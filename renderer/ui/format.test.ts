// The words for numbers, as the look prescribes them.

import { expect, test } from 'vitest';
import {
  countOf,
  formatAgo,
  formatBytes,
  formatCount,
  formatLarge,
  formatNumber,
  formatPercent,
  formatRate,
  formatSeconds,
  formatSetting,
  formatShape,
  formatTimeLeft,
} from './format.ts';

test.each([
  [60_000, '60,000'],
  [0, '0'],
  [407_050, '407,050'],
  [Number.NaN, '–'],
])('count %s', (value, text) => expect(formatCount(value)).toBe(text));

test.each([
  [8_420_000, '8.42 M'],
  [407_050, '407 k'],
  [9_999, '9,999'],
  [10_000, '10.0 k'],
  [1.2e9, '1.20 G'],
  [999_999, '1.00 M'],
  [2.5e12, '2.50 T'],
])('large %s', (value, text) => expect(formatLarge(value)).toBe(text));

test.each([
  [2.4e-7, '2.4e-7'],
  [0.43712, '0.4371'],
  [12.3456, '12.35'],
  [0, '0'],
  [-0.5, '−0.5'],
  [123_456, '123,456'],
  [3e8, '3e8'],
  [Number.NaN, 'NaN'],
  [-Infinity, '−∞'],
])('number %s', (value, text) => expect(formatNumber(value)).toBe(text));

test.each([
  [0.001, '0.001'],
  [1e-7, '1e-7'],
  [0.9, '0.9'],
  [2.5e-5, '2.5e-5'],
  [0, '0'],
  [4_294_967_295, '4294967295'],
  [1e30, '1e30'],
])('setting %s', (value, text) => expect(formatSetting(value)).toBe(text));

test.each([
  [0.98918, '98.92 %'],
  [0, '0.00 %'],
  [-0.011, '−1.10 %'],
])('percent %s', (value, text) => expect(formatPercent(value)).toBe(text));

test.each([
  [0, '0 s'],
  [0.0004, '400 µs'],
  [0.0332, '33.2 ms'],
  [0.4, '0.4 s'],
  [9.96, '10 s'],
  [46.2, '46 s'],
  [59.7, '1 min'],
  [131, '2 min 11 s'],
  [11_100, '3 h 5 min'],
  [7199, '2 h'],
])('seconds %s', (value, text) => expect(formatSeconds(value)).toBe(text));

test.each([
  [46, '46 s left'],
  [45.2, '46 s left'],
  [0.3, 'less than 1 s left'],
  [null, ''],
  [125, '2 min 5 s left'],
  [1, '1.0 s left'],
])('time left %s', (value, text) => expect(formatTimeLeft(value)).toBe(text));

test.each([
  [86_528, '84.5 KiB'],
  [641_728_512, '612 MiB'],
  [512, '512 B'],
  [1536, '1.50 KiB'],
  [3 * 1024 ** 3, '3.00 GiB'],
])('bytes %s', (value, text) => expect(formatBytes(value)).toBe(text));

test('shapes', () => {
  expect(formatShape([26, 26, 32])).toBe('26 × 26 × 32');
  expect(formatShape([])).toBe('one number');
});

test('rates', () => {
  expect(formatRate(3860.4)).toBe('3,860');
  expect(formatRate(84.23)).toBe('84.2');
});

test('times past', () => {
  const now = Date.parse('2026-03-10T12:00:00Z');
  expect(formatAgo('2026-03-10T11:59:40Z', now)).toBe('just now');
  expect(formatAgo('2026-03-10T11:48:00Z', now)).toBe('12 min ago');
  expect(formatAgo('2026-03-10T11:00:00Z', now)).toBe('1 hour ago');
  expect(formatAgo('2026-03-09T11:00:00Z', now)).toBe('yesterday');
  expect(formatAgo('2026-03-06T11:00:00Z', now)).toBe('4 days ago');
  expect(formatAgo('2025-03-06T11:00:00Z', now)).toBe('2025-03-06');
});

test('counts of things', () => {
  expect(countOf(1, 'epoch')).toBe('1 epoch');
  expect(countOf(5000, 'epoch')).toBe('5,000 epochs');
  expect(countOf(2, 'class', 'classes')).toBe('2 classes');
});
