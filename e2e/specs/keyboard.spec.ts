// By keyboard alone: LeNet-5 from nothing, the outline as good as the canvas, shortcuts that a person changes.

import type { Page } from '@playwright/test';
import { expect, test } from '../drivers/test.ts';

/** Presses keys and counts every one. */
class Fingers {
  private readonly page: Page;
  presses = 0;

  constructor(page: Page) {
    this.page = page;
  }

  async press(...keys: string[]): Promise<void> {
    for (const key of keys) await this.page.keyboard.press(key);
    this.presses += keys.length;
  }

  /** `/`, a layer with its settings, Enter. */
  async add(words: string): Promise<void> {
    const list = this.page.getByRole('dialog', { name: 'Add a layer' });
    await this.press('/');
    await expect(list).toBeVisible();
    await this.press(...[...words].map((letter) => (letter === ' ' ? 'Space' : letter)), 'Enter');
    await expect(list).toBeHidden();
  }
}

test('LeNet-5 is built from an empty network in under 90 key presses, without the mouse', async ({ app }) => {
  const fingers = new Fingers(app.page);
  await fingers.press('Control+k', ...'new net', 'Enter');
  await expect(app.layers()).toHaveCount(0);
  await fingers.add('in');
  await fingers.add('conv 6 5 ta sa');
  await fingers.add('av');
  await fingers.add('conv 16 5 ta');
  await fingers.press('Tab', 'Tab');
  await fingers.add('d 120 ta');
  await fingers.add('d 84 ta');
  await fingers.press('Tab');
  await expect(app.layers()).toHaveCount(9);
  const shapes = { conv2d_1: '28 × 28 × 6', average_pooling2d_1: '14 × 14 × 6', conv2d_2: '10 × 10 × 16', average_pooling2d_2: '5 × 5 × 16', flatten_1: '400' };
  for (const [name, shape] of Object.entries(shapes)) await expect(app.layer(name)).toContainText(shape);
  await expect(app.page.getByRole('contentinfo')).toContainText('61,706 parameters');
  await expect(app.page.getByRole('contentinfo')).toContainText('No problems');
  expect(fingers.presses, 'key presses').toBeLessThan(90);
});

test('in the outline a network is built, connected, changed and trained without canvas or mouse', async ({ app }) => {
  const keys = app.page.keyboard;
  const tree = app.page.getByRole('tree');
  const item = (name: string) => tree.getByRole('treeitem', { name });
  await keys.press('o');
  await expect(item('hidden, Dense')).toHaveAccessibleName(/512 units.*from flatten, output 512, 401,920 parameters/);
  await item('image, Input').focus();
  await keys.press('ArrowDown');
  await keys.press('ArrowDown');
  await expect(item('hidden, Dense')).toHaveAttribute('aria-selected', 'true');
  await keys.press('ArrowRight');
  await expect(item('Connection from flatten')).toBeVisible();
  await keys.press('ArrowDown');
  await keys.press('Delete');
  await expect(item('hidden, Dense')).toHaveAccessibleName(/Problem: Nothing is connected to the input of hidden/);
  await item('flatten, Flatten').focus();
  await keys.press('c');
  await expect(app.page.getByText('Connect flatten to hidden')).toBeVisible();
  await keys.press('Enter');
  await expect(item('hidden, Dense')).toHaveAccessibleName(/from flatten/);
  await item('hidden, Dense').focus();
  await keys.press('/');
  await keys.type('dropout 0.3');
  await keys.press('Enter');
  await expect(item('dropout_1, Dropout')).toHaveAccessibleName(/from hidden/);
  await keys.press('o');
  await expect(app.layer('dropout_1')).toBeVisible();
});

test('F6 goes round the regions and comes back to where one was; what lies over the page gives the focus back', async ({ app, page }) => {
  const focused = (selector: string) => expect(page.locator(`${selector} :focus, ${selector}:focus`)).toHaveCount(1);
  await app.select('hidden');
  const way = ['[aria-label="Inspector"]', '[aria-label="Training"]', 'footer', 'header', '[aria-label="Views"]', '[aria-label="Layers"]'];
  for (const region of way) {
    await page.keyboard.press('F6');
    await focused(region);
  }
  await page.keyboard.press('F6');
  await expect(page.locator('.react-flow__node:focus')).toContainText('hidden');
  await page.keyboard.press('Shift+F6');
  await focused('[aria-label="Layers"]');
  await page.keyboard.press('F6');
  for (const keys of ['Control+k', 'Control+f', 'Control+h', '?']) {
    await page.keyboard.press(keys);
    await expect(page.getByRole('dialog')).toBeVisible();
    await expect(page.locator('[role="dialog"] :focus, [role="dialog"]:focus')).toHaveCount(1);
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await expect(page.locator('.react-flow__node:focus')).toContainText('hidden');
  }
});

test('a shortcut is changed, works, is remembered, and is given back', async ({ app }) => {
  await app.page.keyboard.press('?');
  const dialog = app.page.getByRole('dialog', { name: 'Shortcuts' });
  // All that has a key can be searched and run, too: what can be done now stands in the list of commands.
  const changeable = await dialog.getByRole('button', { name: /Change$/ }).count();
  expect(changeable).toBeGreaterThan(50);
  await app.page.keyboard.press('Escape');
  await app.select('hidden');
  await app.page.keyboard.press('Control+k');
  const commands = app.page.getByRole('dialog', { name: 'Search or run' });
  for (const words of ['Bypass', 'Tidy up', 'code', 'Fit the network', 'Duplicate', 'block', 'Export', 'Find', 'Open', 'Train']) {
    await commands.getByRole('combobox').fill(words);
    await expect(commands.getByRole('option').first(), words).toContainText(new RegExp(words, 'i'));
  }
  await app.page.keyboard.press('Escape');
  await app.page.keyboard.press('?');
  await dialog.getByRole('button', { name: /^Bypass the layer.*Change$/ }).click();
  await app.page.keyboard.press('Control+Shift+l');
  await expect(dialog.getByRole('status')).toContainText('is now Ctrl Shift L');
  await app.page.keyboard.press('Escape');
  await app.page.reload();
  await app.select('hidden');
  await app.page.keyboard.press('Control+Shift+l');
  await expect(app.layer('hidden')).toContainText('bypassed');
  await app.undo();
  await app.page.keyboard.press('?');
  await dialog.getByRole('button', { name: 'Reset all' }).click();
  await expect(dialog.getByRole('button', { name: /^Bypass the layer.*: B\. Change$/ })).toBeVisible();
});
