// What a layer has learned, in the inspector: nothing before there is a run, on demand while one goes on, once when it is over.

import type { App } from '../drivers/app.ts';
import { expect, test } from '../drivers/test.ts';

const weights = (app: App, layer: string) => app.inspector().getByRole('list', { name: `Weights of ${layer}` });
const title = (app: App) => app.inspector().getByRole('heading', { name: 'Weights', exact: true });

/** Opens the page anew and writes down every call for weights that it sends. */
async function callsForWeights(app: App): Promise<readonly string[]> {
  const calls: string[] = [];
  app.page.on('websocket', (socket) => {
    socket.on('framesent', ({ payload }) => void (String(payload).includes('"runs.weights"') && calls.push(String(payload))));
  });
  await app.page.reload();
  await expect(app.layers()).toHaveCount(4);
  return calls;
}

test('a dense layer after training: figures, histograms, its units as pictures; asked for once', async ({ app }) => {
  const calls = await callsForWeights(app);
  await app.select('hidden');
  await expect(app.inspector()).toContainText('Output shape');
  await expect(title(app)).toHaveCount(0);
  await app.openDock();
  await app.setNumber('Epochs', 1, app.dock());
  await app.train();
  const list = weights(app, 'hidden');
  await expect(list.getByRole('img', { name: /^Histogram of kernel: [\d,]+ numbers from −/ })).toBeVisible({ timeout: 180_000 });
  await expect(list.getByRole('img', { name: /^Histogram of bias: \d+ numbers from/ })).toBeVisible();
  await expect(list.getByRole('img', { name: /^kernel as pictures: The first 16 of \d+ units$/ })).toBeVisible();
  await expect(list).toContainText(/kernel 784 × \d+Mean[−\d.e-]+Std\. dev\.0\.\d+Smallest−[\d.]+Largest[\d.]+/);
  await list.getByText('Above zero').scrollIntoViewIfNeeded();
  await app.setNumber('Units', 32);
  await expect(list).toContainText('the layer was changed since. Train again to see it.');
  await app.undo();
  await app.select('digits');
  await expect(weights(app, 'digits').getByRole('img', { name: /^Histogram of kernel/ })).toBeVisible();
  expect(calls).toHaveLength(1);
});

test('while the run goes on only on demand, then once more when it is over', async ({ app }) => {
  const calls = await callsForWeights(app);
  await app.select('hidden');
  // Longer than the slowest browser takes to press Pause.
  await app.openDock();
  await app.setNumber('Epochs', 500, app.dock());
  await app.train();
  await expect(app.dock()).toContainText(/step [1-9]/);
  await app.action('Pause').first().click();
  await expect(app.dock()).toContainText('paused');
  expect(calls).toHaveLength(0);
  await app.action('Read them now').click();
  await expect(app.action('Read them again')).toBeVisible();
  expect(calls).toHaveLength(1);
  await app.action('Resume').first().click();
  await app.stop();
  await expect(app.dock()).toContainText('Stopped');
  await expect(weights(app, 'hidden').getByRole('img', { name: /^Histogram of kernel/ })).toBeVisible();
  await expect(app.action('Read them again')).toHaveCount(0);
  expect(calls).toHaveLength(2);
});
