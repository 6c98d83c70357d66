// Selecting and arranging: a frame drawn with the mouse, Shift, lining up, tidying in both directions, comments and frames.

import type { App } from '../drivers/app.ts';
import { expect, test } from '../drivers/test.ts';

async function run(app: App, words: string): Promise<void> {
  await app.page.keyboard.press('Control+k');
  const list = app.page.getByRole('dialog', { name: 'Search or run' });
  await expect(list).toBeVisible();
  await app.page.keyboard.type(words);
  await app.page.keyboard.press('Enter');
  await expect(list).toBeHidden();
}

async function scattered(app: App): Promise<void> {
  await app.action('New network').click();
  await app.dragFromPalette('Dense', { x: 200, y: 120 });
  await app.dragFromPalette('Dropout', { x: 460, y: 260 });
  await app.dragFromPalette('Flatten', { x: 300, y: 520 });
}
const names = ['dense_1', 'dropout_1', 'flatten_1'] as const;
const places = (app: App) => Promise.all(names.map((name) => app.placeOf(name)));

test('a drawn frame selects, Shift adds and takes away', async ({ app }) => {
  await scattered(app);
  const box = await app.canvas().boundingBox();
  const [x, y] = [box?.x ?? 0, box?.y ?? 0];
  await app.drag({ x: x + 60, y: y + 40 }, { x: x + 640, y: y + 320 });
  await expect(app.inspector()).toContainText('2 layers');
  await app.page.keyboard.down('Shift');
  await app.select('flatten_1');
  await expect(app.inspector()).toContainText('3 layers');
  await app.layer('dense_1').click();
  await expect(app.layer('dense_1')).not.toHaveClass(/selected/);
  await expect(app.inspector()).toContainText('2 layers');
  await app.page.keyboard.up('Shift');
});

test('layers snap to the grid; the chosen ones alone are tidied up; the view fits the network, or what is chosen', async ({ app }) => {
  await scattered(app);
  await app.page.keyboard.press('Control+0');
  const [from, other] = [await app.placeOf('dense_1'), await app.placeOf('flatten_1')];
  await app.drag(from, { x: from.x + 47, y: from.y + 31 });
  const moved = async () => {
    const { x, y } = await app.placeOf('dense_1');
    return [Math.round(x - from.x), Math.round(y - from.y)];
  };
  await expect.poll(moved).toEqual([40, 20]);
  await app.undo();
  await expect.poll(moved).toEqual([0, 0]);

  await app.connect('dense_1', 'dropout_1');
  await app.select('dense_1');
  await app.page.keyboard.down('Shift');
  await app.select('dropout_1');
  await app.page.keyboard.up('Shift');
  await app.action('Tidy up the selection').click();
  await expect.poll(async () => Math.round((await app.placeOf('dropout_1')).x - (await app.placeOf('dense_1')).x)).toBe(0);
  expect(await app.placeOf('flatten_1')).toEqual(other);
  await app.undo();

  const width = async (name: string) => (await app.layer(name).boundingBox())?.width ?? 0;
  await app.canvas().hover({ position: { x: 60, y: 400 } });
  for (let step = 0; step < 3; step++) await run(app, 'Zoom out');
  await expect.poll(() => width('flatten_1')).toBeLessThan(200);
  await app.select('flatten_1');
  await run(app, 'Fit the selection');
  await expect.poll(() => width('flatten_1')).toBeGreaterThan(260);
  await run(app, 'Fit the network');
  for (const name of names) await expect(app.layer(name)).toBeInViewport({ ratio: 0.99 });
});

test('several layers line up, get equal gaps, and one step takes each back', async ({ app }) => {
  await scattered(app);
  await app.page.keyboard.press('Control+a');
  await app.inspector().getByRole('button', { name: 'Align left edges' }).click();
  const aligned = await places(app);
  expect(new Set(aligned.map(({ x }) => Math.round(x))).size).toBe(1);
  await app.inspector().getByRole('button', { name: 'Distribute downwards' }).click();
  const [a, b, c] = await places(app);
  expect(Math.abs((b?.y ?? 0) - (a?.y ?? 0) - ((c?.y ?? 0) - (b?.y ?? 0)))).toBeLessThanOrEqual(20);
  await app.undo(2);
  expect(new Set((await places(app)).map(({ x }) => Math.round(x))).size).toBe(3);
});

test('the network is drawn from left to right, ports and all, and back', async ({ app }) => {
  await run(app, 'Draw from left to right');
  const apart = async () => {
    const [hidden, digits] = [await app.placeOf('hidden'), await app.placeOf('digits')];
    return { across: Math.round(Math.abs(digits.y - hidden.y)), isRight: digits.x > hidden.x + 100 };
  };
  await expect.poll(apart).toEqual({ across: 0, isRight: true });
  await app.select('digits');
  await app.page.keyboard.press('Delete');
  await app.select('hidden');
  await app.page.keyboard.press('Tab');
  await expect(app.layer('dense_1')).toContainText('10');
  expect((await app.placeOf('dense_1')).x).toBeGreaterThan((await app.placeOf('hidden')).x);
  await app.undo(3);
  await expect.poll(async () => (await app.placeOf('digits')).y > (await app.placeOf('hidden')).y).toBe(true);
});

test('a comment is written, moved and taken back; a frame carries the layers in it', async ({ app }) => {
  await app.canvas().hover({ position: { x: 80, y: 300 } });
  await app.page.keyboard.press('n');
  await app.page.keyboard.type('Why 512 units?');
  await app.page.keyboard.press('Escape');
  const comment = app.canvas().getByText('Why 512 units?');
  await expect(comment).toBeVisible();
  await app.undo();
  await expect(comment).toBeHidden();
  await app.undo();
  await app.select('hidden');
  await app.page.keyboard.press('f');
  await app.page.keyboard.type('The hidden part');
  await app.page.keyboard.press('Enter');
  const before = await app.placeOf('hidden');
  const title = await app.canvas().getByText('The hidden part').boundingBox();
  const grip = { x: (title?.x ?? 0) + 90, y: (title?.y ?? 0) + 10 };
  await app.drag(grip, { x: grip.x + 200, y: grip.y });
  await expect.poll(async () => Math.round((await app.placeOf('hidden')).x - before.x)).toBeGreaterThan(100);
  await app.undo();
  await expect.poll(async () => Math.round((await app.placeOf('hidden')).x - before.x)).toBe(0);
  await app.select('digits');
  await app
    .canvas()
    .getByText('The hidden part')
    .click({ position: { x: 60, y: 10 } });
  await app.page.keyboard.press('Delete');
  await expect(app.canvas().getByText('The hidden part')).toHaveCount(0);
  await expect(app.layers()).toHaveCount(4);
});

test('a frame that is selected still lies behind its layers when the drawing is opened again', async ({ app }) => {
  await app.select('hidden');
  await app.page.keyboard.press('f');
  await app.page.keyboard.press('Enter');
  await app.page.keyboard.press('o');
  await app.page.keyboard.press('o');
  await app.select('hidden');
  await expect(app.inspector()).toContainText('Units');
});

test('a press in the overview brings the view there', async ({ app }) => {
  const before = await app.placeOf('image');
  const overview = app.page.getByRole('img', { name: 'Overview of the network' });
  await overview.click({ position: { x: 68, y: 84 } });
  await expect.poll(async () => (await app.placeOf('image')).y).toBeLessThan(before.y - 50);
});
