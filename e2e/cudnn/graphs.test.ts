import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { fingerprint } from './graphs.ts';

it('the graphs with cuDNN’s kernels are those that were proved', () => {
  const results = readFileSync(join(import.meta.dirname, 'RESULTS.md'), 'utf8');
  expect(results, 'What is written for a graphics card has changed: “npm run cudnn” proves it anew (it needs Python), and writes RESULTS.md.').toContain(
    fingerprint(),
  );
});
