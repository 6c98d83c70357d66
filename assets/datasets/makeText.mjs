// Cuts the small text sets that are shipped with the app out of their sources. Run by hand when they change; the app only reads the result.
//
//   node assets/datasets/makeText.mjs [FOLDER]    FOLDER holds text/names/*.txt and text/tinyshakespeare.txt; default: NETWRIGHT_DATA, else ../shared/data
//
// Texts become rows of numbers, one for each letter, in IDX files as MNIST's. The same input gives the same bytes.

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const here = import.meta.dirname;
const source = join(process.argv[2] ?? process.env.NETWRIGHT_DATA ?? join(here, '../../../shared/data'), 'text');

/**
 * @param {readonly number[]} shape
 * @param {readonly number[]} values
 */
function idx(shape, values) {
  const header = Buffer.alloc(4 + 4 * shape.length);
  header.set([0, 0, 8, shape.length]);
  for (const [axis, size] of shape.entries()) header.writeUInt32BE(size, 4 + 4 * axis);
  const zipped = gzipSync(Buffer.concat([header, Buffer.from(values)]), { level: 9 });
  const unknownSystem = 255;
  zipped[9] = unknownSystem;
  return zipped;
}

/**
 * @param {string} name
 * @param {string} part `train` or `t10k`
 * @param {readonly { readonly row: readonly number[], readonly label: number }[]} samples
 */
function write(name, part, samples) {
  mkdirSync(join(here, name), { recursive: true });
  const rows = idx(
    [samples.length, samples[0]?.row.length ?? 0],
    samples.flatMap(({ row }) => row),
  );
  writeFileSync(join(here, name, `${part}-images-idx3-ubyte.gz`), rows);
  writeFileSync(
    join(here, name, `${part}-labels-idx1-ubyte.gz`),
    idx(
      [samples.length],
      samples.map(({ label }) => label),
    ),
  );
  process.stdout.write(`${name}/${part}: ${samples.length} rows, ${rows.length} bytes\n`);
}

/** Family names: 0 fills up behind, 1 to 26 are the letters, 27 is anything else. */
function names() {
  const languages = ['English', 'French', 'German', 'Italian', 'Japanese', 'Russian', 'Spanish', 'Czech'];
  const length = 12,
    perLanguage = 250,
    forTest = 50;
  const all = languages.map((language, label) => {
    const lines = readFileSync(join(source, 'names', `${language}.txt`), 'utf8').split('\n');
    const words = lines
      .map((line) => line.trim().normalize('NFD').replace(/\p{M}/gu, '').toLowerCase())
      .filter((word) => word.length > 2 && word.length <= length);
    // Spread over the alphabet: the files are sorted.
    const step = Math.max(1, words.length / perLanguage);
    const chosen = Array.from({ length: Math.min(perLanguage, words.length) }, (_, i) => words[Math.floor(i * step)] ?? '');
    return chosen.map((word) => ({ label, row: Array.from({ length }, (_, i) => code(word.charCodeAt(i))) }));
  });
  // Every so many rows of a language go to the test; languages take turns, so that every part of the file holds all of them.
  const every = Math.floor(perLanguage / forTest);
  const turns = Array.from({ length: perLanguage }, (_, i) => all.flatMap((rows) => rows[i] ?? []).map((sample) => ({ ...sample, isTest: i % every === 0 })));
  write(
    'names',
    'train',
    turns.flat().filter(({ isTest }) => !isTest),
  );
  write(
    'names',
    't10k',
    turns.flat().filter(({ isTest }) => isTest),
  );
}

/** @param {number} letter */
function code(letter) {
  if (Number.isNaN(letter)) return 0;
  const place = letter - 'a'.charCodeAt(0);
  return place >= 0 && place < 26 ? place + 1 : 27;
}

/** Windows of text and the letter behind each: 0 is a blank, 1 to 26 the letters, then a full stop, a comma and an apostrophe. */
function letters() {
  const alphabet = " abcdefghijklmnopqrstuvwxyz.,'";
  const length = 32;
  const text = readFileSync(join(source, 'tinyshakespeare.txt'), 'utf8')
    .slice(0, 60_000)
    .toLowerCase()
    .replace(/[!?;:]/g, '.')
    .replace(/[^a-z.,']+/g, ' ');
  const at = (/** @type {number} */ i) => Math.max(0, alphabet.indexOf(text[i] ?? ' '));
  const windows = (/** @type {number} */ from, /** @type {number} */ to, /** @type {number} */ step) =>
    Array.from({ length: Math.floor((to - from - length) / step) }, (_, w) => {
      const start = from + w * step;
      return { row: Array.from({ length }, (_, i) => at(start + i)), label: at(start + length) };
    });
  const cut = Math.floor(text.length * 0.9);
  write('shakespeare', 'train', windows(0, cut, 7));
  write('shakespeare', 't10k', windows(cut, text.length, 7));
}

names();
letters();
