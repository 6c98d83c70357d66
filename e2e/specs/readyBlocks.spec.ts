// Ready blocks: ResNet-20 from them in few gestures; each in its place; found by search and in the list of layers, dragged to their place, undone in one step.

import type { Page } from '@playwright/test';
import type { App } from '../drivers/app.ts';
import { expect, test } from '../drivers/test.ts';

/** Clicks, keys and words typed at once, each counted as one gesture. */
class Hands {
  private readonly app: App;
  private readonly page: Page;
  gestures = 0;

  constructor(app: App) {
    this.app = app;
    this.page = app.page;
  }

  async press(...keys: string[]): Promise<void> {
    for (const key of keys) await this.page.keyboard.press(key);
    this.gestures += keys.length;
  }

  async type(words: string): Promise<void> {
    await this.page.keyboard.type(words);
    this.gestures += 1;
  }

  /** One click in the palette. */
  async click(title: string): Promise<void> {
    const before = await this.app.layers().count();
    await this.app.palette().getByRole('button', { name: title, exact: true }).click();
    this.gestures += 1;
    await expect(this.app.layers()).toHaveCount(before + 1);
  }

  /** `/`, a layer with its settings, Enter. */
  async add(words: string): Promise<void> {
    const list = this.page.getByRole('dialog', { name: 'Add a layer' });
    await this.press('/');
    await expect(list).toBeVisible();
    await this.type(words);
    await this.press('Enter');
    await expect(list).toBeHidden();
  }

  /** Into the field, the number, Enter. */
  async repeat(times: number): Promise<void> {
    await this.app.setNumber('Repeat', times);
    this.gestures += 3;
  }
}

test('ResNet-20 is built from blocks in under 40 gestures', async ({ app }) => {
  const hands = new Hands(app);
  await hands.press('Control+k');
  await hands.type('new net');
  await hands.press('Enter');
  await expect(app.layers()).toHaveCount(0);
  await hands.click('Input');
  await hands.add('conv 16 3 same');
  await hands.click('BatchNormalization');
  await hands.add('relu');
  await hands.click('Residual');
  await hands.repeat(3);
  await hands.click('Residual, halving');
  await hands.click('Residual');
  await hands.repeat(2);
  await hands.click('Residual, halving');
  await hands.click('Residual');
  await hands.repeat(2);
  await hands.click('GlobalAveragePooling2D');
  await hands.add('dense 10 softmax');
  await expect(app.layers()).toHaveCount(11);
  const status = app.page.getByRole('contentinfo');
  await expect(app.layer('residual_1')).toContainText('28 × 28 × 16');
  await expect(app.layer('residual_3')).toContainText('7 × 7 × 64');
  // He et al.: 0.27 million; 20 layers with weights on the longest way, and two 1 × 1 convolutions around.
  await expect(status).toContainText('273,386 parameters');
  await expect(status).toContainText('No problems');
  expect(hands.gestures, 'gestures').toBeLessThan(40);
});

test('a ready block is found by other words, refused with the reason, dragged to its place, and one undo takes it away', async ({ app }) => {
  await app.page.getByRole('tab', { name: 'CNN' }).click();
  await expect(app.layers()).toHaveCount(8);
  const search = app.palette().getByLabel('Search layers');
  await search.fill('resnet');
  const residual = app.palette().getByRole('button', { name: 'Residual', exact: true });
  await app.select('flatten');
  await expect(residual).toHaveAttribute('title', /^Does not fit below flatten: It takes images/);
  await app.select('conv_1');
  await expect(residual).not.toHaveAttribute('title', /Does not fit/);
  await search.fill('');
  await app.dragFromPalette('Squeeze-excite', { below: 'conv_1' });
  await app.undo();
  await expect(app.layers()).toHaveCount(8);
  await app.select('conv_1');
  await app.page.keyboard.press('/');
  await app.page.keyboard.type('channel attention');
  await app.page.keyboard.press('Enter');
  await expect(app.layer('squeeze_excite_1')).toContainText('26 × 26 × 32');
  await expect(app.page.getByRole('contentinfo')).toContainText('No problems');
  await app.undo();
  await expect(app.layers()).toHaveCount(8);
  await expect(app.page.getByRole('contentinfo')).toContainText('225,034 parameters');
});

test('every ready block stands where it fits, whole, and goes again', async ({ app, page }) => {
  const status = page.getByRole('contentinfo', { name: 'Status' });
  const tried: readonly (readonly [network: string, below: string, titles: readonly string[]])[] = [
    ['CNN', 'conv_1', ['Residual', 'Residual, halving', 'Bottleneck', 'Inception', 'Squeeze-excite', 'U-Net step']],
    ['LSTM', 'rows', ['Transformer encoder']],
    ['MLP', 'hidden', ['Dense-dropout']],
  ];
  for (const [network, below, titles] of tried) {
    await page.getByRole('tab', { name: network, exact: true }).click();
    await expect(app.layer(below)).toBeVisible();
    const before = await app.layers().count();
    for (const title of titles) {
      await app.select(below);
      await app.palette().getByRole('button', { name: title, exact: true }).click();
      await expect(app.layers(), title).toHaveCount(before + 1);
      await expect(status, title).toContainText('No problems');
      await app.undo();
      await expect(app.layers(), title).toHaveCount(before);
    }
  }
});
