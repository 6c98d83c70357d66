// Speaks to the app in the words of the person who uses it: drag a layer from the palette, connect, set, train, undo. Real mouse, real keys,
// and waiting only for what a person would wait for.

import { readFile } from 'node:fs/promises';
import { expect, type Locator, type Page } from '@playwright/test';

interface Place {
  readonly x: number;
  readonly y: number;
}

const dragSteps = 12;

/** As a person would have set it earlier; what the app has remembered since stands. */
function rememberForecasts(forecasts: boolean): void {
  if (localStorage.getItem('netwright-session') === null) localStorage.setItem('netwright-session', JSON.stringify({ state: { forecasts }, version: 1 }));
}

export class App {
  readonly page: Page;
  /** What the page wrote to its console as errors. */
  readonly complaints: string[];

  constructor(page: Page, complaints: string[]) {
    this.page = page;
    this.complaints = complaints;
  }

  /**
   * Opens the address that the app printed, and waits until its window stands.
   * @param forecasts whether it measures while nothing is done: off, so that no process of its own stands beside what is looked at
   */
  async open(address: string, { forecasts = false }: { readonly forecasts?: boolean } = {}): Promise<void> {
    await this.page.addInitScript(rememberForecasts, forecasts);
    // Choosers are caught from the first one on only while somebody listens; beginning with the key that opens one would be a race.
    this.page.on('filechooser', () => undefined);
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

  /** The button of a view: Home, Data, Design, Race. */
  view(name: string): Locator {
    return this.page.getByRole('navigation', { name: 'Views' }).getByRole('button', { name, exact: true });
  }

  // ---- drawing ----

  /** Drags a layer out of the palette: to a place counted from the canvas' upper left corner, or to below a layer that is there. */
  async dragFromPalette(title: string, to: Place | { readonly below: string }): Promise<void> {
    const before = await this.layers().count();
    const item = this.palette().getByRole('button', { name: title, exact: true });
    await item.scrollIntoViewIfNeeded();
    await this.drag(await middleOf(item), 'below' in to ? await this.placeBelow(to.below) : await this.placeOnCanvas(to));
    await expect(this.layers()).toHaveCount(before + 1);
  }

  private async placeOnCanvas({ x, y }: Place): Promise<Place> {
    const canvas = await boxOf(this.canvas());
    return { x: canvas.x + x, y: canvas.y + y };
  }

  /** One row further down, as far from the layer as it is high. */
  private async placeBelow(name: string): Promise<Place> {
    const { x, y, width, height } = await boxOf(this.layer(name));
    return { x: x + width / 2, y: y + 2.5 * height };
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

  /** Drags towards a port where it must not end; `meanwhile` looks at what is said with the button still down. */
  async tryToConnect(from: string, to: string, meanwhile: () => Promise<void>): Promise<void> {
    const start = await middleOf(this.canvas().getByLabel(`Output of ${from}`, { exact: true }));
    const end = await middleOf(this.canvas().getByLabel(`Input 1 of ${to}`, { exact: true }));
    await this.page.mouse.move(start.x, start.y);
    await this.page.mouse.down();
    await this.page.mouse.move(end.x, end.y, { steps: dragSteps });
    await meanwhile();
    await this.page.mouse.up();
  }

  /** The middle of a layer's card, in the window. */
  placeOf(name: string): Promise<Place> {
    return middleOf(this.layer(name));
  }

  async select(name: string): Promise<void> {
    await this.layer(name).click();
    await expect(this.layer(name)).toHaveClass(/selected/);
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

  /** Chooses from a list of the selected layer. @param option its words, or how they begin where more is said of it */
  async choose(label: string, option: string | RegExp, within: Locator = this.inspector()): Promise<void> {
    await within.getByRole('button', { name: label }).click();
    await this.page.getByRole('option', { name: option, exact: true }).click();
  }

  /** Chooses one of several values of the selected layer that are shown side by side. */
  async pick(label: string, option: string, within: Locator = this.inspector()): Promise<void> {
    const radio = within.getByRole('radiogroup', { name: label, exact: true }).getByRole('radio', { name: option, exact: true });
    await radio.click();
    await expect(radio).toBeChecked();
  }

  /** Opens the list of datasets and chooses one by its title. */
  async chooseDataset(title: string): Promise<void> {
    await this.action(/^Dataset: /).click();
    const list = this.page.getByRole('dialog', { name: 'Choose a dataset' });
    await list
      .getByRole('button')
      .filter({ has: this.page.getByText(title, { exact: true }) })
      .click();
    await expect(list).toBeHidden();
  }

  // ---- files ----

  /** Opens a file from the disk, as if it had that name. */
  async openFile(path: string, name: string): Promise<void> {
    await this.openText(name, await readFile(path, 'utf8'));
  }

  /** Opens a file of that name with that content, through the file chooser. */
  async openText(name: string, text: string): Promise<void> {
    const [chooser] = await Promise.all([this.page.waitForEvent('filechooser'), this.page.keyboard.press('Control+o')]);
    await chooser.setFiles({ name, mimeType: 'application/json', buffer: Buffer.from(text) });
  }

  /** Lets a file of that name and content fall onto the window. */
  async dropContent(name: string, content: Buffer): Promise<void> {
    const data = await this.page.evaluateHandle(
      ({ base64, called }) => {
        const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
        const transfer = new DataTransfer();
        transfer.items.add(new File([bytes], called));
        return transfer;
      },
      { base64: content.toString('base64'), called: name },
    );
    await this.page.dispatchEvent('body', 'dragover', { dataTransfer: data });
    await expect(this.page.getByText('Drop the file to open it')).toBeVisible();
    await this.page.dispatchEvent('body', 'drop', { dataTransfer: data });
  }

  /** Exports the network as a Keras file, by its keys. @param look at the dialog before @returns the file */
  async exportKeras(look: (dialog: Locator) => Promise<void>): Promise<Buffer> {
    await this.page.keyboard.press('Control+Shift+E');
    const dialog = this.page.getByRole('dialog', { name: /^Export / });
    await look(dialog);
    const [download] = await Promise.all([this.page.waitForEvent('download'), dialog.getByRole('button', { name: 'Export', exact: true }).click()]);
    await expect(dialog).toBeHidden();
    return readFile(await download.path());
  }

  // ---- training ----

  async openDock(): Promise<void> {
    if ((await this.dock().getAttribute('data-open')) !== 'true') await this.dock().getByRole('button', { name: 'Edit' }).click();
    await expect(this.dock()).toHaveAttribute('data-open', 'true');
  }

  /** The latest training accuracy that the dock shows beside its curve; 0 while there is none. */
  async trainingAccuracy(): Promise<number> {
    const text = await this.dock().getByRole('region', { name: 'Accuracy' }).textContent();
    return Number(/\d\.\d+/.exec(text ?? '')?.[0] ?? 0);
  }

  /** The accuracy on the test part, as a share of 1. */
  async testResult(): Promise<number> {
    const text = await this.dock().getByText('Test accuracy').locator('..').textContent();
    const number = Number(/\d+(?:\.\d+)?/.exec(text ?? '')?.[0] ?? Number.NaN);
    return text?.includes('%') ? number / 100 : number;
  }

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
