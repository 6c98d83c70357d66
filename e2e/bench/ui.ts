// How fast the window is: frames while a network of 500 layers is panned and one of its layers dragged, with real mouse events, and the time
// from an edit to its new shapes in a network of 200 layers. Prints percentiles. `npm run bench:ui`; timing has no place in the tests.

import { chromium, type Page } from '@playwright/test';
import { findBrowser } from '../../main/setup/browser.mjs';
import { App } from '../drivers/app.ts';
import { startServer } from '../drivers/server.ts';
import { chainProject } from './chain.ts';

const percentile = (values: readonly number[], share: number): number =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? Number.NaN;
const words = (values: readonly number[]): string =>
  `median ${percentile(values, 0.5).toFixed(1)} ms, 95th percentile ${percentile(values, 0.95).toFixed(1)} ms, slowest ${Math.max(...values).toFixed(1)} ms (${values.length} frames)`;

/** Frame intervals while `gesture` lasts. */
async function frames(page: Page, gesture: () => Promise<void>): Promise<number[]> {
  await page.evaluate(() => {
    const times: number[] = [];
    const state = { times, on: true };
    const tick = (now: number) => {
      times.push(now);
      if (state.on) requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
    Object.assign(window, { netwrightFrames: state });
  });
  await gesture();
  const times = await page.evaluate(() => {
    const state = (window as unknown as { netwrightFrames: { times: number[]; on: boolean } }).netwrightFrames;
    state.on = false;
    return state.times;
  });
  return times.slice(1).map((time, index) => time - (times[index] ?? time));
}

/** Wheel steps at the pace of a hand: one for each frame. */
async function pan(app: App): Promise<void> {
  const box = await app.canvas().boundingBox();
  if (!box) throw new Error('The canvas cannot be seen.');
  await app.page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  for (let step = 0; step < 120; step++) await app.page.mouse.wheel(0, step < 60 ? 40 : -40);
}

async function dragLayer(app: App): Promise<void> {
  const seen = app.layers().first();
  const box = await seen.boundingBox();
  if (!box) throw new Error('No layer can be seen.');
  await app.page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await app.page.mouse.down();
  for (let step = 1; step <= 120; step++) await app.page.mouse.move(box.x + box.width / 2 + step * 2, box.y + box.height / 2 + Math.sin(step / 10) * 60);
  await app.page.mouse.up();
}

/** Milliseconds from pressing Enter in a field to the frame after which the last layer says its new count. */
async function editToShapes(app: App): Promise<number[]> {
  const times: number[] = [];
  for (let round = 0; round < 10; round++) {
    const units = 16 + round + 1;
    await app.inspector().getByLabel('Units', { exact: true }).fill(String(units));
    await app.page.evaluate((wanted) => {
      const state = { begin: 0, took: new Promise<number>(() => undefined) };
      state.took = new Promise((resolve) => {
        const look = (now: number) => {
          const card = document.querySelector('[data-testid="layer-dense_1"]')?.textContent ?? '';
          if (state.begin > 0 && card.includes(`${wanted} units`)) resolve(now - state.begin);
          else requestAnimationFrame(look);
        };
        requestAnimationFrame(look);
      });
      window.addEventListener('keydown', () => (state.begin = performance.now()), { once: true, capture: true });
      Object.assign(window, { netwrightEdit: state });
    }, units);
    await app.page.keyboard.press('Enter');
    times.push(await app.page.evaluate(() => (window as unknown as { netwrightEdit: { took: Promise<number> } }).netwrightEdit.took));
  }
  return times;
}

const server = await startServer();
const browser = await chromium.launch({
  executablePath: process.env.NETWRIGHT_BROWSER ?? findBrowser() ?? undefined,
  chromiumSandbox: process.getuid?.() !== 0,
});
try {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const app = new App(await context.newPage(), []);
  await app.open(server.address);
  await app.openText('large.netwright', chainProject(500));
  await app.layer('input_1').or(app.layers().nth(20)).first().waitFor();
  for (const zoom of ['whole network in view', '100 %']) {
    if (zoom === '100 %') await app.page.keyboard.press('Control+0');
    console.log(`500 layers, ${zoom}, pan:   ${words(await frames(app.page, () => pan(app)))}`);
    console.log(`500 layers, ${zoom}, drag:  ${words(await frames(app.page, () => dragLayer(app)))}`);
  }
  await app.openText('chain.netwright', chainProject(200));
  await app.layer('dense_199').waitFor({ state: 'attached' });
  await app.canvas().press('Control+0');
  // From the keyboard: a wall of cards moves under the pointer while the view turns to them.
  await app.canvas().press('ArrowDown');
  await app.canvas().press('ArrowDown');
  console.log(`200 layers, edit to new shapes: ${words(await editToShapes(app))}`);
} finally {
  await browser.close();
  await server.stop();
}
