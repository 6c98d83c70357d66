// Models of other programs: a Keras file dropped onto the window becomes a network with its weights, trains on, and goes away again.

import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readKeras } from '../../main/exchange/keras/readKeras.ts';
import { expect, test } from '../drivers/test.ts';

const fixtures = join(import.meta.dirname, '../../main/exchange/keras/fixtures');

test('a Keras model is dropped, exported with its weights, trained, exported with what it learned; a broken one says why', async ({ app, page, server }) => {
  const source = join(fixtures, 'digits.keras');
  const read = async (content: Buffer) => {
    const path = join(server.home, 'exported');
    await writeFile(path, content);
    return readKeras(path);
  };
  await app.dropContent('My digits.keras', await readFile(source));
  await expect(page.getByRole('tab', { name: 'My digits' })).toHaveAttribute('aria-selected', 'true');
  await expect(app.layer('hidden')).toContainText('8 units');
  await expect(app.problems()).toHaveCount(0);
  const messages = page.getByLabel('Messages');
  await expect(messages).toContainText('My digits.keras is open, with its weights');

  const { weights } = await readKeras(source);
  const drawn = await app.exportKeras(async (dialog) => {
    await expect(dialog.getByRole('radio', { name: 'As trained' })).toBeDisabled();
    await expect(dialog).toContainText('The weights that its file brought along');
  });
  expect((await read(drawn)).weights).toEqual(weights);

  await messages.getByRole('button', { name: 'Train it as the file says' }).click();
  await app.openDock();
  await app.setNumber('Epochs', 1, app.dock());
  await app.train();
  await expect(app.dock()).toContainText('Test accuracy');
  const learned = await read(await app.exportKeras((dialog) => expect(dialog).toContainText('after 1 epoch')));
  const older = await app.exportKeras(async (dialog) => {
    await dialog.getByRole('radio', { name: 'Older (.h5)' }).click();
    await expect(dialog).toContainText('The optimizer starts anew.');
  });
  await expect(messages).toContainText('My digits.h5');
  expect(older.subarray(1, 4).toString()).toBe('HDF');
  expect(await read(older)).toEqual(learned);
  expect(learned.training.optimizer).toMatchObject({ id: 'sgd', parameters: { momentum: 0.9 } });
  expect([...learned.weights.keys()]).toEqual([...weights.keys()]);
  expect(learned.weights).not.toEqual(weights);

  await app.dropContent('broken.h5', Buffer.from('\x89HDF, or so it says', 'latin1'));
  await expect(messages).toContainText('broken.h5');
  await expect(app.layer('hidden')).toContainText('8 units');
});
