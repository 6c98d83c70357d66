// The drawing in all its states: empty, being drawn, wrong, large, opened, set, marked.

import type { App } from '../drivers/app.ts';
import { expect, test } from '../drivers/test.ts';
import { chainProject } from '../bench/chain.ts';
import { command, look, selectAll } from './looking.ts';

const message = (app: App) => app.page.getByRole('dialog', { name: 'Problem' });

test('an empty network, its first layers, a problem, the list of problems', async ({ app }) => {
  await app.action('New network').click();
  await expect(app.layers()).toHaveCount(0);
  await look(app, 'empty', { contrast: true });
  await app.page.keyboard.press('o');
  await look(app, 'outline-empty');
  await app.page.keyboard.press('o');
  await app.dragFromPalette('Input', { x: 420, y: 120 });
  await app.dragFromPalette('Conv2D', { x: 420, y: 320 });
  await app.problems().first().click();
  await look(app, 'problem', { contrast: true });
  await app.page.keyboard.press('Escape');
  await app.action('1 problem').click();
  await look(app, 'problems');
});

test('two shapes that do not match; advice', async ({ app }) => {
  await app.page.getByRole('tab', { name: 'CNN' }).click();
  const [above, below] = [await app.placeOf('conv_2'), await app.placeOf('pool_2')];
  const entry = app.palette().getByRole('button', { name: 'Add', exact: true });
  await entry.scrollIntoViewIfNeeded();
  const box = await entry.boundingBox();
  await app.drag({ x: (box?.x ?? 0) + 20, y: (box?.y ?? 0) + 10 }, { x: above.x, y: (above.y + below.y) / 2 });
  await app.connect('pool_1', 'add_1', 2);
  await app.canvas().getByRole('button', { name: 'Problem at add_1' }).click();
  await expect(message(app)).toBeVisible();
  await look(app, 'mismatch', { contrast: true });
  await app.page.keyboard.press('Escape');
  await app.page.getByRole('tab', { name: 'MLP' }).click();
  await app.select('hidden');
  await app.pick('Activation', 'linear');
  await app.canvas().getByRole('button', { name: 'Advice for hidden' }).click();
  await expect(message(app)).toBeVisible();
  await look(app, 'advice', { contrast: true });
});

test('lists of layers, lines being drawn, what is refused', async ({ app }) => {
  await app.select('hidden');
  await app.page.keyboard.press('/');
  await expect(app.page.getByRole('dialog', { name: 'Add a layer' })).toBeVisible();
  await look(app, 'add', { contrast: true });
  await app.page.keyboard.press('Escape');
  await app.palette().getByRole('textbox', { name: 'Search layers' }).fill('batch');
  await look(app, 'palette-found');
  await app.palette().getByRole('textbox', { name: 'Search layers' }).fill('');
  await app.dragFromPalette('Dense', { x: 420, y: 620 });
  await app.select('flatten');
  await app.page.keyboard.press('c');
  await look(app, 'connect-keys');
  await app.page.keyboard.press('Escape');
  await app.tryToConnect('digits', 'hidden', async () => {
    await expect(app.page.getByText(/circle/i)).toBeVisible();
    await look(app, 'refused', { contrast: true, pointing: true });
  });
  const [dropout, from, to] = [app.palette().getByRole('button', { name: 'Dropout', exact: true }), await app.placeOf('hidden'), await app.placeOf('digits')];
  await dropout.scrollIntoViewIfNeeded();
  const box = await dropout.boundingBox();
  await app.page.mouse.move((box?.x ?? 0) + 20, (box?.y ?? 0) + 10);
  await app.page.mouse.down();
  await app.page.mouse.move(from.x, (from.y + to.y) / 2, { steps: 8 });
  await look(app, 'insert', { pointing: true });
  await app.page.mouse.up();
});

test('several layers, one passed by and one frozen, a comment, a frame, figures, left to right', async ({ app }) => {
  await app.select('flatten');
  await app.page.keyboard.press('b');
  await app.select('digits');
  await app.page.keyboard.press('Shift+B');
  await app.canvas().hover({ position: { x: 80, y: 300 } });
  await app.page.keyboard.press('n');
  await app.page.keyboard.type('Why 512 units?');
  await app.page.keyboard.press('Escape');
  await app.select('hidden');
  await app.page.keyboard.press('f');
  await app.page.keyboard.type('The hidden part');
  await app.page.keyboard.press('Enter');
  await command(app, 'Multiply-adds');
  await selectAll(app, ['hidden', 'digits']);
  await look(app, 'several', { contrast: true });
  await app.page.keyboard.press('Escape');
  await command(app, 'Draw from left to right');
  await expect(app.action('Undo: draw from left to right')).toBeVisible();
  await look(app, 'across');
});

test('an inspector with all its settings, its list of activations', async ({ app }) => {
  await app.page.getByRole('tab', { name: 'LSTM' }).click();
  await app.layers().nth(1).click();
  await app
    .inspector()
    .getByRole('button', { name: /^Advanced/ })
    .click();
  await look(app, 'advanced', { contrast: true });
  await app.page.getByRole('tab', { name: 'MLP' }).click();
  await app.select('hidden');
  await app
    .inspector()
    .getByRole('button', { name: /^All \d+/ })
    .click();
  await look(app, 'activations');
  await app.setNumber('Units', 0);
  await look(app, 'field-wrong');
});

test('tall and wide networks, 500 layers near and far', async ({ app }) => {
  for (const [template, name] of [
    [/^ResNet/, 'tall'],
    [/^Inception/, 'wide'],
    [/^U-Net/, 'unet'],
    [/^Transformer encoder/, 'transformer'],
  ] as const) {
    await app.view('Home').click();
    await app.page.getByRole('region', { name: 'New from a template' }).getByRole('button', { name: template }).first().click();
    await expect(app.layers().first()).toBeVisible();
    for (const close of await app.action('Close message').all()) await close.click();
    await look(app, name);
  }
  await app.openText('large.netwright', chainProject(500));
  await expect(app.page.getByRole('contentinfo', { name: 'Status' })).toContainText('500 layers');
  for (const close of await app.action('Close message').all()) await close.click();
  await look(app, 'large-near');
  await app.canvas().press('1');
  await expect(app.layer('dense_499')).toBeVisible();
  await look(app, 'large-far', { contrast: true });
});
