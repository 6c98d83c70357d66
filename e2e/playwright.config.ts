// The end-to-end tests: the real app, served on localhost, in a real Chromium. No retries: a test that fails sometimes is a fault.

import { defineConfig } from '@playwright/test';
import { findBrowser } from '../main/setup/browser.mjs';

export default defineConfig({
  testDir: 'specs',
  outputDir: '../test-results',
  globalSetup: './drivers/buildApp.ts',
  // Chromium paints by the processor here: two tests at a time take as long as one after the other.
  workers: 1,
  retries: 0,
  forbidOnly: true,
  // Wide, since tests say nothing of speed: a busy machine must not fail them. What holds is seen at once.
  timeout: 240_000,
  expect: { timeout: 40_000 },
  use: {
    viewport: { width: 1440, height: 900 },
    // What glides is painted by the processor, many times over, and moves what a gesture aims at. `gestures.spec.ts` keeps motion.
    contextOptions: { reducedMotion: 'reduce' },
    // A trace of every test would take a third of the time; a picture of the failure and its page are kept.
    trace: 'off',
    screenshot: 'only-on-failure',
    launchOptions: { executablePath: process.env.NETWRIGHT_BROWSER ?? findBrowser() ?? undefined, chromiumSandbox: process.getuid?.() !== 0 },
  },
});
