// Speaks to the app in the words of the person who uses it: drag a layer from the palette, connect, set, train, undo. Real mouse, real keys,
// and waiting only for what a person would wait for.

import { expect, type Locator, type Page } from '@playwright/test';

interface Place {
  readonly x: number;
  readonly y: number;
}

const dragSteps = 12;

export class App {
  readonly page: Page;
  /** What the page wrote to its console as errors. */
  readonly complaints: string[];

  constructor(page: Page, complaints: string[]) {
    this.page = page;
    this.complaints = complaints;
  }

  /** Opens the address that the app printed, and waits until its window stands. */
  async open(address: string): Promise<void> {
    await this.page.goto(address);
    await expect(this.canvas()).toBeVisible();
  }

  // ---- what there is ----

  canvas(): Locator {
    return this.page.locator('.react-flow');
  }

  palette(): Locator {
    return this.page.getByRole('complementary', { name: 'Layers' });
  }

  inspector(): Locator {
    return this.page.getByRole('complementary', { name: 'Inspector' });
  }

  dock(): Locator {
    return this.page.getByRole('region', { name: 'Training', exact: true });
  }

  /** All layers on the canvas, or the one of that name. */
  layers(): Locator {
    return this.canvas().locator('[data-testid^="layer-"]');
  }

  layer(name: string): Locator {
    return this.canvas().getByTestId(`layer-${name}`);
  }

  connections(): Locator {
    return this.canvas().locator('.react-flow__edge');
  }

  /** The badges of layers in which something is wrong. */
  problems(): Locator {
    return this.canvas().getByRole('button', { name: /^Problem at / });
  }

  /** A button by what it says. */
  action(name: string | RegExp): Locator {
    return this.page.getByRole('button', { name });
  }

  // ---- drawing ----

  /** Drags a layer out of the palette; `at` counts from the canvas' upper left corner. */
  async dragFromPalette(title: string, at: Place): Promise<void> {
    const item = this.palette().getByRole('button', { name: title, exact: true });
    await item.scrollIntoViewIfNeeded();
    const canvas = await boxOf(this.canvas());
    await this.drag(await middleOf(item), { x: canvas.x + at.x, y: canvas.y + at.y });
  }

  /** Draws a connection from one layer's output to another's input, counted from 1. */
  async connect(from: string, to: string, input = 1): Promise<void> {
    const before = await this.connections().count();
    await this.drag(
      await middleOf(this.canvas().getByLabel(`Output of ${from}`, { exact: true })),
      await middleOf(this.canvas().getByLabel(`Input ${input} of ${to}`, { exact: true })),
    );
    await expect(this.connections()).toHaveCount(before + 1);
  }

  async select(name: string): Promise<void> {
    await this.layer(name).click();
  }

  /** Presses, moves in small steps as a hand does, lets go. */
  async drag(from: Place, to: Place): Promise<void> {
    await this.page.mouse.move(from.x, from.y);
    await this.page.mouse.down();
    await this.page.mouse.move(to.x, to.y, { steps: dragSteps });
    await this.page.mouse.up();
  }

  // ---- setting ----

  /** Types a number into a field of the selected layer and leaves the field. */
  async setNumber(label: string, value: number, within: Locator = this.inspector()): Promise<void> {
    const field = within.getByLabel(label, { exact: true });
    await field.fill(String(value));
    await field.press('Enter');
  }

  /** Chooses from a list of the selected layer. */
  async choose(label: string, option: string, within: Locator = this.inspector()): Promise<void> {
    await within.getByRole('button', { name: new RegExp(label) }).click();
    await this.page.getByRole('option', { name: option, exact: true }).click();
  }

  // ---- training ----

  async train(): Promise<void> {
    await this.action(/^Train$/)
      .first()
      .click();
  }

  async stop(): Promise<void> {
    await this.action('Stop').first().click();
  }

  // ---- keys ----

  async undo(times = 1): Promise<void> {
    for (let done = 0; done < times; done++) await this.page.keyboard.press('Control+z');
  }

  async redo(times = 1): Promise<void> {
    for (let done = 0; done < times; done++) await this.page.keyboard.press('Control+Shift+z');
  }
}

async function boxOf(locator: Locator): Promise<Place & { readonly width: number; readonly height: number }> {
  await expect(locator).toBeVisible();
  const box = await locator.boundingBox();
  if (!box) throw new Error(`${locator} cannot be seen.`);
  return box;
}

async function middleOf(locator: Locator): Promise<Place> {
  const { x, y, width, height } = await boxOf(locator);
  return { x: x + width / 2, y: y + height / 2 };
}
