// JSON text from outside, made safe before any schema sees it: nesting bounded before parsing, keys that reach prototypes dropped.
// Knows nothing of projects.

import { NetwrightError } from '../lib/errors.ts';

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

const maximumDepth = 64;
const prototypeKeys = new Set(['__proto__', 'constructor', 'prototype']);

/** The deepest nesting of brackets outside of strings; stops counting above `limit`. */
function jsonDepth(text: string, limit: number): number {
  let depth = 0;
  let deepest = 0;
  let inString = false;
  for (let i = 0; i < text.length && deepest <= limit; i++) {
    const c = text.charCodeAt(i);
    if (inString) {
      if (c === 0x5c) i++;
      else if (c === 0x22) inString = false;
    } else if (c === 0x22) inString = true;
    else if (c === 0x5b || c === 0x7b) deepest = Math.max(deepest, ++depth);
    else if (c === 0x5d || c === 0x7d) depth--;
  }
  return deepest;
}

/** A copy without the keys through which an object could reach a prototype. */
export function withoutPrototypeKeys(value: unknown): Json {
  if (Array.isArray(value)) return value.map(withoutPrototypeKeys);
  if (typeof value !== 'object' || value === null) return value as Json;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !prototypeKeys.has(key))
      .map(([key, inner]) => [key, withoutPrototypeKeys(inner)]),
  );
}

/** Where in the text a parser stopped, as `line 3, column 14`; null where the engine's message does not say. */
function placeOf(message: string, text: string): string | null {
  const found = /position (\d+)/.exec(message);
  if (!found) return text.trim() === '' ? 'the file is empty' : null;
  const before = text.slice(0, Number(found[1])).split('\n');
  return `line ${before.length}, column ${(before.at(-1) as string).length + 1}`;
}

/** Parses JSON from outside. @throws NetwrightError that names `where` and the line */
export function parseJson(text: string, where: string): Json {
  if (jsonDepth(text, maximumDepth) > maximumDepth) {
    throw new NetwrightError({
      kind: 'project',
      code: 'json-depth',
      where,
      message: `${where} nests deeper than ${maximumDepth} levels. No file of this kind does; it may be damaged or made to do harm.`,
    });
  }
  try {
    return withoutPrototypeKeys(JSON.parse(text.charCodeAt(0) === 0xfeff ? text.slice(1) : text));
  } catch (error) {
    const place = placeOf((error as Error).message, text);
    const detail = place ? ` (${place})` : '';
    throw new NetwrightError({
      kind: 'project',
      code: 'json-syntax',
      where,
      message: `${where} is not valid JSON${detail}. Open a saved copy, or restore the file from a backup.`,
    });
  }
}
