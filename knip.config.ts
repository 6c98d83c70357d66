// Dead code: files that nothing reaches, exports that nobody imports, dependencies that nobody uses.

import type { KnipConfig } from 'knip';

const config: KnipConfig = {
  entry: [
    'main/cli/netwright.ts',
    'main/trainer/child.ts',
    'main/exchange/importChild.ts',
    'assets/**/*.mjs',
    'electron/{main,preload}.ts',
    'electron/vite.config.ts',
    'electron/packaging/*.{ts,mjs,cjs}',
    'renderer/{main.tsx,vite.config.ts}',
    'e2e/{screenshots,bench/{index,gpu,ui/index},bench/tfjsFit,{parity,cudnn}/index,trust/{index,editor,mutationsChild},keras/{files,code,drawn,random/index}}.ts',
  ],
  playwright: { config: ['e2e/playwright.config.ts', 'e2e/appearance.config.ts'], entry: 'e2e/{specs,appearance}/**/*.spec.ts' },
  vite: { config: 'renderer/vite.config.ts' },
  project: ['{shared,main,electron,renderer,e2e}/**/*.{ts,tsx,mjs}'],
  // Started by its path (main/setup/checks.mjs), imported by style sheets, which are not read here, and found by name at run time (main/trainer/engines, main/engines).
  ignoreDependencies: ['@biomejs/biome', /^@fontsource-variable\//, '@tensorflow/tfjs-node-gpu', 'node-api-headers'],
  ignore: ['main/emit/onnx/generated/onnx_pb.d.ts'],
  // A contract may name more types than others need at the moment.
  ignoreExportsUsedInFile: { interface: true, type: true },
  includeEntryExports: false,
};

export default config;
