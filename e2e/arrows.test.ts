// The walls of the house: which room may import which, which package lives where, and how files are named. First on planted faults, then on the clone.

import { describe, expect, test } from 'vitest';
import { findCycles } from './walls/cycles.ts';
import { readImports } from './walls/readImports.ts';
import { violations } from './walls/rules.ts';
import { readSources, sourceFile, topLevelEntries } from './walls/sources.ts';

const allowedEntries =
  /^(electron|renderer|main|shared|assets|e2e|package\.json|package-lock\.json|tsconfig.*\.json|README\.md|LICENSE|CONTRIBUTING\.md|\..*|.*\.config\.(ts|js|mjs|json)|biome\.json|index\.html|electron-builder\..*)$/;

/** What the rules say of a file with these lines, its opening comment aside. */
function judge(path: string, ...lines: string[]): string[] {
  return violations(sourceFile(path, `// A planted file.\n${lines.join('\n')}\n`));
}

describe('imports are found in every spelling', () => {
  test.each([
    ["import { a } from './a.ts';", './a.ts', false],
    ["import type { A } from './a.ts';", './a.ts', true],
    ["import { type A } from './a.ts';", './a.ts', true],
    ["import { type A, b } from './a.ts';", './a.ts', false],
    ["import './a.ts';", './a.ts', false],
    ["export * from './a.ts';", './a.ts', false],
    ["export type { A } from './a.ts';", './a.ts', true],
    ["const a = () => import('./a.ts');", './a.ts', false],
    ["type A = import('./a.ts').A;", './a.ts', true],
    ["const a = require('./a.ts');", './a.ts', false],
    ["new Worker(new URL('./a.ts', import.meta.url));", './a.ts', false],
  ])('%s', (text, specifier, typeOnly) => {
    expect(readImports('shared/lib/x.ts', text)).toEqual([{ specifier, file: 'shared/lib/a.ts', typeOnly }]);
  });

  test('but not in comments and plain text', () => {
    expect(readImports('shared/lib/x.ts', "// import('./a.ts')\nconst word = 'import a from b';")).toEqual([]);
  });
});

describe('planted faults are found', () => {
  test.each([
    ['shared/tensor/x.ts', "import { dense } from '../layers/dense.ts';", /only what stands to its left/],
    ['shared/tensor/x.ts', "import type { Layer } from '../layers/layer.ts';", /only what stands to its left/],
    ['shared/project/x.ts', "import { open } from '../../main/projects/open.ts';", /shared is pure/],
    ['shared/lib/x.ts', "import { readFile } from 'node:fs';", /behind a call of shared\/protocol/],
    ['shared/lib/x.ts', "import React from 'react';", /React stays in the renderer/],
    ['shared/lib/x.ts', "import { parse } from 'csv-parse';", /shared may use zod/],
    ['main/runs/x.ts', "import { loop } from '../trainer/loop.ts';", /another process/],
    ['main/trainer/x.ts', "import { start } from '../runs/start.ts';", /shared, main\/emit and main\/files only/],
    ['main/runs/x.ts', "import { host } from '../../electron/host.ts';", /main knows no Electron/],
    ['main/runs/x.ts', "import { app } from 'electron';", /Electron stays in electron/],
    ['main/runs/x.ts', "import * as ort from 'onnxruntime-node';", /Engines stay in main\/trainer/],
    ['main/emit/onnx/x.ts', "import * as tf from '@tensorflow/tfjs-node-gpu';", /Engines stay in main\/trainer/],
    ['main/setup/x.mjs', "import { z } from 'zod';", /before anything is installed/],
    ['electron/x.ts', "import { Button } from '../renderer/ui/Button.tsx';", /arrows/],
    ['renderer/state/x.ts', "import { serve } from '../../main/browserHost/serve.ts';", /through the protocol/],
    ['renderer/state/x.ts', "import { undo } from '../actions/edit.ts';", /turn it into an action/],
    ['renderer/actions/x.ts', "import { Canvas } from '../canvas/Canvas.tsx';", /turn it into an action/],
    ['renderer/palette/x.ts', "import { Canvas } from '../canvas/Canvas.tsx';", /No view imports another/],
    ['renderer/palette/x.ts', "import { App } from '../app/App.tsx';", /turn it into an action/],
    ['renderer/palette/x.ts', "import { useReactFlow } from '@xyflow/react';", /stays in renderer\/canvas/],
    ['renderer/palette/x.ts', "import { create } from 'zustand';", /Stores live in renderer\/state/],
    ['renderer/ui/x.ts', "import { layers } from '../../shared/layers/index.ts';", /no word of the domain/],
    ['renderer/app/x.ts', 'const seed = Math.random();', /repeatable/],
    ['shared/x.ts', '', /in no room/],
    ['shared/other/x.ts', '', /in no room/],
    ['renderer/ui/button.tsx', '', /PascalCase/],
    ['shared/lib/Thing.ts', '', /camelCase/],
    ['shared/lib/x.ts', '\n'.repeat(600), /Split it/],
  ])('%s: %s', (path, line, sentence) => {
    expect(judge(path, line)).toEqual([expect.stringMatching(sentence)]);
  });

  test('a file without an opening comment', () => {
    expect(violations(sourceFile('shared/lib/x.ts', 'export const a = 1;\n'))).toEqual([expect.stringMatching(/open with a comment/)]);
  });

  test('a circle, and none where one of its imports is only a type', () => {
    const a = sourceFile('shared/lib/a.ts', "import { b } from './b.ts';");
    const b = sourceFile('shared/lib/b.ts', "export { a } from './a.ts';");
    const typed = sourceFile('shared/lib/b.ts', "import type { A } from './a.ts';");
    expect(findCycles([a, b])).toEqual([['shared/lib/a.ts', 'shared/lib/b.ts', 'shared/lib/a.ts']]);
    expect(findCycles([a, typed])).toEqual([]);
  });
});

test('what is allowed is let through', () => {
  expect(judge('shared/layers/x.ts', "import { z } from 'zod';", "import { build } from '../tensor/builder.ts';")).toEqual([]);
  expect(
    judge('main/trainer/engines/onnxruntime/x.ts', "import * as ort from 'onnxruntime-node';", "import { emit } from '../../../emit/onnx/emit.ts';"),
  ).toEqual([]);
  expect(judge('electron/x.ts', "import { app } from 'electron';", "import { createMain } from '../main/createMain.ts';")).toEqual([]);
  expect(
    judge(
      'renderer/canvas/X.tsx',
      "import { Handle } from '@xyflow/react';",
      "import { select } from '../state/session.ts';",
      "import { Button } from '../ui/Button.tsx';",
    ),
  ).toEqual([]);
});

describe('this clone', () => {
  const sources = readSources();

  test('every file keeps to its room', () => {
    expect(sources.length).toBeGreaterThan(50);
    expect(sources.flatMap(violations).join('\n')).toBe('');
  });

  test('no circle of imports', () => {
    const sentences = findCycles(sources).map((cycle) => `${cycle.join(' → ')}: move what they share into a file of its own, or pass it in as an argument.`);
    expect(sentences.join('\n')).toBe('');
  });

  test('nothing new at the top of the clone', () => {
    const surplus = topLevelEntries().filter((name) => !allowedEntries.test(name));
    expect(surplus, `Move these into one of the six folders: ${surplus.join(', ')}`).toEqual([]);
  });
});
