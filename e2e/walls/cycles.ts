// Finds circles of imports. Types do not count: they are gone before the program runs.

import type { SourceFile } from './sources.ts';

/** One circle for each knot of files that import each other, as the path round it. */
export function findCycles(files: readonly Pick<SourceFile, 'path' | 'imports'>[]): string[][] {
  const edges = new Map(
    files.map(({ path, imports }) => [path, imports.filter(({ typeOnly, file }) => !typeOnly && file !== null).map(({ file }) => file ?? '')]),
  );
  const done = new Set<string>();
  return files.flatMap(({ path }) => {
    const cycle = walk(path, [], edges, done);
    for (const member of cycle ?? []) done.add(member);
    return cycle ? [cycle] : [];
  });
}

/** Depth first; a file that is met again on the way closes a circle. */
function walk(path: string, way: readonly string[], edges: ReadonlyMap<string, readonly string[]>, done: Set<string>): string[] | null {
  const before = way.indexOf(path);
  if (before >= 0) return [...way.slice(before), path];
  if (done.has(path)) return null;
  for (const next of edges.get(path) ?? []) {
    const cycle = walk(next, [...way, path], edges, done);
    if (cycle) return cycle;
  }
  done.add(path);
  return null;
}
