// Blocks: made of a selection, repeated, opened where they stand or on a canvas of their own with the way back, used at a second place, set
// apart, dissolved.

import { expect, test } from '../drivers/test.ts';

test('a selection becomes a block, is repeated, opened, changed at all its places, and dissolved without loss', async ({ app }) => {
  await app.page.getByRole('tab', { name: 'CNN' }).click();
  await expect(app.layers()).toHaveCount(8);
  const status = app.page.getByRole('contentinfo');
  await expect(status).toContainText('225,034 parameters');
  await app.select('conv_1');
  await app.page.keyboard.down('Shift');
  await app.select('pool_1');
  await app.page.keyboard.up('Shift');
  await app.page.keyboard.press('Control+g');
  await expect(app.layers()).toHaveCount(7);
  await expect(status).toContainText('225,034 parameters');
  await expect(app.layer('block_1')).toContainText('Conv2D, MaxPooling2D');
  await expect(app.inspector()).toContainText('2 layers as one');

  // Opened, it is a canvas of its own; what is changed inside shows outside.
  await app.page.keyboard.press('e');
  const crumbs = app.page.getByRole('navigation', { name: 'Open blocks' });
  await expect(crumbs).toContainText(/CNN.*Block/);
  await expect(app.layer('conv_1')).toContainText('26 × 26 × 32');
  await expect(app.inspector()).toContainText(/Output shape\s*13 × 13 × 32.*Parameters\s*320/s);
  await app.select('conv_1');
  await app.setNumber('Filters', 16);
  await expect(app.layer('conv_1')).toContainText('26 × 26 × 16');
  await crumbs.getByRole('button', { name: 'CNN' }).click();
  await expect(app.layer('block_1')).toContainText('13 × 13 × 16');
  await app.undo();
  await expect(app.layer('block_1')).toContainText('13 × 13 × 32');

  // Dissolved, everything is as it was.
  await app.select('block_1');
  await app.page.keyboard.press('Control+Shift+g');
  await expect(app.layers()).toHaveCount(8);
  await expect(status).toContainText('225,034 parameters');
  await expect(status).toContainText('No problems');
});

test('a block stands at several places that follow one definition, repeated, until one is set apart', async ({ app }) => {
  await app.select('hidden');
  await app.page.keyboard.press('Control+g');
  await app.setNumber('Repeat', 3);
  await expect(app.layer('block_1')).toContainText('×3');
  // 784·512 + 512, and twice 512·512 + 512.
  await expect(app.layer('block_1')).toContainText('927,232');
  await app.palette().getByRole('button', { name: 'Block', exact: true }).click();
  await expect(app.layer('block_2')).toBeVisible();
  await app.layer('block_2').dblclick();
  await app.select('hidden');
  await app.setNumber('Units', 32);
  await app.page.keyboard.press('Escape');
  await app.canvas().click({ position: { x: 200, y: 640 } });
  await app.page.keyboard.press('Escape');
  await expect(app.layer('block_1')).toContainText('27,232');
  // Opened in place, too, one change is one of all places.
  await app.select('block_1');
  await app.page.keyboard.press('x');
  await app.setNumber('Units', 16);
  await expect(app.layer('block_2')).toContainText('272');
  await app.setNumber('Units', 32);
  await expect(app.layer('block_2')).toContainText('1,056');
  await app.page.getByRole('button', { name: 'Close block_1' }).click();
  await app.select('block_2');
  await app.inspector().getByRole('button', { name: 'Set apart' }).click();
  await app.page.keyboard.press('e');
  await app.select('hidden');
  await app.setNumber('Units', 8);
  await app.page.getByRole('navigation', { name: 'Open blocks' }).getByRole('button', { name: 'MLP' }).click();
  await expect(app.layer('block_1')).toContainText('32');
  await expect(app.layer('block_2')).toContainText('8');
});

test('what cannot be one block is said', async ({ app }) => {
  await app.select('image');
  await app.page.keyboard.press('Control+g');
  await expect(app.page.getByText('is where data enters')).toBeVisible();
  await expect(app.layers()).toHaveCount(4);
});

test('a block is kept for other projects, put into another one, renamed, and deleted', async ({ app, page }) => {
  await app.select('hidden');
  await page.keyboard.press('Control+g');
  await app.action('Keep the block for other projects').click();
  const mine = app.palette().getByRole('region', { name: 'My blocks' });
  const entry = (name: string) => mine.getByRole('button', { name, exact: true });
  await expect(entry('Block')).toBeVisible();

  // Another project, a new window: there it stands, and follows its like.
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Search or run' }).fill('New project');
  await page.keyboard.press('Enter');
  await expect(app.layers()).toHaveCount(0);
  await app.palette().getByRole('button', { name: 'Input', exact: true }).click();
  await entry('Block').click();
  await expect(app.layer('block_1')).toContainText('Dense');
  await page.keyboard.press('/');
  await page.keyboard.type('my blocks');
  await page.keyboard.press('Enter');
  await expect(app.inspector()).toContainText('It stands at 2 places');
  const more = (name: string, what: string) => async () => {
    await mine.getByRole('button', { name: `More about ${name}` }).click();
    await page.getByRole('menuitem', { name: what }).click();
  };
  await more('Block', 'Add, set apart')();
  await expect(app.layers()).toHaveCount(4);
  await expect(app.inspector()).not.toContainText('places');

  await more('Block', 'Rename')();
  await mine.getByRole('textbox').fill('My dense');
  await page.keyboard.press('Enter');
  await expect(entry('My dense')).toBeVisible();
  await more('My dense', 'Delete')();
  await expect(mine).toHaveCount(0);
  await page.getByLabel('Messages').getByRole('button', { name: 'Undo' }).click();
  await expect(entry('My dense')).toBeVisible();
});

test('inside a block: its problems at its nodes and at its card, with repairs that put layers in, notes, blocks of its own; never itself', async ({
  app,
  page,
}) => {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await app.select('hidden');
  await page.keyboard.press('Control+g');
  await page.keyboard.press('Control+c');
  await page.keyboard.press('e');
  const crumbs = page.getByRole('navigation', { name: 'Open blocks' });
  await expect(crumbs).toContainText('Block');
  await page.keyboard.press('Control+v');
  await expect(page.getByLabel('Messages')).toContainText('The block “Block” would contain itself.');
  await expect(app.layers()).toHaveCount(2);

  await app.select('hidden');
  await app.palette().getByRole('button', { name: 'LSTM', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Problem at lstm_1' })).toBeVisible();
  await page.keyboard.press('Shift+E');
  await expect(page.getByRole('button', { name: 'Problem at block_1' })).toBeVisible();

  // A repair that puts a layer in, offered inside and at its card: both change the definition.
  const mend = (at: string) => async () => {
    await page.getByRole('button', { name: `Problem at ${at}` }).click();
    await page.getByRole('dialog', { name: 'Problem' }).getByRole('button', { name: 'Insert Reshape to 512 × 1 before block_1/lstm_1' }).click();
  };
  await mend('block_1')();
  await expect(app.problems()).toHaveCount(0);
  await app.undo();
  await app.layer('block_1').dblclick();
  await mend('lstm_1')();
  await expect(app.layer('reshape_1')).toContainText('512 × 1');
  await expect(app.problems()).toHaveCount(0);
  await page.keyboard.press('Shift+E');
  await app.undo(2);

  await app.layer('block_1').dblclick();
  await app.select('hidden');
  await page.keyboard.press('f');
  await page.keyboard.type('The hidden part');
  await page.keyboard.press('Enter');
  await app.select('hidden');
  await page.keyboard.press('Control+g');
  await expect(app.layer('block_1')).toContainText('Dense');
  await crumbs.getByRole('button', { name: 'MLP' }).click();
  await expect(page.getByRole('contentinfo')).toContainText('407,050 parameters');
  await expect(app.canvas().getByText('The hidden part')).toHaveCount(0);
  await app.layer('block_1').dblclick();
  await app.layer('block_1').dblclick();
  await expect(app.canvas().getByText('The hidden part')).toBeVisible();
  await expect(app.layer('hidden')).toContainText('512');
});

test('a block is opened where it stands: others make room, what is in it is changed there, and closed everything is where it was', async ({ app, page }) => {
  await page.getByRole('tab', { name: 'CNN' }).click();
  await app.select('conv_2');
  await page.keyboard.down('Shift');
  await app.select('pool_2');
  await page.keyboard.up('Shift');
  await page.keyboard.press('Control+g');
  /** How far a layer that follows stands below the first one. */
  const following = async () => (await app.placeOf('flatten')).y - (await app.placeOf('image')).y;
  const before = await following();
  await app.canvas().getByRole('button', { name: 'Open block_1 in place' }).click();
  await expect(app.layer('conv_2')).toContainText('11 × 11 × 64');
  await expect(page.getByRole('navigation', { name: 'Open blocks' })).toHaveCount(0);
  expect(await following()).toBeGreaterThan(before + 200);

  // One change inside is one step, and reaches what follows.
  await app.select('conv_2');
  await app.setNumber('Filters', 16);
  await expect(app.layer('conv_2')).toContainText('11 × 11 × 16');
  await expect(app.layer('block_1')).toContainText('5 × 5 × 16');
  await app.undo();
  await expect(app.layer('block_1')).toContainText('5 × 5 × 64');

  // From the palette into it; a connection does not cross its edge.
  const inside = await app.placeOf('pool_2');
  await page.mouse.move(inside.x, inside.y);
  await app.tryToConnect('pool_1', 'conv_2', () => expect(page.getByText('A connection stays in its block')).toBeVisible());
  const item = app.palette().getByRole('button', { name: 'Dropout', exact: true });
  await item.scrollIntoViewIfNeeded();
  const { x, y } = await app.placeOf('conv_2');
  const from = await item.boundingBox();
  await app.drag({ x: (from?.x ?? 0) + 20, y: (from?.y ?? 0) + 8 }, { x, y: (y + inside.y) / 2 });
  await expect(app.layer('dropout_1')).toContainText('11 × 11 × 64');
  await expect(app.problems()).toHaveCount(0);
  await app.undo();

  // Dropped beside it, where the room of the open block is, a layer stays under the pointer.
  const beside = { x: x + 330, y: (y + inside.y) / 2 };
  await app.drag({ x: (from?.x ?? 0) + 20, y: (from?.y ?? 0) + 8 }, beside);
  const distance = async () => {
    const at = await app.placeOf('dropout_1');
    return Math.hypot(at.x - beside.x, at.y - beside.y);
  };
  await expect.poll(distance).toBeLessThan(20);
  // So does one that stood on the canvas and is dragged there: the view goes, and it is where it was held.
  await app.layer('dropout_1').hover();
  const frame = await app.placeOf('conv_2');
  await page.mouse.down();
  await page.mouse.move(beside.x, frame.y + 40, { steps: 5 });
  await page.mouse.up();
  await expect.poll(async () => Math.abs((await app.placeOf('conv_2')).y - frame.y)).toBeGreaterThan(40);
  await app.layer('dropout_1').hover();
  const released = await app.placeOf('dropout_1');
  // A card goes from point to point of the grid; a jump would be as long as half the frame.
  expect(Math.hypot(released.x - beside.x, released.y - frame.y - 40)).toBeLessThan(40);
  await app.undo(2);
  // The view has come to rest.
  await expect.poll(async () => (await app.placeOf('conv_2')).y - (await app.placeOf('conv_2')).y).toBe(0);
  const [first, last] = [await app.placeOf('conv_2'), await app.placeOf('pool_2')];

  // A box drawn inside takes layers in it, one across its edge the block.
  await app.drag({ x: first.x - 145, y: first.y - 40 }, { x: first.x + 10, y: last.y + 10 });
  await expect(app.inspector()).toContainText('2 layers');
  await page.keyboard.press('Escape');
  await expect(app.inspector()).toContainText('2 layers as one');
  await page.keyboard.press('x');
  await expect(app.layer('conv_2')).toHaveCount(0);
  expect(await following()).toBeCloseTo(before, 0);

  // By keyboard, and told in the outline.
  await page.keyboard.press('o');
  await page.keyboard.press('x');
  const row = (name: string) => page.getByRole('treeitem', { name });
  await expect(row('block_1, block')).toHaveAccessibleName(/opened, 3 layers in it/);
  await expect(row('conv_2, Conv2D')).toHaveAttribute('aria-level', '2');
  await expect(row('conv_2, Conv2D')).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Shift+E');
  await expect(row('conv_2, Conv2D')).toHaveCount(0);
});
