// Projects as files: saved, opened again, and broken ones that lose nothing.

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

test.describe('a file that cannot be opened', () => {
  const broken: readonly (readonly [name: string, text: string, sentence: RegExp])[] = [
    ['half.netwright', '{"format":"netwright","version":1,"name":"x"', /JSON|ends|read/i],
    ['newer.netwright', '{"format":"netwright","version":99}', /newer|version/i],
    ['other.netwright', '{"hello":"world"}', /netwright/i],
    ['text.netwright', 'not json at all', /JSON|read/i],
  ];
  for (const [name, text, sentence] of broken) {
    test(`${name}: says why and keeps the present project`, async ({ app }) => {
      await app.select('hidden');
      await app.setNumber('Units', 33);
      await app.openText(name, text);
      await expect(app.page.getByLabel('Messages')).toContainText(sentence);
      await expect(app.page.getByLabel('Messages')).toContainText(name);
      await app.view('Design').click();
      await expect(app.layer('hidden')).toContainText('33 units');
    });
  }
});

test('an unknown layer in a file is kept and shown as a problem', async ({ app }) => {
  const node = (id: string, kind: string, name: string, y: number) => ({ id, kind, name, parameters: {}, position: { x: 0, y } });
  const network = {
    id: 'n',
    name: 'Strange',
    nodes: [node('a', 'input', 'in', 0), node('b', 'quantumDense', 'q', 80)],
    edges: [{ id: 'e', source: 'a', target: 'b', input: 0 }],
  };
  const training = {
    loss: 'auto',
    optimizer: { id: 'adam', parameters: {} },
    metrics: [],
    epochs: 1,
    batchSize: 32,
    validationSplit: 0.1,
    shuffle: true,
    limit: null,
    seed: 1,
    engine: 'auto',
    device: 'auto',
  };
  await app.openText(
    'strange.netwright',
    JSON.stringify({ format: 'netwright', version: 1, name: 'Strange', networks: [network], dataset: 'mnist-sample', training, runs: [] }),
  );
  await expect(app.layer('q')).toBeVisible();
  await app.train();
  await expect(app.page.getByRole('dialog', { name: 'Problem' })).toContainText('There is no layer called “quantumDense” here.');
});
