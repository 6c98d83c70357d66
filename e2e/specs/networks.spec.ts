// Going back in history, finding layers, variants set against each other, layers passed by.

import { expect, test } from '../drivers/test.ts';

test('the history lists every step in words and jumps to any of them', async ({ app }) => {
  await app.select('hidden');
  await app.setNumber('Units', 64);
  await app.page.keyboard.press('Escape');
  await app.canvas().click({ position: { x: 30, y: 500 } });
  await app.select('hidden');
  await app.page.keyboard.press('Tab');
  await app.page.keyboard.press('Control+h');
  const steps = app.page.getByRole('dialog', { name: 'History' }).getByRole('button');
  await expect(steps).toHaveText(['As it was opened', 'Set units', 'Add Dense']);
  await expect(steps.last()).toHaveAttribute('aria-current', 'step');
  await steps.first().click();
  await expect(app.layers()).toHaveCount(4);
  await expect(app.layer('hidden')).toContainText('512 units');
  await steps.nth(1).click();
  await expect(app.layer('hidden')).toContainText('64 units');
  await expect(app.layers()).toHaveCount(4);
  await app.page.keyboard.press('Escape');
  await app.redo();
  await expect(app.layers()).toHaveCount(5);
});

test('typing folds into one step', async ({ app }) => {
  await app.canvas().hover({ position: { x: 80, y: 300 } });
  await app.page.keyboard.press('n');
  await app.page.keyboard.type('one two three');
  await app.page.keyboard.press('Escape');
  await app.page.keyboard.press('Control+h');
  const steps = app.page.getByRole('dialog', { name: 'History' }).getByRole('button');
  await expect(steps).toHaveText(['As it was opened', 'Add a comment', 'Write a comment']);
});

test('a layer is found by its kind or its name in any network of the project', async ({ app }) => {
  await app.page.keyboard.press('Control+f');
  await app.page.keyboard.type('lstm');
  await app.page.keyboard.press('Enter');
  await expect(app.page.getByRole('tab', { name: 'LSTM' })).toHaveAttribute('aria-selected', 'true');
  await expect(app.inspector()).toContainText('LSTM · Recurrent');
  await app.page.keyboard.press('Control+f');
  await app.page.keyboard.type('conv_2');
  await app.page.keyboard.press('Enter');
  await expect(app.page.getByRole('tab', { name: 'CNN' })).toHaveAttribute('aria-selected', 'true');
  await expect(app.layer('conv_2')).toHaveClass(/selected/);
});

test('a variant is set against its original: added, removed, set otherwise', async ({ app }) => {
  await app.action('MLP: rename, duplicate, delete').click();
  await app.page.getByRole('menuitem', { name: 'Duplicate as a variant' }).click();
  await app.select('hidden');
  await app.setNumber('Units', 256);
  await app.canvas().click({ position: { x: 30, y: 500 } });
  await app.select('hidden');
  await app.page.keyboard.press('/');
  await app.page.keyboard.type('dropout 0.5');
  await app.page.keyboard.press('Enter');
  await app.select('flatten');
  await app.page.keyboard.press('Shift+Delete');
  await app.page.keyboard.press('Control+k');
  await app.page.keyboard.type('compare with');
  await app.page.keyboard.press('Enter');
  await app.page.getByRole('dialog', { name: 'Compare with' }).getByRole('option', { name: /MLP/ }).click();
  await expect(app.inspector()).toContainText('MLP 2 against MLP');
  await expect(app.inspector()).toContainText(/Added\s*dropout_1/);
  await expect(app.inspector()).toContainText(/Removed\s*flatten/);
  await expect(app.inspector()).toContainText(/Units\s*512 → 256/);
  await expect(app.layer('dropout_1').getByRole('img', { name: 'added' })).toBeVisible();
  await expect(app.layer('hidden').getByRole('img', { name: 'changed' })).toBeVisible();
  await expect(app.page.getByTestId('removed-flatten')).toBeVisible();
  await app.action('End the comparison').click();
  await expect(app.page.getByTestId('removed-flatten')).toHaveCount(0);
});

test('a layer is passed by and used again, its settings kept', async ({ app }) => {
  await app.select('hidden');
  await app.page.keyboard.press('b');
  await expect(app.layer('hidden')).toContainText('bypassed');
  await expect(app.layer('digits')).toContainText('7,850');
  await app.page.keyboard.press('b');
  await expect(app.layer('digits')).toContainText('5,130');
  await app.page.keyboard.press('Shift+b');
  await expect(app.layer('hidden')).toContainText('frozen');
  await app.undo(3);
  await expect(app.layer('hidden')).toContainText('512 units');
});

test('an empty network beside others is filled from a template that learns from the same data, in one step', async ({ app }) => {
  await app.action('New network').click();
  await expect(app.layers()).toHaveCount(0);
  await app.action('From a template').click();
  await app.page.getByRole('menuitem', { name: 'LeNet-5' }).click();
  await expect(app.layers()).toHaveCount(9);
  await expect(app.page.getByRole('tab')).toHaveText(['MLP', 'CNN', 'LSTM', 'LeNet-5']);
  await expect(app.problems()).toHaveCount(0);
  await app.undo();
  await expect(app.layers()).toHaveCount(0);
});
