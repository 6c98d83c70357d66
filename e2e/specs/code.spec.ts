// The code beside the canvas: live, in three languages, and line and layer point at each other both ways.

import type { App } from '../drivers/app.ts';
import { expect, test } from '../drivers/test.ts';

const panel = (app: App) => app.page.getByRole('complementary', { name: 'Code' });
const text = (app: App) => panel(app).getByRole('region', { name: 'Code of the network' });
const marked = (app: App, how: 'selected' | 'pointed') => text(app).locator(`[class*="${how}"]`);
const language = (app: App, name: string) => panel(app).getByRole('radio', { name, exact: true });

test('the network as code follows what is drawn, in three languages', async ({ app }) => {
  await app.action(/^Code$/).click();
  await expect(text(app)).toContainText('model = keras.Sequential(');
  await expect(text(app)).toContainText('keras.layers.Dense(units=512, activation="relu", name="hidden")');
  // With palette and inspector beside it, the panel leaves the canvas its room.
  expect((await app.canvas().boundingBox())?.width).toBeGreaterThan(479);
  await app.dragFromPalette('Dropout', { below: 'digits' });
  await expect(text(app)).toContainText('dropout_1: not everything is connected to it yet.');
  await app.undo(1);
  await expect(text(app)).not.toContainText('dropout_1');
  await language(app, 'PyTorch').click();
  await expect(text(app)).toContainText('self.hidden = nn.Linear(784, 512)');
  await language(app, 'JSON').click();
  await expect(text(app)).toContainText('"kind": "dense"');
});

test('a layer shows its line, a line its layer', async ({ app }) => {
  await app.page.keyboard.press('Shift+c');
  // It takes its room from the canvas, which moves the layers.
  await expect(text(app)).toContainText('model = keras.Sequential(');
  await app.select('hidden');
  await expect(marked(app, 'selected')).toHaveText(/name="hidden"/);
  await text(app).getByText('name="digits"').hover();
  await expect(app.layer('digits')).toHaveClass(/pointed/);
  await text(app).getByText('name="digits"').click();
  await expect(app.layer('digits')).toHaveClass(/selected/);
  await app.layer('flatten').hover();
  await expect(marked(app, 'pointed')).toHaveText(/name="flatten"/);
  await app.page.keyboard.press('Shift+c');
  await expect(panel(app)).toBeHidden();
});

test('the code is copied whole', async ({ app, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await app.action(/^Code$/).click();
  await app.action('Copy the code').click();
  await expect(app.page.getByText('The code is on the clipboard')).toBeVisible();
  const copied = await app.page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toContain('import keras\n');
  expect(copied.trim().split('\n').at(-1)).toBe('model.evaluate(x_test, y_test)');
});
