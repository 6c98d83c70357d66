// Unit tests stand beside the code they test; the walls between the rooms are checked on their own, because their failures say something else.

import { defineConfig } from 'vitest/config';

const walls = ['e2e/arrows.test.ts'];
/** Slow where software stands in for a graphics card: by `npm run conformance:gpu`. */
const gpu = ['webgpu', 'gpu'].map((room) => `main/trainer/engines/onnxruntime/${room}/conformance.test.ts`);

export default defineConfig({
  test: {
    allowOnly: false,
    // All cores: by itself it leaves one idle, half of a small machine.
    maxWorkers: '100%',
    retry: 0,
    // Wide, since tests say nothing of speed: a busy machine must not fail them.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    projects: [
      { extends: true, test: { name: 'walls', include: walls } },
      { extends: true, test: { name: 'unit', include: ['{shared,main,electron,renderer,e2e}/**/*.test.{ts,tsx}'], exclude: [...walls, ...gpu] } },
      { extends: true, test: { name: 'gpu', include: gpu, testTimeout: 600_000 } },
    ],
  },
});
