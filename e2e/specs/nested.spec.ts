// Layers with inputs that have names, and layers that hold another one: connected and set by hand.

import { expect, test } from '../drivers/test.ts';

test('a layer inside a layer is chosen and set in the same form, and undone', async ({ app }) => {
  await app.page.getByRole('tab', { name: 'LSTM' }).click();
  await app.dragFromPalette('Bidirectional', { x: 140, y: 560 });
  await app.select('bidirectional_1');
  await expect(app.layer('bidirectional_1')).toContainText('LSTM · 64 units');
  await app.choose('Layer', 'GRU');
  await app.setNumber('Units', 12);
  await expect(app.layer('bidirectional_1')).toContainText('GRU · 12 units');
  await app
    .inspector()
    .getByText(/more settings$/)
    .click();
  await expect(app.inspector().getByLabel('Recurrent dropout', { exact: true })).toBeVisible();
  await app.undo();
  await expect(app.layer('bidirectional_1')).toContainText('GRU · 64 units');
  await app.undo();
  await expect(app.layer('bidirectional_1')).toContainText('LSTM · 64 units');
});

test('query and value are inputs of their own, and one source may feed both', async ({ app }) => {
  await app.page.getByRole('tab', { name: 'LSTM' }).click();
  await app.dragFromPalette('MultiHeadAttention', { x: 140, y: 560 });
  const before = await app.connections().count();
  const rows = app.canvas().getByLabel('Output of rows', { exact: true });
  for (const port of ['Query', 'Value']) await rows.dragTo(app.canvas().getByLabel(`${port} of multi_head_attention_1`, { exact: true }));
  await expect(app.connections()).toHaveCount(before + 2);
  await expect(app.layer('multi_head_attention_1')).toContainText('28 × 28');
});
