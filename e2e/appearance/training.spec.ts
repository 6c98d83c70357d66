// Training as it looks: while it goes on, when it is over, when it failed, what it left in the layers, a race; and what happens to the window.

import type { App } from '../drivers/app.ts';
import { startServer } from '../drivers/server.ts';
import { expect, test } from '../drivers/test.ts';
import { look, timesOfRun } from './looking.ts';

interface Progress {
  readonly epochs?: readonly { readonly epoch: number; readonly health?: unknown }[];
}

/** As it is told where a run's layers were looked at after the first epoch alone: after later ones they are where that is a while ago. */
const lookedAtOnce = ({ epochs = [], ...rest }: Progress) => ({
  ...rest,
  epochs: epochs.map(({ health, ...own }) => (own.epoch === 1 ? { ...own, health } : own)),
});

/** Lets the window hear of a run until its second epoch has ended, and no more: it goes on there for as long as one looks. */
async function holdAtSecondEpoch(app: App): Promise<void> {
  let isHeld = false;
  await app.page.routeWebSocket(/\/channel$/, (socket) => {
    socket.connectToServer().onMessage((text) => {
      const message = JSON.parse(String(text)) as { readonly a?: readonly [string, Progress] };
      const [event = '', payload] = message.a ?? [];
      if (event.startsWith('runs.') && isHeld) return;
      // It is told by itself, between two steps. The time left is not said, which would take more or less room.
      isHeld ||= payload?.epochs?.some(({ epoch }) => epoch === 2) ?? false;
      socket.send(isHeld && payload ? JSON.stringify({ ...message, a: [event, { ...lookedAtOnce(payload), secondsLeft: null }] }) : text);
    });
  });
  await app.page.reload();
  await expect(app.layers()).toHaveCount(4);
}

/** What the race's table says of times and memory. */
const timesOfRace = (app: App) =>
  app.page
    .getByRole('table', { name: 'Networks compared' })
    .getByRole('row', { name: /^(Time per epoch|Training time|Trainer memory)/ })
    .getByRole('cell');
const timesSoFar = (app: App) => [
  timesOfRun(app),
  app
    .dock()
    .locator('p')
    .filter({ hasText: /so far$/ }),
];

test('a run that goes on, its dock open and closed', async ({ app }) => {
  await holdAtSecondEpoch(app);
  await app.select('hidden');
  await app.train();
  await expect(app.dock()).toContainText('epoch 2 of 5 · step 57 of 57');
  await look(app, 'running', { contrast: true, measured: timesSoFar(app) });
  await app.dock().getByRole('button', { name: 'Close training' }).click();
  await look(app, 'running-closed');
});

test('a race that goes on', async ({ app }) => {
  await holdAtSecondEpoch(app);
  await app.view('Race').click();
  await app.action('Start race').click();
  await expect(app.page.getByText('queued').first()).toBeVisible();
  await expect(app.page.getByRole('table').getByText('40 %', { exact: true })).toBeVisible();
  await look(app, 'racing', { measured: [timesOfRace(app)] });
});

test('a run that is over: curves, log, runs, weights, the sample, the export', async ({ app }) => {
  await app.page.getByRole('tab', { name: 'CNN' }).click();
  await app.openDock();
  await app.setNumber('Use only the first', 1000, app.dock());
  await app.train();
  await expect(app.dock().getByText('Test accuracy')).toBeVisible({ timeout: 60_000 });
  await look(app, 'trained', { contrast: true, measured: [timesOfRun(app)] });
  await app.dock().getByRole('radio', { name: 'Layers' }).click();
  await look(app, 'layers', { contrast: true, measured: [timesOfRun(app)] });
  await app.dock().getByRole('radio', { name: 'Log' }).click();
  await look(app, 'log', { contrast: true, measured: [timesOfRun(app), app.dock().locator('td:nth-last-child(-n+2)')] });
  await app.dock().getByRole('radio', { name: 'Runs' }).click();
  await look(app, 'runs', { contrast: true, measured: [timesOfRun(app), app.dock().locator('tbody td:nth-child(4)')] });
  await app.dock().getByRole('button', { name: 'Close training' }).click();
  await look(app, 'trained-closed', { measured: [app.dock().getByText(/ago$|just now/)] });
  for (const layer of ['conv_1', 'hidden']) {
    await app.select(layer);
    const weights = app.inspector().getByRole('list', { name: `Weights of ${layer}` });
    await weights.getByRole('img', { name: layer === 'hidden' ? /^Histogram of bias/ : /^kernel as pictures/ }).scrollIntoViewIfNeeded();
    await look(app, `weights-${layer === 'hidden' ? 'unit' : 'kernel'}`, { contrast: true });
  }
  await app.page.keyboard.press('Control+Shift+E');
  await expect(app.page.getByRole('dialog', { name: /^Export / })).toBeVisible();
  await look(app, 'export-trained');
});

test('the forms of metrics and callbacks; two runs over one another', async ({ app }) => {
  await app.openDock();
  await app.setNumber('Epochs', 2, app.dock());
  await app.setNumber('Use only the first', 1000, app.dock());
  for (const [form, option, name] of [
    ['Metrics', 'Sparse top-k accuracy', 'form-metrics'],
    ['After every epoch', 'Early stopping', 'form-callbacks'],
  ] as const) {
    const title = app.dock().getByRole('button', { name: form });
    await title.click();
    await app.dock().getByRole('checkbox', { name: option }).press('Space');
    await title.evaluate((element) => element.scrollIntoView({ block: 'start' }));
    await look(app, name, { contrast: true });
    await app.dock().getByRole('checkbox', { name: option }).press('Space');
    await title.click();
  }
  await app.train();
  await expect(app.dock().getByText('Test accuracy')).toBeVisible({ timeout: 60_000 });
  await app.dock().getByRole('radio', { name: 'Settings' }).click();
  await app.setNumber('Learning rate', 0.0002, app.dock());
  await app.train();
  await expect(app.dock()).toContainText(/Adam.* 0\.0002/);
  await expect(app.dock().getByText('Test accuracy')).toBeVisible({ timeout: 60_000 });
  await app.dock().getByRole('radio', { name: 'Runs' }).click();
  await app.dock().getByRole('row', { name: /^1 / }).getByText('In the charts').click();
  await app.dock().getByRole('radio', { name: 'Curves' }).click();
  await expect(app.dock().getByRole('list', { name: 'Runs in the charts' })).toContainText('Run 1');
  await look(app, 'runs-over', { contrast: true, measured: [timesOfRun(app)] });
});

test('a race that was run, a run that failed', async ({ app }) => {
  await app.openDock();
  await app.setNumber('Epochs', 2, app.dock());
  await app.setNumber('Use only the first', 1000, app.dock());
  await app.view('Race').click();
  await app.action('Start race').click();
  const row = (name: RegExp) => app.page.getByRole('table', { name: 'Networks compared' }).getByRole('row', { name });
  await expect(row(/^Test accuracy/)).toContainText(/%.*%.*%/s, { timeout: 180_000 });
  const measured = [timesOfRace(app), app.page.getByRole('region', { name: /^Accuracy against cost/ })];
  await look(app, 'raced', { contrast: true, measured });
  await app.view('Design').click();
  await app.dock().getByRole('radio', { name: 'Settings' }).click();
  await app.setNumber('Learning rate', 1e30, app.dock());
  await app.train();
  await expect(app.dock()).toContainText('failed', { timeout: 60_000 });
  await look(app, 'failed', { contrast: true, measured: [app.dock().locator('aside')] });
});

test('the main process dies; what was not saved is brought back; a file that cannot be opened; a region that fails', async ({
  app,
  page,
  server,
  complaints,
}) => {
  await app.select('hidden');
  await app.setNumber('Units', 77);
  await expect(app.page.getByRole('contentinfo', { name: 'Status' })).toContainText('Unsaved changes');
  await app.openText('half.netwright', '{"netwright": 1, "net');
  await expect(page.getByRole('alert')).toBeVisible();
  await look(app, 'file-refused', { contrast: true });
  await app.action('Close message').click();
  const data = await page.evaluateHandle(() => {
    const transfer = new DataTransfer();
    transfer.items.add(new File(['{}'], 'a.netwright'));
    return transfer;
  });
  await page.dispatchEvent('body', 'dragover', { dataTransfer: data });
  await expect(page.getByText('Drop the file to open it')).toBeVisible();
  await look(app, 'dropping');
  await page.evaluate(() => window.dispatchEvent(new DragEvent('dragleave')));
  await expect(page.getByText('Drop the file to open it')).toBeHidden();
  process.kill(server.pid, 'SIGKILL');
  await expect(page.getByRole('alert').filter({ hasText: 'main process does not answer' })).toBeVisible();
  await look(app, 'lost', { contrast: true });
  const again = await startServer({ NETWRIGHT_HOME: server.home });
  try {
    await app.open(again.address);
    await expect(app.action(/^Engine: /)).toContainText('CPU');
    await page
      .getByLabel('Messages')
      .getByText(/were brought back/)
      .hover();
    await look(app, 'brought-back', { pointing: true });
  } finally {
    await page.close();
    await again.stop();
    complaints.length = 0;
  }
});

test('a region of the window that could not be shown', async ({ app, page, complaints }) => {
  await page.evaluate(() => {
    HTMLCanvasElement.prototype.getContext = () => {
      throw new Error('The canvas is out of order.');
    };
  });
  await app.action(/^Code$/).click();
  await app.page.getByRole('button', { name: 'Sample', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Try again' }).first()).toBeVisible();
  await look(app, 'region-failed');
  complaints.length = 0;
});
