// Takes the window's picture in its themes, one after the other where it stands: the app follows the system, and the system is changed under it.

import type { Locator } from '@playwright/test';
import type { App } from '../drivers/app.ts';
import { expect } from '../drivers/test.ts';

const themes = {
  light: { colorScheme: 'light', contrast: 'no-preference' },
  dark: { colorScheme: 'dark', contrast: 'no-preference' },
  contrast: { colorScheme: 'light', contrast: 'more' },
} as const;

export interface Looking {
  /** What differs from run to run: measured times, speeds and memory. It is covered. */
  readonly measured?: readonly Locator[];
  /** The pointer stays where it is: what it points at is part of the picture. */
  readonly pointing?: boolean;
  /** Also in high contrast, which differs in colours alone: once for each kind of thing that is drawn. */
  readonly contrast?: boolean;
}

/** Compares the window with its baselines `name-light`, `name-dark` and, where asked for, `name-contrast`. */
export async function look({ page }: App, name: string, { measured = [], pointing = false, contrast = false }: Looking = {}): Promise<void> {
  // The list of engines arrives a moment after the window.
  await expect(page.getByRole('img', { name: 'looking for engines' })).toHaveCount(0);
  if (!pointing) await page.mouse.move(720, 4);
  for (const [theme, media] of Object.entries(themes)) {
    if (theme === 'contrast' && !contrast) continue;
    await page.emulateMedia(media);
    await expect(page.locator('html')).toHaveAttribute('data-theme', theme);
    await expect.soft(page).toHaveScreenshot(`${name}-${theme}.png`, { mask: [...measured], maskColor: '#808080' });
  }
  await page.emulateMedia(themes.light);
}

/** What a run's panel says of times, speed and memory: whole rows, since longer numbers are wider. */
export const timesOfRun = (app: App): Locator =>
  app
    .dock()
    .locator('dl > div')
    .filter({ hasText: /^(Speed|Step|Trainer memory|Time)/ });

/** Does what the list of commands calls by these words. */
export async function command(app: App, words: string): Promise<void> {
  await app.page.keyboard.press('Control+k');
  await app.page.keyboard.type(words);
  await app.page.keyboard.press('Enter');
  await expect(app.page.getByRole('dialog', { name: 'Search or run' })).toBeHidden();
}

/** Selects these layers together. */
export async function selectAll(app: App, names: readonly string[]): Promise<void> {
  const [first = '', ...others] = names;
  await app.select(first);
  await app.page.keyboard.down('Shift');
  for (const name of others) await app.select(name);
  await app.page.keyboard.up('Shift');
}
