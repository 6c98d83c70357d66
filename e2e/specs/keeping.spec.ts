// Nothing is lost: what a killed app held comes back, what was opened last is offered, and what is copied goes to other windows as plain text.

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { App } from '../drivers/app.ts';
import { startServer } from '../drivers/server.ts';
import { expect, test } from '../drivers/test.ts';

test('killed in the middle of edits, the app brings them back when it is started again', async ({ app, page, server, complaints }) => {
  await app.select('hidden');
  await app.setNumber('Units', 77);
  await app.select('hidden');
  await page.keyboard.press('Control+d');
  await expect(app.layers()).toHaveCount(5);
  const journal = () => readFile(join(server.home, 'data', 'journal.json'), 'utf8').catch(() => '');
  await expect.poll(journal).toContain('hidden_1');
  process.kill(server.pid, 'SIGKILL');
  await expect(page.getByRole('alert').filter({ hasText: 'main process does not answer' })).toBeVisible();

  const again = await startServer({ NETWRIGHT_HOME: server.home });
  try {
    await app.open(again.address);
    // The browser itself said that the line was dead.
    complaints.length = 0;
    await expect(page.getByLabel('Messages')).toContainText('were brought back');
    await expect(app.layers()).toHaveCount(5);
    await expect(app.layer('hidden')).toContainText('77 units');
  } finally {
    await page.close();
    await again.stop();
  }
});

test('layers are copied as text, which can be mailed, and pasted in another window with their wires', async ({ app, page, complaints }) => {
  const context = page.context();
  await expect(app.layers()).toHaveCount(4);
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Control+c');
  const text = await page.evaluate(() => navigator.clipboard.readText());
  expect(JSON.parse(text)).toMatchObject({ netwright: 'layers', nodes: [{ kind: 'input' }, {}, {}, {}], edges: [{}, {}, {}] });

  const other = new App(await context.newPage(), complaints);
  await other.open(new URL('/', page.url()).href);
  await other.action('New network').click();
  await expect(other.layers()).toHaveCount(0);
  // As it arrives in a mail: the text alone, through the clipboard of another program.
  await other.page.evaluate(async (mailed) => navigator.clipboard.writeText(` ${mailed}\n`), text);
  await other.page.keyboard.press('Control+v');
  await expect(other.layers()).toHaveCount(4);
  await expect(other.connections()).toHaveCount(3);
  await expect(other.layer('hidden')).toContainText('512 units');
});
