// Reads a page with axe and says its faults in lines. What axe cannot see is in the specs of the gestures.

import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';

const rules = ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice'];
const palette = '[aria-label="Layers"]';

export interface Reading {
  /** Also the hundred entries of the palette: half of the time of a reading, so once for a theme is enough. */
  readonly palette?: boolean;
}

/** One line for each fault: the rule, the element, what to do. */
async function faults(page: Page, reading: Reading = {}): Promise<string[]> {
  // The legacy mode only leaves out frames of other origins, of which the app has none; it takes half of the time.
  const builder = new AxeBuilder({ page }).setLegacyMode(true);
  // Names, roles and order are the same in every theme: the others are read for their colours.
  if ((await page.locator('html').getAttribute('data-theme')) === 'light') builder.withTags(rules);
  else builder.withRules('color-contrast');
  if (!reading.palette) builder.exclude(palette);
  const { violations } = await builder.analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id} at ${target.join(' ')}: ${failureSummary}`));
}

/** Notes the faults of the page as it stands and goes on, so that one run tells them all. */
export async function looksRight(page: Page, place: string, reading: Reading = {}): Promise<void> {
  expect.soft(await faults(page, reading), `${test.info().title}: ${place}`).toEqual([]);
}
