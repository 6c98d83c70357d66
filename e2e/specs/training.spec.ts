// Training as a person meets it: the first result, pause and resume, a trainer that dies, a rate that explodes, a race.

import type { App } from '../drivers/app.ts';
import { trainersOf } from '../drivers/trainers.ts';
import { chain } from '../../shared/network/templates/template.ts';
import { projectVersion } from '../../shared/project/project.ts';
import { defaultTrainingSettings } from '../../shared/training/settings.ts';
import { expect, test } from '../drivers/test.ts';

/** So many epochs: a run that is caught while it goes on must be longer than the slowest browser takes to press a button. */
async function lasts(app: App, epochs: number): Promise<void> {
  await app.openDock();
  await app.setNumber('Epochs', epochs, app.dock());
}

test('from the first start, one click leads to a test result', async ({ app }) => {
  await app.train();
  await expect(app.dock().getByText('Test accuracy')).toBeVisible({ timeout: 180_000 });
  expect(await app.testResult()).toBeGreaterThan(0.85);
  // With one engine installed there is no choice, and that is said, with what keeps the other one from being chosen.
  await app.action('Why this engine').click();
  await expect(app.dock()).toContainText('ONNX Runtime is the only engine that works here.');
  await expect(app.dock()).toContainText(/TensorFlow\s*TensorFlow is not installed\./);

  // Did a lower rate help? The earlier run lies over the new one, with what was set otherwise and what it came to.
  await app.dock().getByRole('radio', { name: 'Settings' }).click();
  await app.setNumber('Learning rate', 0.0002, app.dock());
  await app.train();
  await expect(app.dock()).toContainText(/Adam 0\.0002/);
  await expect(app.dock().getByText('Test accuracy')).toBeVisible({ timeout: 180_000 });
  await app.dock().getByRole('radio', { name: 'Runs' }).click();
  await app.dock().getByRole('row', { name: /^1 / }).getByText('In the charts').click();
  await app.dock().getByRole('radio', { name: 'Curves' }).click();
  const laid = app.dock().getByRole('list', { name: 'Runs in the charts' });
  await expect(laid).toContainText(/Run 2 shown · test \d+.*Run 1 learning rate 0\.001 · test \d+/);
  await expect(app.dock().getByRole('img', { name: /^Loss\. .*run 1 \d/ })).toBeVisible();
  await laid.getByRole('button', { name: 'Take run 1 off the charts' }).press('Enter');
  await expect(laid).toBeHidden();

  await app.chooseDataset('Fashion-MNIST mini');
  await expect(app.dock()).toContainText('On MNIST sample, not on the project’s dataset of now.');
});

test('pauses, resumes and finishes', async ({ app }) => {
  await lasts(app, 20);
  await app.train();
  await expect(app.dock()).toContainText(/step [1-9]/);
  await app.action('Pause').first().click();
  await expect(app.dock()).toContainText('paused');
  await app.action('Resume').first().click();
  await expect(app.dock().getByText('Test accuracy')).toBeVisible({ timeout: 180_000 });
});

test('when the trainer is killed the app says so, and the next run works', async ({ app, server }) => {
  await lasts(app, 500);
  await app.train();
  await expect(app.dock()).toContainText(/step [1-9]/);
  const [trainer] = trainersOf(server.pid);
  process.kill(trainer as number, 'SIGKILL');
  await expect(app.dock()).toContainText(/ended|killed/i, { timeout: 2_000 });
  await expect(app.layers()).toHaveCount(4);
  await app.train();
  await expect(app.dock()).toContainText(/step [1-9]/);
  await app.stop();
  await expect(app.dock()).toContainText('Stopped');
  await app.dock().getByRole('button', { name: 'Resume' }).click();
  await expect(app.dock()).toContainText(/running/);
  await app.stop();
  await expect(app.dock()).toContainText('Stopped');
  await expect.poll(() => trainersOf(server.pid)).toEqual([]);
});

test('a learning rate that explodes ends the run with a sentence, not the app', async ({ app }) => {
  await app.openDock();
  await app.setNumber('Learning rate', 1e20, app.dock());
  await app.train();
  await expect(app.dock()).toContainText(/learning rate/i, { timeout: 120_000 });
  await expect(app.dock()).toContainText(/not a number|infinite|NaN/i);
  await app.action('Train with learning rate 0.001').click();
  await expect(app.dock()).toContainText(/Adam 0.001.*step [1-9]/);
  await expect(app.layers()).toHaveCount(4);
});

const sigmoids = [1, 2, 3, 4, 5, 6, 7, 8].map((i) => ['dense', `layer_${i}`, { units: 16, activation: 'sigmoid' }] as const);
const deep = {
  ...{ format: 'netwright', version: projectVersion, name: 'Deep', dataset: 'blobs', runs: [] },
  networks: [chain('deep', 'Deep', [['input', 'point'], ...sigmoids, ['dense', 'classes', { units: 3, activation: 'softmax' }]])],
  training: { ...defaultTrainingSettings, epochs: 2 },
};

test('a deep stack of sigmoids is seen to vanish: on its cards, in the table of its layers and in words', async ({ app }) => {
  await app.openText('Deep.netwright', JSON.stringify(deep));
  await expect(app.layer('layer_8')).toBeVisible();
  await app.train();
  await expect(app.dock().getByText('Test accuracy')).toBeVisible();
  const strip = app.layer('layer_1').getByRole('img', { name: /of its units answer to the sample; its gradient is/ });
  await expect(strip).toHaveCount(0);
  await app.dock().getByRole('radio', { name: 'Layers' }).click();
  await expect(app.dock()).toContainText('Vanishing gradients');
  await expect(app.dock()).toContainText(/The gradient of layer_1 is .* times smaller than that of classes/);
  await expect(app.dock().getByRole('row', { name: /^layer_1 .* ill / })).toBeVisible();
  // Its gradient is the largest; that it gives the same for every sample is told beside it.
  await expect(
    app
      .dock()
      .getByRole('row', { name: /^classes .* ill 100 %/ })
      .getByRole('cell')
      .last(),
  ).not.toContainText('ill');
  await expect(strip).toBeVisible();
  // Of another network the numbers would not be true.
  await app.select('layer_4');
  await app.pick('Activation', 'ReLU');
  await expect(strip).toHaveCount(0);
  await app.undo();
  await expect(strip).toBeVisible();
});

test('a race trains all networks on the same data and compares them', async ({ app }) => {
  await app.openDock();
  await app.setNumber('Epochs', 1, app.dock());
  await app.view('Race').click();
  await app.action('Start race').click();
  const table = app.page.getByRole('table', { name: 'Networks compared' });
  for (const name of ['MLP', 'CNN', 'LSTM']) await expect(table).toContainText(name);
  // All three have ended when each has a figure.
  await expect(table.getByRole('row', { name: /^Test accuracy/ })).toContainText(/%.*%.*%/s, { timeout: 180_000 });
  await expect(app.page.getByLabel('Verdict')).toContainText(/point|difference|%/);
  // All three in one picture.
  await expect(
    app.page
      .getByRole('region', { name: /^Validation accuracy/ })
      .getByRole('img')
      .first(),
  ).toHaveAccessibleName(/MLP.*CNN.*LSTM/);
  await expect(table).toContainText('407,050');
  await expect(table).toContainText('225,034');
  await expect(table).toContainText('24,458');
  // What a convolution has learned, as pictures of its kernels.
  await app.view('Design').click();
  await app.page.getByRole('tab', { name: 'CNN' }).click();
  await app.select('conv_1');
  await expect(app.inspector().getByRole('img', { name: /^kernel as pictures: .*filters/ })).toBeVisible({ timeout: 60_000 });
});
