// The main journey by hand: from an empty network to a trained one, and back by undo.

import { hasMnist, withoutMnist } from '../drivers/data.ts';
import { expect, test } from '../drivers/test.ts';

const gestures = 11;

test('draws a network from nothing, trains it on MNIST, stops, undoes everything and redoes it', async ({ app }) => {
  // biome-ignore lint/suspicious/noSkippedTests: the full MNIST is not in the repository
  test.skip(!hasMnist, withoutMnist);
  await app.action('New network').click();
  await expect(app.layers()).toHaveCount(0);

  await app.dragFromPalette('Input', { x: 420, y: 80 });
  await app.dragFromPalette('Dense', { x: 420, y: 220 });
  await app.dragFromPalette('Dense', { x: 420, y: 360 });
  await expect(app.layers()).toHaveCount(3);
  await app.connect('input_1', 'dense_1');
  await app.connect('dense_1', 'dense_2');

  await app.select('dense_1');
  await app.setNumber('Units', 512);
  await app.pick('Activation', 'ReLU');
  await app.select('dense_2');
  await app.setNumber('Units', 10);
  await app.pick('Activation', 'softmax');
  await expect(app.layer('dense_1')).toContainText('512 units · ReLU');
  await expect(app.layer('dense_2')).toContainText('10 units · softmax');

  await app.chooseDataset('MNIST digits');
  await expect(app.layer('input_1')).toContainText('784');
  await expect(app.layer('dense_1')).toContainText('401,920');
  await expect(app.problems()).toHaveCount(0);

  await app.openDock();
  await app.setNumber('Epochs', 100, app.dock());
  await app.train();
  await expect.poll(() => app.trainingAccuracy(), { timeout: 180_000 }).toBeGreaterThan(0.9);
  await app.stop();
  await expect(app.dock()).toContainText('Stopped');

  await app.canvas().click({ position: { x: 30, y: 400 } });
  // Three layers, two connections, four settings, one dataset, the epochs: each was one gesture, so each is one step back.
  await app.undo(gestures);
  await expect(app.layers()).toHaveCount(0);
  await expect(app.action(/^Dataset: /)).toHaveText(/MNIST sample/);
  await app.redo(gestures);
  await expect(app.layers()).toHaveCount(3);
  await expect(app.connections()).toHaveCount(2);
  await expect(app.layer('dense_2')).toContainText('10 units · softmax');
  await expect(app.layer('input_1')).toContainText('784');
});

test('a mistake stands at the node in words, and one click mends it', async ({ app }) => {
  await app.action('New network').click();
  await app.dragFromPalette('Input', { x: 420, y: 80 });
  await app.dragFromPalette('Dense', { x: 420, y: 220 });
  // Not connected yet: that is the one thing to say, where it is missing.
  await expect(app.page.getByRole('button', { name: '1 problem' })).toBeVisible();
  await app.train();
  const problem = app.page.getByRole('dialog', { name: 'Problem' });
  await expect(problem).toContainText('Nothing is connected to the input of dense_1');
  await problem.getByRole('button', { name: 'Connect input_1 to dense_1' }).click();
  await expect(app.connections()).toHaveCount(1);
  await app.train();
  await expect(problem).toContainText('The last layer does not fit');
  await expect(problem).toContainText('10 numbers, one for each class');
  await problem.getByRole('button', { name: 'Set dense_1 to 10 units, softmax' }).click();
  await expect(app.problems()).toHaveCount(0);
  await expect(app.layer('dense_1')).toContainText('10 units · softmax');
  await app.undo();
  await expect(app.problems()).toHaveCount(1);
});

test('a connection that would close a circle is refused, with the reason at the pointer', async ({ app }) => {
  await app.action('New network').click();
  await app.dragFromPalette('Add', { x: 420, y: 80 });
  await app.dragFromPalette('Dense', { x: 420, y: 260 });
  await app.connect('add_1', 'dense_1');
  await app.tryToConnect('dense_1', 'add_1', async () => {
    const reason = app.page.getByText(/circle/i);
    await expect(reason).toBeVisible();
    // At the pointer, which is on the port where the line must not end.
    const [words, port] = [await reason.boundingBox(), await app.canvas().getByLabel('Input 1 of add_1', { exact: true }).boundingBox()];
    expect(Math.abs((words?.y ?? 0) - (port?.y ?? 0))).toBeLessThan(80);
  });
  await expect(app.connections()).toHaveCount(1);
});

test('deletes, moves, renames and duplicates, each one step back', async ({ app }) => {
  const before = await app.layers().count();
  await app.select('hidden');
  await app.page.keyboard.press('Delete');
  await expect(app.layers()).toHaveCount(before - 1);
  await app.undo();
  await expect(app.layers()).toHaveCount(before);
  await expect(app.connections()).toHaveCount(before - 1);

  await app.select('hidden');
  await app.page.keyboard.press('Control+d');
  await expect(app.layers()).toHaveCount(before + 1);
  await app.undo();
  await expect(app.layers()).toHaveCount(before);

  const from = await app.placeOf('digits');
  await app.drag(from, { x: from.x + 200, y: from.y });
  await expect.poll(async () => Math.round((await app.placeOf('digits')).x - from.x)).toBeGreaterThan(100);
  await app.undo();
  await expect.poll(async () => Math.round((await app.placeOf('digits')).x - from.x)).toBe(0);
});
