// The gestures that are measured, with real mouse and keys: as fast as the page answers them.

import type { CDPSession } from '@playwright/test';
import type { App } from '../../drivers/app.ts';
import { chainProject } from '../chain.ts';
import { type Answer, answer, expectAnswer, keyTimes, quiet, working } from './measure.ts';

/** Wheel steps at the pace of a hand: one for each frame. */
export async function pan(app: App): Promise<void> {
  const box = await app.canvas().boundingBox();
  if (!box) throw new Error('The canvas cannot be seen.');
  await app.page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  for (let step = 0; step < 120; step++) await app.page.mouse.wheel(0, step < 60 ? 40 : -40);
}

export async function dragLayer(app: App): Promise<void> {
  const box = await app.layers().first().boundingBox();
  if (!box) throw new Error('No layer can be seen.');
  await app.page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await app.page.mouse.down();
  for (let step = 1; step <= 120; step++) await app.page.mouse.move(box.x + box.width / 2 + step * 2, box.y + box.height / 2 + Math.sin(step / 10) * 60);
  await app.page.mouse.up();
}

/** Opens a project of so many layers: from the file that was chosen to the frame that shows its start. A large one is opened there, not whole. */
export async function openProject(app: App, count: number): Promise<Answer> {
  await expectAnswer(app.page, 'change', `[data-testid="layer-input_${count}"]`, '');
  await app.openText('large.netwright', chainProject(count));
  await app.page.getByRole('contentinfo', { name: 'Status' }).getByText(`${count} layers`, { exact: true }).waitFor();
  return answer(app.page);
}

/** Fits the network of so many layers into the view. */
export async function seeAll(app: App, count: number): Promise<void> {
  await app.canvas().press('1');
  await app.layer(`dense_${count - 1}`).waitFor();
  await quiet(app.page);
}

const units = (app: App) => app.inspector().getByLabel('Units', { exact: true });

/** Selects the second layer, from the keyboard: a wall of cards moves under the pointer while the view turns to them. */
export async function selectLayer(app: App): Promise<void> {
  await quiet(app.page);
  await app.canvas().press('Control+0');
  await app.page.getByRole('button', { name: /^Zoom 100 %/ }).waitFor();
  await app.canvas().press('ArrowDown');
  await app.canvas().press('ArrowDown');
  await units(app).waitFor();
  await app
    .layer('dense_1')
    .getByText(/ units/)
    .waitFor();
}

/** One edit: how soon it was seen, and the work from its key until the page is quiet again, in milliseconds. */
export interface Edited extends Answer {
  readonly work: number;
}

/** From Enter in a field to the frame with the new shape: of the layer itself, which the next one's count follows. */
export async function edits(app: App, session: CDPSession, rounds: number): Promise<readonly Edited[]> {
  const answers: Edited[] = [];
  await units(app).focus();
  for (let round = 0; round < rounds; round++) {
    const wanted = 17 + ((round * 7) % 40);
    await app.page.keyboard.press('Control+a');
    await app.page.keyboard.type(String(wanted));
    await expectAnswer(app.page, 'keydown', '[data-testid="layer-dense_1"]', `${wanted} units`);
    await quiet(app.page);
    const { result, work } = await working(session, async () => {
      await app.page.keyboard.press('Enter');
      const seen = await answer(app.page);
      await quiet(app.page);
      return seen;
    });
    answers.push({ ...result, work });
  }
  return answers;
}

/** Types into the inspector, key after key: numbers and a sum, each taken with Enter. */
export async function typing(app: App): Promise<readonly number[]> {
  await units(app).focus();
  const letters = (text: string) => [...text].map((letter) => (letter === ' ' ? 'Space' : letter));
  return keyTimes(
    app.page,
    ['128', '64 * 2', '1', '96'].flatMap((text) => ['Control+a', ...letters(text), 'Enter']),
  );
}
