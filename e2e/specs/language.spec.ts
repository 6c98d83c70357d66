// In German: chosen without a reload, remembered, nothing English left in any view, and nothing that does not fit, wide and narrow.

import { expect, test } from '../drivers/test.ts';
import { cutWords, leftInEnglish, readTexts } from '../drivers/texts.ts';

/** What the sample project calls itself, and one of its layers. */
const given = ['Race: MLP, CNN, LSTM', 'image'];

test('the whole app speaks German, fits, and remembers it', async ({ app }) => {
  const { page } = app;
  await page.getByRole('button', { name: 'Home', exact: true }).click();
  const faults: string[] = [];
  const look = async (place: string) => {
    for (const width of [1440, 1024]) {
      await page.setViewportSize({ width, height: 900 });
      faults.push(...leftInEnglish(await readTexts(page), given).map((text) => `${place}: ${text}`));
      faults.push(...(await cutWords(page)).map((words) => `${place}, ${width} wide: ${words}`));
    }
    await page.setViewportSize({ width: 1440, height: 900 });
  };
  const view = (name: string) => page.getByRole('navigation', { name: 'Ansichten' }).getByRole('button', { name }).click();

  await page.getByRole('radiogroup', { name: 'Language' }).getByRole('radio', { name: 'Deutsch' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Ein Netz zeichnen, hier trainieren und sehen, was es lernt');
  await expect(page.locator('html')).toHaveAttribute('lang', 'de');
  await look('Home');
  await view('Daten');
  await expect(page.getByRole('heading', { name: 'Was das Netz bekommt' })).toBeVisible();
  await look('Data');
  await view('Rennen');
  await look('Race');

  await view('Entwurf');
  await page.keyboard.press('t');
  await look('Design');
  await app.layers().nth(2).click();
  await page.getByRole('button', { name: /Erweitert/ }).click();
  await look('Inspector');
  // Without what feeds it the layer has a problem, which opens with F8.
  await app.layers().first().click();
  await page.keyboard.press('Delete');
  await page.keyboard.press('F8');
  await expect(page.getByRole('dialog', { name: 'Problem' })).toBeVisible();
  await look('Problem');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+h');
  await look('History');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+k');
  await look('Commands');
  await page.keyboard.press('Escape');
  await page.keyboard.press('?');
  await look('Shortcuts');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Setup', exact: true }).click();
  await look('Setup');
  expect([...new Set(faults)]).toEqual([]);

  await page.reload();
  await expect(page.getByRole('button', { name: 'Trainieren', exact: true }).first()).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', 'de');
});
