// Bundles what Electron cannot run from source, one program for each mode: `main`, `preload` (a sandboxed page allows only one CommonJS file) and
// `trainer` (plain Node cannot read the app's archive, so it lies beside it). Everything but the engines' binaries goes into the bundles.

import { join } from 'node:path';
import { defineConfig } from 'vite';

const root = join(import.meta.dirname, '..');
const programs = {
  main: { entry: 'electron/main.ts', file: 'main.js', format: 'es' },
  preload: { entry: 'electron/preload.ts', file: 'preload.cjs', format: 'cjs' },
  trainer: { entry: 'main/trainer/child.ts', file: 'trainer.mjs', format: 'es' },
} as const;

export default defineConfig(({ mode }) => {
  if (!(mode in programs)) throw new Error(`Build with --mode ${Object.keys(programs).join(', ')}; got "${mode}".`);
  const { entry, file, format } = programs[mode as keyof typeof programs];
  return {
    root,
    publicDir: false,
    ssr: { noExternal: true },
    build: {
      ssr: join(root, entry),
      outDir: join(root, 'dist/electron'),
      emptyOutDir: false,
      target: 'node24',
      minify: false,
      rolldownOptions: {
        external: ['electron', 'onnxruntime-node', '@tensorflow/tfjs-node-gpu'],
        output: { format, entryFileNames: file, codeSplitting: false },
      },
    },
  };
});
