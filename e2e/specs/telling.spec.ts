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

test('two shapes that disagree stand there with both layers, and a branch is changed; a loss that does not fit is changed', async ({ app }) => {
  await app.page.getByRole('tab', { name: 'CNN' }).click();
  const [above, below] = [await app.placeOf('conv_2'), await app.placeOf('pool_2')];
  const entry = app.palette().getByRole('button', { name: 'Add', exact: true });
  await entry.scrollIntoViewIfNeeded();
  const box = await entry.boundingBox();
  await app.drag({ x: (box?.x ?? 0) + 20, y: (box?.y ?? 0) + 10 }, { x: above.x, y: (above.y + below.y) / 2 });
  await app.connect('pool_1', 'add_1', 2);
  const message = app.page.getByRole('dialog', { name: 'Problem' });
  const atAdd = app.canvas().getByRole('button', { name: 'Problem at add_1' });
  await atAdd.click();
  await expect(message).toContainText(/conv_2\s*11 × 11 × 64/);
  await expect(message).toContainText(/pool_1\s*13 × 13 × 32/);
  await message.getByRole('button', { name: 'Set filters of conv_2 to 32, padding to “same”' }).click();
  await expect(app.layer('conv_2')).toContainText('13 × 13 × 32');
  await expect(app.problems()).toHaveCount(0);
  await app.undo();
  await expect(atAdd).toBeVisible();
  await app.undo(2);

  await app.page.getByRole('tab', { name: 'MLP' }).click();
  await app.openDock();
  await app.choose('Loss', /^CTC/, app.dock());
  await app.action('1 problem').click();
  const list = app.page.getByRole('region', { name: 'Problems' });
  await list.getByRole('button', { name: 'Choose the loss automatically' }).click();
  await expect(list).toContainText('No problems found');
  await app.page.keyboard.press('Escape');
  await app.undo();
  await expect(app.action('1 problem')).toBeVisible();
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
    await app.action('Shown on each layer').click();
    await app.page.getByRole('menuitem', { name: 'Activation memory on each layer' }).click();
    await expect(app.layer('hidden')).toContainText('2.00 KiB');
    await app.action('Shown on each layer').click();
    await app.page.getByRole('menuitem', { name: 'Multiply-adds on each layer' }).click();
    await app.page.getByRole('button', { name: 'Sample', exact: true }).click();
    await expect(app.layer('hidden').locator('img')).toBeVisible();
    await expect(app.layer('hidden')).not.toContainText('mult-adds');
  });
});
