// The bench's own Python environment with Keras on TensorFlow, made once in .build. Needs python3 and the Python package index.

import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const PACKAGES = ['keras==3.15.1', 'tensorflow-cpu==2.21.0', 'numpy'];

/** The environment's interpreter; installs it when missing or made for other versions. */
export function benchPython(root: string): string {
  const folder = join(root, '.build', 'bench-python'),
    python = join(folder, 'bin', 'python'),
    stamp = join(folder, PACKAGES.join('_').replaceAll(/[^\w.]/g, '-'));
  if (existsSync(stamp)) return python;
  process.stderr.write('Installing Keras for the bench (a few minutes, once)…\n');
  mkdirSync(folder, { recursive: true });
  execFileSync('python3', ['-m', 'venv', '--clear', folder], { stdio: ['ignore', 'ignore', 'inherit'] });
  execFileSync(python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...PACKAGES], { stdio: ['ignore', 'ignore', 'inherit'] });
  writeFileSync(stamp, '');
  return python;
}
