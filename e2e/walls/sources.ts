// The files of this clone that the walls look at. Only reading; what is allowed stands in rules.ts.

import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readImports, type Import } from './readImports.ts';

const root = join(import.meta.dirname, '../..');
const folders = ['electron', 'renderer', 'main', 'shared', 'assets', 'e2e'];

export interface SourceFile {
  /** Relative to the clone, with forward slashes. */
  readonly path: string;
  readonly text: string;
  readonly imports: readonly Import[];
}

/** Every TypeScript and JavaScript file of the six folders, read and parsed. */
export function readSources(): SourceFile[] {
  return folders.flatMap(listFiles).map((path) => sourceFile(path, readFileSync(join(root, path), 'utf8')));
}

/** A file as the walls see it; tests plant wrong ones this way. */
export function sourceFile(path: string, text: string): SourceFile {
  return { path, text, imports: readImports(path, text) };
}

function listFiles(folder: string): string[] {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return listFiles(path);
    return /\.(ts|tsx|mts|mjs|cjs|js)$/.test(entry.name) && !entry.name.endsWith('.d.ts') ? [path] : [];
  });
}

/** Names at the top of the clone that are, or would be, committed; in a copy without git, what lies there. */
export function topLevelEntries(): string[] {
  try {
    const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: root, encoding: 'utf8', stdio: 'pipe' });
    return [...new Set(listed.split('\0').map((path) => path.split('/')[0] ?? ''))].filter((name) => name !== '' && existsSync(join(root, name)));
  } catch {
    const built = ['node_modules', 'dist', 'test-results', 'playwright-report'];
    return readdirSync(root).filter((name) => !built.includes(name) && !name.endsWith('.log'));
  }
}
