// Every view by axe, in both themes: names, roles, contrast, order of headings. What axe cannot see is in the specs of the gestures.

import type { App } from '../drivers/app.ts';
import { looksRight } from '../drivers/axe.ts';
import { expect, test } from '../drivers/test.ts';

async function emptyAndBroken(app: App): Promise<void> {
  await app.action('New network').click();
  await expect(app.layers()).toHaveCount(0);
  await looksRight(app.page, 'an empty network');
  await app.dragFromPalette('Input', { x: 420, y: 120 });
  await app.dragFromPalette('Conv2D', { x: 420, y: 320 });
  await app.problems().first().click();
  await expect(app.page.getByRole('dialog', { name: 'Problem' })).toBeVisible();
  await looksRight(app.page, 'a problem open');
  await app.page.keyboard.press('Escape');
}

async function dialogs(app: App): Promise<void> {
  await app.action(/^Dataset: /).click();
  await expect(app.page.getByRole('dialog', { name: 'Choose a dataset' })).toBeVisible();
  await looksRight(app.page, 'choosing a dataset');
  await app.page.keyboard.press('Escape');
  for (const [button, name] of [
    ['Help', 'Shortcuts'],
    ['Setup', 'Setup'],
  ] as const) {
    await app.view(button).click();
    await expect(app.page.getByRole('dialog', { name })).toBeVisible();
    await looksRight(app.page, name);
    await app.page.keyboard.press('Escape');
  }
  await app.page.keyboard.press('Control+Shift+E');
  await expect(app.page.getByRole('dialog', { name: 'Export MLP' })).toBeVisible();
  await looksRight(app.page, 'the export');
  await app.page.keyboard.press('Escape');
  await app.page.keyboard.press('Control+k');
  await expect(app.page.getByRole('dialog', { name: 'Search or run' })).toBeVisible();
  await looksRight(app.page, 'search or run');
  await app.page.keyboard.press('Escape');
}

/** What lies over the drawing or stands in its place. */
async function around(app: App): Promise<void> {
  await app.select('hidden');
  await app.page.keyboard.press('/');
  await looksRight(app.page, 'the list of layers');
  await app.page.keyboard.press('Escape');
  await app.page.keyboard.press('b');
  await app.page.keyboard.press('f');
  await app.page.keyboard.press('Enter');
  await looksRight(app.page, 'a layer passed by, in a frame');
  await app.page.keyboard.press('Control+h');
  await looksRight(app.page, 'the history');
  await app.page.keyboard.press('Escape');
  await app.page.keyboard.press('o');
  await looksRight(app.page, 'the outline');
  await app.page.keyboard.press('o');
}

/** The panels beside the drawing. */
async function panels(app: App): Promise<void> {
  await app.action(/^Code$/).click();
  await app.select('hidden');
  await looksRight(app.page, 'the code');
  await app.action(/^Code$/).click();
  await app.page.getByRole('tab', { name: 'CNN' }).click();
  await app.page.getByRole('button', { name: 'Sample', exact: true }).click();
  await app.page
    .getByRole('list', { name: 'What every layer gives' })
    .getByRole('button', { name: /^conv_1/ })
    .click();
  await looksRight(app.page, 'the live sample');
}

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });

    test('drawing', async ({ app }) => {
      await looksRight(app.page, 'a full network', { palette: true });
      await app.openDock();
      await app.select('hidden');
      await looksRight(app.page, 'a layer selected, the dock open');
      await dialogs(app);
      await emptyAndBroken(app);
    });

    test('what lies around the drawing, the panels', async ({ app }) => {
      await around(app);
      await panels(app);
    });

    test('the views, before and after training', async ({ app }) => {
      for (const view of ['Home', 'Data', 'Race']) {
        await app.view(view).click();
        await expect(app.page.getByRole('main', { name: view })).toBeVisible();
        await looksRight(app.page, view);
      }
      await app.view('Design').click();
      await app.select('hidden');
      await app.openDock();
      await app.setNumber('Epochs', 50, app.dock());
      await app.train();
      await expect(app.dock()).toContainText(/step [1-9]/);
      await looksRight(app.page, 'a run that goes on');
      await app.stop();
      await expect(app.dock()).toContainText('Stopped');
      await looksRight(app.page, 'a run that was stopped');
      await app.dock().getByText('Settings', { exact: true }).click();
      await app.setNumber('Epochs', 1, app.dock());
      await app.train();
      await expect(app.dock().getByText('Test accuracy')).toBeVisible({ timeout: 180_000 });
      await expect(app.inspector().getByText('Above zero').first()).toBeAttached();
      await looksRight(app.page, 'the dock with a run, the weights of a layer');
      await app.view('Race').click();
      await looksRight(app.page, 'the race with a run');
    });
  });
}

test('high contrast', async ({ app }) => {
  await app.view('Setup').click();
  await app.pick('Theme', 'Contrast', app.page.getByRole('dialog', { name: 'Setup' }));
  await app.page.keyboard.press('Escape');
  await looksRight(app.page, 'a full network', { palette: true });
  await around(app);
});

test('at 200 % nothing is lost and the page does not scroll sideways', async ({ app }) => {
  // A window of 1440 × 900 at twice the size holds 720 × 450.
  await app.page.setViewportSize({ width: 720, height: 450 });
  await expect(app.action(/^Train$/).first()).toBeInViewport();
  await expect(app.layer('hidden')).toBeVisible();
  for (const name of ['MLP', 'CNN', 'LSTM']) await expect(app.page.getByRole('tab', { name })).toBeInViewport({ ratio: 0.99 });
  // A network that is opened here lies beside the bars of the canvas.
  await app.page.getByRole('tab', { name: 'CNN' }).click();
  const bar = await app.page.getByRole('radiogroup', { name: 'Shown as' }).boundingBox();
  const first = await app.layer('image').boundingBox();
  expect(first?.y).toBeGreaterThanOrEqual((bar?.y ?? 0) + (bar?.height ?? 0));
  for (const view of ['Home', 'Data', 'Race', 'Design']) {
    await app.view(view).click();
    await expect(app.page.getByRole('main')).toBeVisible();
    const spill = await app.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(spill, view).toBeLessThanOrEqual(0);
    // A title that stands in one line has not been squeezed by what is beside it.
    const title = await app.page.getByRole('heading', { level: 1 }).boundingBox();
    if (view !== 'Design') expect(title?.height, view).toBeLessThan(40);
  }
});

test('with reduced motion nothing glides or turns, in the drawing, its messages and a run', async ({ app }) => {
  const moving = () =>
    app.page.evaluate(() =>
      [...document.querySelectorAll('*')]
        .filter((element) => {
          const { transitionDuration, animationName, animationDuration } = getComputedStyle(element);
          const lasts = (durations: string) => durations.split(',').some((one) => Number.parseFloat(one) > 0);
          return lasts(transitionDuration) || (animationName !== 'none' && lasts(animationDuration));
        })
        .map((element) => `${element.tagName} ${element.getAttribute('class')}`),
    );
  await app.select('hidden');
  await app.openDock();
  await app.setNumber('Epochs', 100, app.dock());
  await app.train();
  await expect(app.dock()).toContainText(/step [1-9]/);
  expect(await moving()).toEqual([]);
  await app.stop();
  await app.page.keyboard.press('Control+k');
  await expect(app.page.getByRole('dialog', { name: 'Search or run' })).toBeVisible();
  expect(await moving()).toEqual([]);
});
