// Projects as files: saved, opened again, and broken ones that lose nothing.

import { readFile } from 'node:fs/promises';
import { expect, test } from '../drivers/test.ts';

test('saves a project and opens it again, unchanged', async ({ app }) => {
  await app.select('hidden');
  await app.setNumber('Units', 77);
  const [download] = await Promise.all([app.page.waitForEvent('download'), app.page.keyboard.press('Control+s')]);
  const path = await download.path();
  expect(download.suggestedFilename()).toMatch(/\.netwright$/);
  await app.select('hidden');
  await app.setNumber('Units', 5);
  await app.openFile(path, 'again.netwright');
  await expect(app.layer('hidden')).toContainText('77 units');
});

const node = (id: string, kind: string, name: string, y: number, parameters: Readonly<Record<string, unknown>> = {}) => ({
  id,
  kind,
  name,
  parameters,
  position: { x: 0, y },
});
const training = {
  ...{ loss: 'auto', optimizer: { id: 'adam', parameters: {} }, metrics: [], epochs: 1, batchSize: 32, validationSplit: 0.1, shuffle: true },
  ...{ limit: null, seed: 1, engine: 'auto', device: 'auto' },
};
const projectOf = (network: object, settings: object = training): string =>
  JSON.stringify({ format: 'netwright', version: 1, name: 'Strange', networks: [network], dataset: 'mnist-sample', training: settings, runs: [] });

/** A network with one place of block `a`, and blocks of which each holds the next and the last the first. */
function nested(...ids: readonly string[]): string {
  const blocks = ids.map((id, i) => ({ id, name: `Part ${id}`, nodes: [node('1', 'block', 'inner', 0, { block: ids[(i + 1) % ids.length] })], edges: [] }));
  return projectOf({ id: 'n', name: 'Strange', nodes: [node('1', 'block', 'outer', 0, { block: 'a' })], edges: [], blocks });
}

test('files that cannot be opened say why, opened or dropped, and the present project stays', async ({ app }) => {
  await app.select('hidden');
  await app.setNumber('Units', 33);
  const [download] = await Promise.all([app.page.waitForEvent('download'), app.page.keyboard.press('Control+s')]);
  const whole = await readFile(await download.path(), 'utf8');
  const broken: readonly (readonly [name: string, text: string, sentence: RegExp])[] = [
    ['half.netwright', whole.slice(0, whole.length / 2), /JSON|ends|read/i],
    ['newer.netwright', '{"format":"netwright","version":99}', /newer|version/i],
    ['other.netwright', '{"hello":"world"}', /netwright/i],
    ['text.netwright', 'not json at all', /JSON|read/i],
    ['empty.netwright', '', /empty|JSON|read/i],
    ['itself.netwright', nested('a'), /“Part a” contains itself/],
    ['circle.netwright', nested('a', 'b', 'c'), /“Part a” contains itself/],
  ];
  const messages = app.page.getByLabel('Messages');
  for (const [index, [name, text, sentence]] of broken.entries()) {
    if (index % 2 === 0) await app.openText(name, text);
    else await app.dropContent(name, Buffer.from(text));
    const told = messages.getByRole('alert').filter({ hasText: name });
    await expect(told).toContainText(sentence);
    await told.getByRole('button', { name: 'Close message' }).click();
  }
  await app.view('Design').click();
  await expect(app.layer('hidden')).toContainText('33 units');
  await expect(app.layers()).toHaveCount(4);
});

test('settings that only a file can hold are told before a training, lead to the form, and each is mended by a click', async ({ app }) => {
  const network = {
    id: 'n',
    name: 'Strange',
    nodes: [node('a', 'input', 'in', 0), node('b', 'flatten', 'flat', 80), node('c', 'dense', 'out', 160, { units: 10, activation: 'softmax' })],
    edges: [
      { id: 'e', source: 'a', target: 'b', input: 0 },
      { id: 'f', source: 'b', target: 'c', input: 0 },
    ],
  };
  const settings = { ...training, optimizer: { id: 'quantumDescent', parameters: {} }, schedule: { id: 'cosineDecay', parameters: { alpha: 7 } } };
  await app.openText('settings.netwright', projectOf(network, settings));
  await expect(app.layer('out')).toBeVisible();
  await app.train();
  const list = app.page.getByRole('region', { name: 'Problems' });
  await expect(list).toContainText('There is no optimizer “quantumDescent”');
  await expect(list).toContainText('Alpha must be a number at least 0 and at most 1, but is 7');
  // The list leads to the form and is not in its way.
  await list.getByRole('button', { name: /Alpha must be/ }).click();
  await expect(list).toBeHidden();
  await expect(app.dock().getByLabel('Epochs', { exact: true })).toBeVisible();
  await app.action('2 problems').click();
  await app.dock().getByLabel('Epochs', { exact: true }).click();
  await expect(list).toBeHidden();
  await app.action('2 problems').click();
  await list.getByRole('button', { name: 'Choose Adam' }).click();
  await list.getByRole('button', { name: 'Use the defaults of Cosine decay' }).click();
  await expect(list).toContainText('No problems found');
  await app.page.keyboard.press('Escape');
  await app.undo(2);
  await expect(app.action('2 problems')).toBeVisible();
});

test('an unknown layer in a file is kept and shown as a problem', async ({ app }) => {
  const network = {
    id: 'n',
    name: 'Strange',
    nodes: [node('a', 'input', 'in', 0), node('b', 'quantumDense', 'q', 80)],
    edges: [{ id: 'e', source: 'a', target: 'b', input: 0 }],
  };
  await app.openText('strange.netwright', projectOf(network));
  await expect(app.layer('q')).toBeVisible();
  await app.train();
  await expect(app.page.getByRole('dialog', { name: 'Problem' })).toContainText('There is no layer called “quantumDense” here.');
});
