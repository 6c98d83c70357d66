// Adding layers: the list at the pointer and below a layer, settings typed with the name, Tab for the likely next layer, what does not fit.

import type { App } from '../drivers/app.ts';
import { expect, test } from '../drivers/test.ts';

const list = (app: App) => app.page.getByRole('dialog', { name: 'Add a layer' });

async function emptyNetwork(app: App): Promise<void> {
  await app.action('New network').click();
  await expect(app.layers()).toHaveCount(0);
}

/** Presses `/`, types, presses Enter. */
async function typeLayer(app: App, words: string): Promise<void> {
  await app.page.keyboard.press('/');
  await expect(list(app)).toBeVisible();
  await app.page.keyboard.type(words);
  await app.page.keyboard.press('Enter');
  await expect(list(app)).toBeHidden();
}

test('a double click opens the list, settings are typed after the name and the layer has them', async ({ app }) => {
  await emptyNetwork(app);
  await app.canvas().dblclick({ position: { x: 120, y: 500 } });
  await expect(list(app)).toBeVisible();
  await app.page.keyboard.type('conv2d 6 5 tanh same');
  await expect(list(app)).toContainText('6 filters · 5 × 5 · tanh');
  await app.page.keyboard.press('Enter');
  await expect(app.layer('conv2d_1')).toContainText('6 filters · 5 × 5');
  await app.undo();
  await expect(app.layers()).toHaveCount(0);
});

test('a word that no setting knows is said before the layer is added', async ({ app }) => {
  await emptyNetwork(app);
  await app.page.keyboard.press('/');
  await app.page.keyboard.type('dense 10 purple');
  await expect(list(app)).toContainText('Dense has no setting for “purple”.');
});

test('with a layer selected the list adds below it; what does not fit stands last with the reason', async ({ app }) => {
  await app.select('hidden');
  await app.page.keyboard.press('/');
  await expect(list(app).getByRole('option').first()).toContainText('Dense');
  await app.page.keyboard.type('conv2d');
  await expect(list(app)).toContainText('Does not fit here');
  await expect(list(app).getByRole('status')).toContainText(/needs .* but gets/);
  await app.page.keyboard.press('Escape');
  await typeLayer(app, 'dropout 0.25');
  await expect(app.layer('dropout_1')).toContainText('0.25');
  await expect(app.connections()).toHaveCount(4);

  // A branch comes beside what follows already.
  await app.select('hidden');
  await app.page.keyboard.press('Shift+A');
  await expect(list(app).getByRole('combobox', { name: 'Add after hidden' })).toBeFocused();
  await app.page.keyboard.type('dense 3');
  await app.page.keyboard.press('Enter');
  await expect(app.connections()).toHaveCount(5);
  const [branch, other] = [await app.placeOf('dense_1'), await app.placeOf('dropout_1')];
  expect(branch.y).toBeCloseTo(other.y, 0);
  expect(branch.x).toBeGreaterThan(other.x + 200);
});

test('Tab adds the likely next layer until the network is whole', async ({ app }) => {
  await emptyNetwork(app);
  await app.action('Add Input for MNIST sample').click();
  for (let count = 2; count <= 7; count++) {
    await app.page.keyboard.press('Tab');
    await expect(app.layers()).toHaveCount(count);
  }
  await app.page.keyboard.press('Tab');
  await expect(app.layer('dense_2')).toContainText('10 units · softmax');
  await expect(app.problems()).toHaveCount(0);
  await expect(app.page.getByRole('contentinfo')).toContainText('No problems');
  await app.undo();
  await expect(app.layers()).toHaveCount(7);
});

test('Tab goes on from control to control where no layer is selected', async ({ app }) => {
  await app.canvas().click({ position: { x: 30, y: 500 } });
  await app.page.keyboard.press('Tab');
  await expect(app.layers()).toHaveCount(4);
});

test('a connection dragged into the open lists what fits there', async ({ app }) => {
  const output = await app.placeOf('digits');
  await app.drag({ x: output.x, y: output.y + 26 }, { x: output.x + 160, y: output.y + 140 });
  await expect(list(app)).toBeVisible();
  await app.page.keyboard.type('drop');
  await app.page.keyboard.press('Enter');
  await expect(app.layer('dropout_1')).toBeVisible();
  await expect(app.connections()).toHaveCount(4);
});

test('the palette finds layers by other words, shows what was used last and what does not fit', async ({ app }) => {
  const search = app.palette().getByLabel('Search layers');
  await search.fill('fully connected');
  await expect(app.palette().getByRole('button', { name: 'Dense', exact: true })).toBeVisible();
  // By Keras' name, and by the family.
  await search.fill('MaxPooling2D');
  await expect(app.palette().getByRole('button', { name: 'MaxPooling2D', exact: true })).toBeVisible();
  await search.fill('normalization');
  await expect(app.palette().getByRole('button', { name: 'LayerNormalization', exact: true })).toBeVisible();
  await expect(app.palette().getByRole('button', { name: 'Dense', exact: true })).toHaveCount(0);
  await search.fill('');
  await app.select('hidden');
  await expect(app.palette().getByRole('button', { name: 'Conv2D', exact: true })).toHaveAttribute('title', /^Does not fit below hidden: /);
  await app.palette().getByRole('button', { name: 'Dropout', exact: true }).click();
  await expect(app.palette().getByRole('button', { name: 'Dropout, recently used' })).toBeVisible();
});

test('the palette is one stop of Tab, with arrows inside', async ({ app }) => {
  const entry = (name: string) => app.palette().getByRole('button', { name, exact: true });
  await app.palette().getByLabel('Search layers').focus();
  await app.page.keyboard.press('Tab');
  await app.page.keyboard.press('ArrowDown');
  await expect(entry('Input')).toBeFocused();
  await app.page.keyboard.press('ArrowDown');
  await expect(entry('Dense')).toBeFocused();
  await app.page.keyboard.press('Tab');
  expect(await app.page.evaluate(() => document.activeElement?.closest('[aria-label="Layers"]') === null)).toBe(true);
  await app.page.keyboard.press('Shift+Tab');
  await expect(entry('Dense')).toBeFocused();
  await app.page.keyboard.press('Enter');
  await expect(app.layers()).toHaveCount(5);
});

test('in a narrow window the palette opens at its family over the canvas and goes away by itself', async ({ app }) => {
  await app.page.setViewportSize({ width: 1100, height: 700 });
  await app.page.getByRole('button', { name: 'Merge', exact: true }).click();
  await expect(app.palette().getByRole('button', { name: 'Add', exact: true })).toBeInViewport();
  await app.canvas().click({ position: { x: 700, y: 300 } });
  await expect(app.palette()).toBeHidden();
  await app.page.getByRole('button', { name: 'Core', exact: true }).click();
  await app.palette().getByRole('button', { name: 'Dense', exact: true }).click();
  await expect(app.layers()).toHaveCount(5);
  await expect(app.palette()).toBeHidden();
  // The message at a layer lies beside the inspector that comes with its selection, not behind it.
  await app.undo();
  await app.select('flatten');
  await app.page.keyboard.press('Delete');
  await app.page.keyboard.press('F8');
  await expect(app.page.getByRole('dialog', { name: 'Problem' }).getByRole('button', { name: 'Connect image to hidden' })).toBeInViewport({ ratio: 0.99 });
});
