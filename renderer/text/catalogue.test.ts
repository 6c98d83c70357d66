// The German catalogue against the sources: nothing missing, nothing left over, every place filled; and no text escapes the translator.

import { describe, expect, test } from 'vitest';
import { layers } from '../../shared/layers/index.ts';
import { optimizers } from '../../shared/training/optimizers/index.ts';
import { german, rooms } from './de/index.ts';
import { borrowed } from './testing/borrowed.ts';
import { collect } from './testing/collect.ts';
import { isNotShown } from './testing/notShown.ts';
import { untranslated } from './testing/untranslated.ts';

/** What Keras calls its layers and optimizers stays so. */
const names = new Set([...Object.values(layers), ...Object.values(optimizers)].map(({ title }) => title));
const found = [
  ...collect('renderer', /^renderer\/text\//),
  // The code view writes Python; tensors and what they share speak to programmers.
  ...collect('shared', /^shared\/(code|tensor|lib)\//),
  // The command line speaks English; emitted programs and the set-up say nothing in the window.
  ...collect('main', /^main\/(cli|emit|setup)\//),
];
const shown = [...found.filter(({ key }) => !isNotShown(key)), ...borrowed.map((key) => ({ key, place: 'zod', how: 'told' as const }))];
const placesOf = (text: string): string[] => [...text.matchAll(/\{(\d+)(?:, (?:text|number))?\}/g)].map(([, place]) => place as string).sort();

test('the collector sees what there is to see', () => {
  expect(found.length).toBeGreaterThan(2000);
  const keys = new Set(shown.map(({ key }) => key));
  for (const key of ['Search or run', '{0} layers', 'Set padding of {0} to “same”', 'Units', 'Early stopping', '{0} filters', 'Undo: {0}', 'MNIST digits'])
    expect(keys, key).toContain(key);
});

/** Words of a layer that is shown in English as yet. */
const mayWait = ({ place }: { readonly place: string }) => untranslated.has(/^shared\/layers\/(\w+)\.ts$/.exec(place)?.[1] ?? '');

test('every text has a German one, but for a layer that nobody has begun to translate', () => {
  const without = shown.filter(({ key }) => !names.has(key) && !Object.hasOwn(german, key));
  const missing = without.filter((one) => !mayWait(one));
  const waiting = without.filter(mayWait);
  if (waiting.length > 0)
    console.warn(`Shown in English until they stand in renderer/text/de:\n${waiting.map(({ key, place }) => `  ${place}: ${key}`).join('\n')}`);
  const todo = 'Add these to the file of their room in renderer/text/de, or, where nobody reads them in the window, to testing/notShown.ts.';
  expect([...new Set(missing.map(({ key, place }) => `${place}: ${key}`))], todo).toEqual([]);
});

test('no German text is left over', () => {
  const keys = new Set(shown.map(({ key }) => key));
  expect(
    Object.keys(german).filter((key) => !keys.has(key)),
    'No source says these any more: change their keys, or take them out of renderer/text/de.',
  ).toEqual([]);
});

test('no words in JSX go past the translator, and none are translated before the language is known', () => {
  const loose = shown.filter(({ how }) => how === 'raw' || how === 'early');
  expect(loose.map(({ key, place, how }) => `${place}: ${key} (${how})`)).toEqual([]);
});

test('every value of a text finds its place in the German one', () => {
  const wrong = Object.entries(german).filter(([key, text]) => placesOf(key).join() !== placesOf(text).join());
  expect(wrong).toEqual([]);
});

test('braces stand for values only', () => {
  const loose = (text: string) => /[{}]/.test(text.replaceAll(/\{\d+(, (text|number))?\}/g, ''));
  expect(Object.entries(german).filter(([key, text]) => loose(key) || loose(text))).toEqual([]);
});

test('no text stands in two rooms', () => {
  const all = Object.values(rooms).flatMap((room) => Object.keys(room));
  expect(all.filter((key, index) => all.indexOf(key) !== index)).toEqual([]);
});

describe('the German texts are German', () => {
  const english = /\b(the|and|with|layer|layers|your|which|from|its|are|when)\b/;
  test.each(Object.entries(rooms))('%s', (_, room) => {
    const words = (text: string) => text.replaceAll(/„[^“]*“|`[^`]*`|\([^)]*\)|[\w-]+\.[\w.]+|\S*_\S*/g, '');
    expect(Object.values(room).filter((text) => english.test(words(text)))).toEqual([]);
    const same = Object.entries(room).filter(([key, text]) => key === text && /[a-z]{2,} [a-z]{2,} /.test(key));
    expect(same).toEqual([]);
  });
});
