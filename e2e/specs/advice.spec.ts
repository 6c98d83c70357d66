// Advice of lower rank: at the node and in the count below, mended or silenced with one click, each one step of the history.

import type { App } from '../drivers/app.ts';
import { expect, test } from '../drivers/test.ts';

test('two linear layers are one: told at the layer, mended, silenced, undone', async ({ app }) => {
  const advice = app.canvas().getByRole('button', { name: 'Advice for hidden' });
  await app.select('hidden');
  await app.inspector().getByText('linear', { exact: true }).first().click();
  await advice.click();
  const message = app.page.getByRole('dialog', { name: 'Problem' });
  await expect(message).toContainText('hidden and digits together can do no more than one layer.');
  await message.getByRole('button', { name: 'Set hidden to ReLU' }).click();
  await expect(advice).toBeHidden();
  await app.undo(1);
  await advice.click();
  await message.getByRole('button', { name: /other repair/ }).click();
  await app.page.getByRole('menuitem', { name: 'Don’t show again here' }).click();
  await expect(advice).toBeHidden();
  await app.undo(1);
  await expect(advice).toBeVisible();
});

/** Adds a layer with its settings below the selected one. */
async function add(app: App, words: string): Promise<void> {
  const list = app.page.getByRole('dialog', { name: 'Add a layer' });
  await app.page.keyboard.press('/');
  await expect(list).toBeVisible();
  await app.page.keyboard.type(words);
  await app.page.keyboard.press('Enter');
  await expect(list).toBeHidden();
}

test('sigmoids in a row, a deep network without normalization, too many parameters, a loss that reads scores: each is told with its reason', async ({
  app,
}) => {
  const list = app.page.getByRole('region', { name: 'Problems' });
  const told = async (words: RegExp) => {
    await app.action(/^\d+ advice$/).click();
    await expect(list).toContainText(words);
    await app.page.keyboard.press('Escape');
    await expect(list).toBeHidden();
  };
  await app.select('hidden');
  for (let layer = 0; layer < 3; layer++) await add(app, 'dense 8 sigmoid');
  await told(/3 sigmoid layers in a row: the first ones will hardly learn/);
  await app.canvas().getByRole('button', { name: 'Advice for dense_1' }).click();
  const message = app.page.getByRole('dialog', { name: 'Problem' });
  await expect(message).toContainText('The slope of a sigmoid is a quarter at most');
  await message.getByRole('button', { name: 'Use ReLU in these layers' }).click();
  await expect(app.action(/advice$/)).toHaveCount(0);
  await app.select('hidden');
  for (let layer = 0; layer < 5; layer++) await add(app, 'dense 8 relu');
  await told(/10 layers with weights in a row, and none that normalizes/);
  await app.undo(9);
  await expect(app.layers()).toHaveCount(4);
  await app.select('hidden');
  await app.setNumber('Units', 9000);
  await told(/parameters for each of 4,000 samples/);
  await app.undo();

  await app.openDock();
  await app.choose('Loss', /^Sparse categorical cross-entropy/, app.dock());
  await app
    .dock()
    .getByRole('button', { name: /^More of Sparse categorical cross-entropy/ })
    .click();
  await app.dock().getByText('From logits').click();
  await told(/expects scores here, but digits gives probabilities/);
});
