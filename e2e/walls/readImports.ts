// Finds what a file imports: static and dynamic imports, re-exports, types by `import('…')`, `require`, and workers by URL. Judges nothing.

import { posix } from 'node:path';
import { parseSync } from 'vite';

export interface Import {
  /** As written. */
  readonly specifier: string;
  /** The file inside the clone, for relative imports; null for packages. */
  readonly file: string | null;
  /** Erased before the program runs, so it can be part of no cycle. */
  readonly typeOnly: boolean;
}

/** Everything `path` imports, in the order of kinds, each as often as written. */
export function readImports(path: string, text: string): Import[] {
  const { module, comments, errors } = parseSync(path, text);
  if (errors.length > 0) throw new Error(`${path} cannot be parsed: ${errors[0]?.message}`);
  const found = (specifier: string, typeOnly: boolean): Import => ({ specifier, file: resolve(path, specifier), typeOnly });

  const statics = module.staticImports.map(({ moduleRequest, entries }) =>
    found(moduleRequest.value, entries.length > 0 && entries.every((entry) => entry.isType)),
  );
  const reexports = module.staticExports.flatMap(({ entries }) => {
    const first = entries.find((entry) => entry.moduleRequest);
    return first?.moduleRequest
      ? [
          found(
            first.moduleRequest.value,
            entries.every((entry) => entry.isType),
          ),
        ]
      : [];
  });
  const calls = callsOutside(comments, text).map(({ word, specifier, start }) => {
    const isDynamic = word !== 'import' || module.dynamicImports.some((call) => call.start === start);
    return found(specifier, !isDynamic);
  });
  return [...statics, ...reexports, ...calls];
}

interface Span {
  readonly start: number;
  readonly end: number;
}

const callPattern = /\b(import|require|new URL)\(\s*(['"`])([^'"`\n]+)\2(?=\s*\)|\s*,\s*(?:import\.meta\.url|\{))/g;

/** `import('x')`, `require('x')` and `new URL('x', import.meta.url)`; the last two are no part of the parser's record. */
function callsOutside(comments: readonly Span[], text: string): { word: string; specifier: string; start: number }[] {
  return [...text.matchAll(callPattern)].flatMap(({ index, 1: word = '', 3: specifier = '' }) => {
    const isCode = !comments.some((comment) => comment.start <= index && index < comment.end);
    const isCodeFile = word !== 'new URL' || /\.[cm]?[jt]sx?$/.test(specifier);
    return isCode && isCodeFile ? [{ word, specifier, start: index }] : [];
  });
}

/** A relative specifier as a path inside the clone. */
function resolve(from: string, specifier: string): string | null {
  return specifier.startsWith('.') ? posix.join(posix.dirname(from), specifier.replace(/\?.*$/, '')) : null;
}
