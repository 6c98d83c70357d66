// What the app tells while one draws: what an epoch takes, a figure on each layer, what a sample looks like inside, and repairs of one click.

import type { App } from '../drivers/app.ts';
import { expect, test } from '../drivers/test.ts';

const message = (app: App) => app.page.getByRole('dialog', { name: 'Problem' });

/** Does a repair that stands first, or behind the others. */
async function mend(app: App, layer: string, label: string | RegExp): Promise<void> {
  await app
    .canvas()
    .getByRole('button', { name: `Problem at ${layer}` })
    .click();
  const others = message(app).getByRole('button', { name: /other repair/ });
  const first = message(app).getByRole('button', { name: label });
  if (!(await first.isVisible())) await others.click();
  await first.or(app.page.getByRole('menuitem', { name: label })).click();
}

test('one click each: units, a connection that is missing, an arrangement of axes; each undone by one step', async ({ app }) => {
  await app.page.getByRole('tab', { name: 'CNN' }).click();
  await app.select('digits');
  await app.setNumber('Units', 7);
  await expect(app.problems()).toHaveCount(1);
  await app.action('1 problem').click();
  const list = app.page.getByRole('region', { name: 'Problems' });
  await expect(list).toContainText('digits gives 7; for MNIST sample it must be 10 numbers, one for each class');
  await list.getByRole('button', { name: 'Set digits to 10 units, softmax' }).click();
  await expect(list).toContainText('No problems found');
  await app.page.keyboard.press('Escape');
  await expect(list).toBeHidden();
  await expect(app.problems()).toHaveCount(0);
  await app.undo(1);
  await expect(app.problems()).toHaveCount(1);
  await app.undo(1);

  await app.select('flatten');
  await app.page.keyboard.press('Delete');
  await expect(app.canvas().getByRole('button', { name: 'Problem at hidden' })).toBeVisible();
  await mend(app, 'hidden', 'Connect pool_2 to hidden');
  await mend(app, 'digits', /^Insert Flatten before digits$/);
  await expect(app.problems()).toHaveCount(0);
  await app.undo(3);
  await expect(app.layers()).toHaveCount(8);
});

test.describe('measured', () => {
  test.use({ forecasts: true });

  test('an epoch is measured while nothing is done, again after a change, and not with a problem; figures on each layer', async ({ app }) => {
    const status = app.page.getByRole('contentinfo', { name: 'Status' });
    await expect(status).toContainText(/≈ .+ per epoch, \d+ MiB, ONNX Runtime/, { timeout: 180_000 });
    await app.select('digits');
    await app.setNumber('Units', 7);
    await expect(status).toContainText('Time per epoch not measured yet');
    await app.undo(1);
    await expect(status).toContainText(/≈ .+ per epoch/, { timeout: 180_000 });
    // What is far too large is not tried: its memory is told, from the program alone.
    await app.select('hidden');
    await app.setNumber('Units', 1_000_000);
    await expect(status).toContainText(/A step would hold about \d+\.\d GiB/, { timeout: 60_000 });
    await app.undo(1);
    await app.action('Shown on each layer').click();
    await app.page.getByRole('menuitem', { name: 'Multiply-adds on each layer' }).click();
    await expect(app.layer('hidden')).toContainText('401 k mult-adds');
    await app.page.getByRole('button', { name: 'Sample', exact: true }).click();
    await expect(app.layer('hidden').locator('img')).toBeVisible();
    await expect(app.layer('hidden')).not.toContainText('mult-adds');
  });
});
