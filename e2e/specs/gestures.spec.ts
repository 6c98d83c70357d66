// Gestures beside the main journey: the list of layers at the pointer, a layer dropped on a connection, the clipboard between networks,
// a connection moved and pulled off, a theme that is remembered.

import { expect, test } from '../drivers/test.ts';

test.use({ permissions: ['clipboard-read', 'clipboard-write'], contextOptions: { reducedMotion: 'no-preference' } });

test('the slash opens the list of layers at the pointer; Enter adds the first that fits', async ({ app }) => {
  await app.canvas().hover({ position: { x: 120, y: 400 } });
  await app.page.keyboard.press('/');
  const list = app.page.getByRole('dialog', { name: 'Add a layer' });
  await expect(list).toBeVisible();
  await app.page.keyboard.type('dropo');
  await app.page.keyboard.press('Enter');
  await expect(list).toBeHidden();
  await expect(app.layer('dropout_1')).toBeVisible();
  await app.undo();
  await expect(app.layers()).toHaveCount(4);
});

test('a layer dropped on a connection goes between its two layers, in one step', async ({ app }) => {
  const [above, below] = [await app.placeOf('hidden'), await app.placeOf('digits')];
  const entry = app.palette().getByRole('button', { name: 'Dropout', exact: true });
  await entry.scrollIntoViewIfNeeded();
  const box = await entry.boundingBox();
  await app.drag({ x: (box?.x ?? 0) + 20, y: (box?.y ?? 0) + 10 }, { x: above.x, y: (above.y + below.y) / 2 });
  await expect(app.layer('dropout_1')).toContainText('512');
  await expect(app.connections()).toHaveCount(4);
  await app.undo();
  await expect(app.connections()).toHaveCount(3);
});

test('layers are copied from one network to another, or cut', async ({ app }) => {
  await app.select('hidden');
  await app.page.keyboard.press('Control+c');
  await app.action('New network').click();
  await expect(app.layers()).toHaveCount(0);
  await app.page.keyboard.press('Control+v');
  await expect(app.layers()).toHaveCount(1);
  await expect(app.layers().first()).toContainText('512 units');
  await app.page.getByRole('tab', { name: 'MLP' }).click();
  await app.select('flatten');
  await app.page.keyboard.press('Control+x');
  await expect(app.layers()).toHaveCount(3);
  await app.page.keyboard.press('Control+v');
  await expect(app.layers()).toHaveCount(4);
  await app.undo(2);
  await expect(app.layers()).toHaveCount(4);
  await expect(app.connections()).toHaveCount(3);
});

test('the theme is kept when the page is opened again', async ({ app }) => {
  await app.view('Setup').click();
  await app.pick('Theme', 'Dark', app.page.getByRole('dialog', { name: 'Setup' }));
  await expect(app.page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await app.page.reload();
  await expect(app.canvas()).toBeVisible();
  await expect(app.page.locator('html')).toHaveAttribute('data-theme', 'dark');
});

test('the learning rate is changed while the network learns, and the run is stopped', async ({ app }) => {
  await app.openDock();
  await app.setNumber('Epochs', 500, app.dock());
  await app.train();
  await expect(app.dock()).toContainText(/step [1-9]/);
  await app.setNumber('Learning rate', 0.0005, app.dock());
  const apply = app.action('Apply the learning rate from the next step');
  await apply.click();
  await expect(apply).toBeDisabled();
  await app.stop();
  await expect(app.dock()).toContainText('stopped');
});

test('a race can be stopped', async ({ app }) => {
  await app.view('Race').click();
  await app.action('Start race').click();
  await app.action('Stop race').click();
  await expect(app.action('Race again')).toBeVisible();
  await expect(app.page.getByRole('table', { name: 'Networks compared' })).toContainText(/stopped/i);
});
