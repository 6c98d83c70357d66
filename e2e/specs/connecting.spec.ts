// Connections: refused while dragging, their ends moved, made from the keyboard, their order changed.

import type { App } from '../drivers/app.ts';
import { expect, test } from '../drivers/test.ts';

async function twoBranches(app: App): Promise<void> {
  await app.action('New network').click();
  await app.dragFromPalette('Dense', { x: 200, y: 120 });
  await app.dragFromPalette('Dense', { x: 560, y: 120 });
  await app.dragFromPalette('Add', { x: 380, y: 360 });
}

test('an end is moved to another layer at either side, and pulled off in the open, each one step', async ({ app }) => {
  await twoBranches(app);
  await app.connect('dense_1', 'add_1');
  const [first, second, add] = [await app.placeOf('dense_1'), await app.placeOf('dense_2'), await app.placeOf('add_1')];
  // The upper end, just below its port, goes to the other layer.
  await app.drag({ x: first.x, y: first.y + 48 }, { x: second.x, y: second.y + 26 });
  await expect(app.page.locator('.react-flow__edge[aria-label="dense_2 to add_1"]')).toHaveCount(1);
  await app.undo();
  await expect(app.page.locator('.react-flow__edge[aria-label="dense_1 to add_1"]')).toHaveCount(1);
  // The lower end, just above its port, is pulled off.
  await app.drag({ x: add.x, y: add.y - 48 }, { x: add.x + 200, y: add.y + 120 });
  await expect(app.connections()).toHaveCount(0);
  await app.undo();
  await expect(app.connections()).toHaveCount(1);
});

test('the keyboard connects: C, arrows, Enter; Escape leaves it', async ({ app }) => {
  await twoBranches(app);
  await app.select('dense_1');
  await app.page.keyboard.press('c');
  const status = app.canvas().getByRole('status');
  await expect(status).toContainText('Connect dense_1 →');
  await app.page.keyboard.press('Escape');
  await expect(status).toHaveCount(0);
  await app.page.keyboard.press('c');
  while (!(await status.textContent())?.includes('add_1')) await app.page.keyboard.press('ArrowDown');
  await app.page.keyboard.press('Enter');
  await expect(app.connections()).toHaveCount(1);
  await expect(app.page.locator('.react-flow__edge[aria-label="dense_1 to add_1"]')).toHaveCount(1);
});

test('the order of several inputs is shown and changed', async ({ app }) => {
  await twoBranches(app);
  await app.connect('dense_1', 'add_1');
  await app.connect('dense_2', 'add_1', 2);
  await app.select('add_1');
  const inputs = app.inspector().getByRole('list', { name: 'Inputs of add_1' }).getByRole('listitem');
  await expect(inputs).toContainText(['dense_1', 'dense_2']);
  await app.inspector().getByRole('button', { name: 'Move dense_1 down' }).click();
  await expect(inputs).toContainText(['dense_2', 'dense_1']);
  await app.undo();
  await expect(inputs).toContainText(['dense_1', 'dense_2']);
});
