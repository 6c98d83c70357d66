// Every view by axe, in both themes: names, roles, contrast, order of headings. What axe cannot see is in the specs of the gestures.

import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import type { App } from '../drivers/app.ts';
import { expect, test } from '../drivers/test.ts';

const rules = ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** One line for each fault: the rule, the element, what to do. */
async function faults(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).withTags(rules).analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id} at ${target.join(' ')}: ${failureSummary}`));
}

async function looksRight(app: App, place: string): Promise<void> {
  expect.soft(await faults(app.page), place).toEqual([]);
}

async function emptyAndBroken(app: App): Promise<void> {
  await app.action('New network').click();
  await expect(app.layers()).toHaveCount(0);
  await looksRight(app, 'an empty network');
  await app.dragFromPalette('Input', { x: 420, y: 120 });
  await app.dragFromPalette('Conv2D', { x: 420, y: 320 });
  await app.problems().first().click();
  await expect(app.page.getByRole('dialog', { name: 'Problem' })).toBeVisible();
  await looksRight(app, 'a problem open');
}

async function dialogs(app: App): Promise<void> {
  await app.action(/^Dataset: /).click();
  await expect(app.page.getByRole('dialog', { name: 'Choose a dataset' })).toBeVisible();
  await looksRight(app, 'choosing a dataset');
  await app.page.keyboard.press('Escape');
  for (const [button, name] of [
    ['Help', 'Shortcuts'],
    ['Setup', 'Setup'],
  ] as const) {
    await app.view(button).click();
    await expect(app.page.getByRole('dialog', { name })).toBeVisible();
    await looksRight(app, name);
    await app.page.keyboard.press('Escape');
  }
  await app.page.keyboard.press('Control+k');
  await expect(app.page.getByRole('dialog', { name: 'Search or run' })).toBeVisible();
  await looksRight(app, 'search or run');
  await app.page.keyboard.press('Escape');
}

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });

    test('the views', async ({ app }) => {
      for (const view of ['Home', 'Data', 'Race']) {
        await app.view(view).click();
        await expect(app.page.getByRole('main', { name: view })).toBeVisible();
        await looksRight(app, view);
      }
    });

    test('drawing', async ({ app }) => {
      // Nine readings of a whole page, some seconds each.
      test.slow();
      await looksRight(app, 'a full network');
      await app.select('hidden');
      await looksRight(app, 'a layer selected');
      await app.openDock();
      await looksRight(app, 'the dock open');
      await dialogs(app);
      await emptyAndBroken(app);
    });

    test('after training', async ({ app }) => {
      await app.openDock();
      await app.setNumber('Epochs', 1, app.dock());
      await app.train();
      await expect(app.dock().getByText('Test accuracy')).toBeVisible({ timeout: 60_000 });
      await looksRight(app, 'the dock with a run');
      await app.view('Race').click();
      await looksRight(app, 'the race with a run');
    });
  });
}

async function chooseTheme(app: App, theme: string): Promise<void> {
  await app.view('Setup').click();
  await app.pick('Theme', theme, app.page.getByRole('dialog', { name: 'Setup' }));
  await app.page.keyboard.press('Escape');
}

/** What lies over the drawing or stands in its place. */
async function around(app: App): Promise<void> {
  await app.select('hidden');
  await app.page.keyboard.press('/');
  await looksRight(app, 'the list of layers');
  await app.page.keyboard.press('Escape');
  await app.page.keyboard.press('b');
  await app.page.keyboard.press('f');
  await app.page.keyboard.press('Enter');
  await looksRight(app, 'a layer passed by, in a frame');
  await app.page.keyboard.press('Control+h');
  await looksRight(app, 'the history');
  await app.page.keyboard.press('Escape');
  await app.page.keyboard.press('o');
  await looksRight(app, 'the outline');
  await app.page.keyboard.press('o');
}

for (const theme of ['Light', 'Dark', 'Contrast']) {
  test(`what lies around the drawing, ${theme}`, async ({ app }) => {
    test.slow();
    await chooseTheme(app, theme);
    await around(app);
  });
}

test('at 200 % nothing is lost and the page does not scroll sideways', async ({ app }) => {
  // A window of 1440 × 900 at twice the size holds 720 × 450.
  await app.page.setViewportSize({ width: 720, height: 450 });
  await expect(app.action(/^Train$/).first()).toBeInViewport();
  await expect(app.layer('hidden')).toBeVisible();
  for (const view of ['Home', 'Data', 'Race', 'Design']) {
    await app.view(view).click();
    await expect(app.page.getByRole('main')).toBeVisible();
    const spill = await app.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(spill, view).toBeLessThanOrEqual(0);
  }
});
