import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readPlace, type WindowPlace, writePlace } from './windowPlace.ts';

let folder = '';
const file = () => join(folder, 'window.json');
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'netwright-window-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const screen = { x: 0, y: 0, width: 1920, height: 1080 };
const place = (over: Partial<WindowPlace> = {}): WindowPlace => ({ x: 100, y: 50, width: 1440, height: 900, maximized: false, ...over });

test('a window stands where it stood', () => {
  writePlace(file(), place());
  expect(readPlace(file(), [screen])).toEqual(place());
});

test.each([
  ['on a screen that is gone', place({ x: 3000 })],
  ['with its title above the screen', place({ y: -200 })],
  ['almost wholly beside the screen', place({ x: -1400 })],
])('not %s', (_, lost) => {
  writePlace(file(), lost);
  expect(readPlace(file(), [screen])).toBeNull();
});

test('a second screen counts', () => {
  writePlace(file(), place({ x: 3000 }));
  expect(readPlace(file(), [screen, { ...screen, x: 1920 }])).toEqual(place({ x: 3000 }));
});

test.each(['', '{', '{"x":1}', '[]'])('a broken file (%s) is no place', (text) => {
  writeFileSync(file(), text);
  expect(readPlace(file(), [screen])).toBeNull();
});

test('a folder that cannot be written does no harm', () => {
  expect(() => writePlace(join(folder, 'none', 'window.json'), place())).not.toThrow();
});
