// The first minute: the tour that ends with a trained network; a file dropped anywhere; files that are broken lose nothing.

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { App } from '../drivers/app.ts';
import { expect, test } from '../drivers/test.ts';

test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

test('the tour goes from nothing to a trained network in under a minute, by doing or by its buttons, and is not offered again', async ({ app }) => {
  const tour = app.page.getByRole('dialog', { name: 'Tour' });
  await app.action('New here? Tour of one minute').click();
  await expect(tour).toContainText('1 of 5');
  await app.page.keyboard.press('Escape');
  await expect(tour).toHaveCount(0);
  await app.page.keyboard.press('Control+k');
  await app.page.keyboard.type('tour');
  await app.page.keyboard.press('Enter');
  const begun = Date.now();
  await tour.getByRole('button', { name: 'Next' }).click();
  await app.select('hidden');
  await expect(tour).toContainText('Set it');
  await app.setNumber('Units', 64);
  await expect(tour).toContainText('Train it');
  await tour.getByRole('button', { name: 'Train' }).click();
  await expect(tour).toContainText('Watch it learn');
  await expect(tour).toContainText(/It is trained: \d+\.\d % of the test samples/, { timeout: 180_000 });
  expect(Date.now() - begun, 'milliseconds of the tour').toBeLessThan(60_000);
  await tour.getByRole('button', { name: 'End the tour' }).last().click();
  await expect(tour).toHaveCount(0);
  await app.page.reload();
  await expect(app.canvas()).toBeVisible();
  await expect(app.action('New here? Tour of one minute')).toHaveCount(0);
});

/** Lets a file fall onto the canvas. */
async function drop(app: App, name: string, text: string): Promise<void> {
  const files = await app.page.evaluateHandle(
    ([fileName, content]) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([content as string], fileName as string));
      return transfer;
    },
    [name, text] as const,
  );
  await app.canvas().dispatchEvent('dragover', { dataTransfer: files });
  await expect(app.page.getByText('Drop the file to open it')).toBeVisible();
  await app.canvas().dispatchEvent('drop', { dataTransfer: files });
  await expect(app.page.getByText('Drop the file to open it')).toHaveCount(0);
}

test('a project dropped anywhere is opened; broken and newer ones are refused in words and nothing is lost', async ({ app }) => {
  const old = await readFile(join(import.meta.dirname, '../../assets/projects/version-1.netwright'), 'utf8');
  await app.select('hidden');
  await app.setNumber('Units', 77);
  await drop(app, 'half.netwright', old.slice(0, old.length / 2));
  await expect(app.page.getByText('half.netwright').first()).toBeVisible();
  await expect(app.layer('hidden')).toContainText('77 units');
  await drop(app, 'newer.netwright', JSON.stringify({ ...(JSON.parse(old) as object), version: 999 }));
  await expect(app.page.getByText(/newer/i).first()).toBeVisible();
  await expect(app.layer('hidden')).toContainText('77 units');
  await drop(app, 'old.netwright', old);
  await expect(app.page.getByText('77 units')).toHaveCount(0);
  // A file of the first version is whole in the present one.
  await expect(app.page.getByRole('tab', { name: 'LSTM' })).toHaveCount(0);
  await expect(app.layers()).toHaveCount(4);
  await expect(app.layer('hidden')).toContainText('512 units');
  await expect(app.page.getByRole('contentinfo')).toContainText('No problems');
  // What it took the place of was not saved: it is kept, one press away and among the recent projects.
  await expect(app.page.getByLabel('Messages')).toContainText('“Race: MLP, CNN, LSTM” was not saved');
  await app.view('Home').click();
  await expect(app.page.getByRole('region', { name: 'Recent projects' }).getByRole('button', { name: /^Race: MLP, CNN, LSTM/ })).toBeVisible();
  await app.action('Go back to it').click();
  await expect(app.layer('hidden')).toContainText('77 units');
});

test('pasted garbage says so; a circle by paste is a problem with a repair; a million units do not freeze', async ({ app }) => {
  const paste = async (text: string) => {
    await app.page.evaluate((words) => navigator.clipboard.writeText(words), text);
    await app.page.keyboard.press('Control+v');
  };
  await paste('{"netwright":"layers","nodes":[{"id":1}]');
  await expect(app.page.getByText('The clipboard holds no layers')).toBeVisible();
  const node = (id: string) => ({ id, kind: 'dense', name: id, parameters: {}, position: { x: 400, y: id === 'a' ? 0 : 100 } });
  const wire = (id: string, source: string, target: string) => ({ id, source, target, input: 0 });
  await paste(JSON.stringify({ netwright: 'layers', nodes: [node('a'), node('b')], edges: [wire('e', 'a', 'b'), wire('f', 'b', 'a')] }));
  await expect(app.layers()).toHaveCount(6);
  await app.canvas().getByRole('button', { name: 'Problem at a' }).click();
  await expect(app.page.getByRole('dialog', { name: 'Problem' })).toContainText('feed each other in a circle');
  await app.page.getByRole('dialog', { name: 'Problem' }).getByRole('button', { name: 'Remove one connection of the circle' }).click();
  await expect(app.page.getByText('feed each other in a circle')).toHaveCount(0);
  await app.undo(2);
  await app.select('hidden');
  await app.setNumber('Units', 1_000_000);
  await expect(app.layer('hidden')).toContainText('785,000,000');
  await app.undo();
  await expect(app.layer('hidden')).toContainText('401,920');
});
