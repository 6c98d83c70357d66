// Advice of lower rank: at the node and in the count below, mended or silenced with one click, each one step of the history.

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
