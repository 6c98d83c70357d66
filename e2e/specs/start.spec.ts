// The first start: the app opens by itself with a sample project on the canvas; every template opens with data that fits.

import { expect, test } from '../drivers/test.ts';

test('opens with the sample project, ready to train', async ({ app }) => {
  await expect(app.layers()).not.toHaveCount(0);
  await expect(app.problems()).toHaveCount(0);
  await expect(app.action('Train').first()).toBeEnabled();
});

test('every template opens with its picture, fitting data and no problem, and trains at once', async ({ app, page }) => {
  const gallery = page.getByRole('region', { name: 'New from a template' });
  const cards = gallery.getByRole('listitem').getByRole('button');
  await app.view('Home').click();
  await expect(cards).not.toHaveCount(0);
  const count = await cards.count();
  expect(count).toBeGreaterThan(25);
  for (let at = 0; at < count; at++) {
    const card = cards.nth(at);
    const title = (await card.locator('b').textContent()) ?? '';
    await expect(card.locator('svg').first(), title).toBeVisible();
    await card.click();
    await expect(page.getByRole('button', { name: 'Project', exact: false }).first(), title).toContainText(title);
    await expect(app.layers().first(), title).toBeVisible();
    await expect(page.getByRole('contentinfo', { name: 'Status' }), title).toContainText('No problems');
    await expect(app.action(/^Dataset: /), title).not.toHaveText(/Choose data/);
    await app.view('Home').click();
  }
  // A race of one: the button that leads to one of two.
  await cards.filter({ hasText: 'Two spirals' }).first().click();
  await app.view('Race').click();
  await app.action(/^Duplicate /).click();
  await expect(page.getByRole('tab')).toHaveCount(2);
  await app.view('Home').click();
  await cards.filter({ hasText: 'XOR' }).first().click();
  await app.train();
  await expect(app.dock().getByText('Test accuracy')).toBeVisible({ timeout: 60_000 });
});
