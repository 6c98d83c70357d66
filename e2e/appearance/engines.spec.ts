// Engines as they look on the first page: one that is being installed, one that could not be, one that is damaged; and why a run has its engine.

import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { App } from '../drivers/app.ts';
import { type Server, startServer } from '../drivers/server.ts';
import { expect, test } from '../drivers/test.ts';
import { look } from './looking.ts';

/** Tells the window of an installation as far as a download of which something is there, and no more. */
async function holdAtDownload(app: App): Promise<void> {
  const held = { id: 'tensorflow', step: 'Downloading TensorFlow 2.21.0 (274 MB) …', share: 0.42 };
  await app.page.routeWebSocket(/\/channel$/, (socket) => {
    socket.connectToServer().onMessage((text) => {
      const message = JSON.parse(String(text)) as { readonly a?: readonly [string, unknown] };
      socket.send(message.a?.[0] === 'engines.progress' ? JSON.stringify({ ...message, a: ['engines.progress', held] }) : text);
    });
  });
  await app.page.reload();
  await expect(app.layers()).toHaveCount(4);
}

const engines = (app: App) => app.page.locator('section', { has: app.page.getByRole('heading', { name: 'Engines' }) });

/** An app whose machine is another one than this. */
async function onOther(app: App, more: Record<string, string>, before: (server: Server) => Promise<void>, work: () => Promise<void>): Promise<void> {
  const server = await startServer(more);
  try {
    await before(server);
    await app.open(server.address);
    await app.view('Home').click();
    await work();
  } finally {
    await app.page.close();
    await server.stop();
  }
}

test('an engine that is being installed', async ({ app }) => {
  await holdAtDownload(app);
  await app.view('Home').click();
  await engines(app).getByRole('button', { name: 'Install TensorFlow' }).click();
  await expect(engines(app).getByText('42 %')).toBeVisible();
  await look(app, 'engine-installing', { contrast: true });
  await engines(app).getByRole('button', { name: 'Cancel' }).click();
  await expect(engines(app).getByRole('button', { name: 'Install TensorFlow' })).toBeVisible();
});

test('an engine that could not be installed', async ({ app, complaints }) => {
  // A machine without Python, where the package's own download does not work either.
  await onOther(
    app,
    { PATH: '/none' },
    async () => undefined,
    async () => {
      await engines(app).getByRole('button', { name: 'Install TensorFlow' }).click();
      await expect(engines(app).getByText('TensorFlow could not be installed.')).toBeVisible({ timeout: 60_000 });
      await look(app, 'engine-not-installed', { contrast: true });
    },
  );
  complaints.length = 0;
});

test('an engine of which a file is gone', async ({ app, complaints }) => {
  const damage = async ({ home }: Server) => {
    const folder = join(home, 'data', 'engines', 'tensorflow');
    const note = { version: '2.21.0', device: 'cpu', way: 'wheel', addon: 'tfjs_binding.node', installedAt: '2026-01-01T00:00:00Z' };
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'engine.json'), JSON.stringify(note));
  };
  await onOther(app, {}, damage, async () => {
    await expect(engines(app).getByRole('button', { name: 'Remove TensorFlow' })).toBeVisible();
    await look(app, 'engine-damaged', { contrast: true, measured: [engines(app).getByText(/tfjs_binding\.node/)] });
    await engines(app).getByRole('button', { name: 'Remove TensorFlow' }).click();
    await expect(engines(app).getByText('not installed', { exact: true })).toBeVisible();
  });
  complaints.length = 0;
});

test('why a run has its engine', async ({ app }) => {
  await app.openDock();
  await app.setNumber('Epochs', 1, app.dock());
  await app.setNumber('Use only the first', 1000, app.dock());
  await app.train();
  await expect(app.dock().getByText('Test accuracy')).toBeVisible({ timeout: 60_000 });
  await app.action('Why this engine').click();
  // The rows with what was measured are scrolled out of sight.
  await app.dock().getByText('There is no graphics card here.').scrollIntoViewIfNeeded();
  await look(app, 'engine-why', { contrast: true });
});
