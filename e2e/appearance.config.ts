// The look of every view, in light, dark and high contrast, against the pictures in appearance/baselines. A suite of its own, `npm run appearance`
// (`-- --update-snapshots` takes new pictures): another version of the browser draws letters a little differently, which is no fault.

import { join } from 'node:path';
import { defineConfig } from '@playwright/test';
import specs from './playwright.config.ts';

export default defineConfig({
  ...specs,
  testDir: 'appearance',
  timeout: 120_000,
  use: { ...specs.use, actionTimeout: 15_000 },
  snapshotPathTemplate: join(import.meta.dirname, 'appearance/baselines/{arg}{ext}'),
  expect: { ...specs.expect, toHaveScreenshot: { animations: 'disabled', caret: 'hide', maxDiffPixels: 300 } },
});
