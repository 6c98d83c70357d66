// Metrics of imported models: those that mean nothing beside the model's loss and last layer are left out with a sentence.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';
import { bentArchive } from '../testing/modelFiles.ts';
import { readKeras } from './readKeras.ts';

// The first file waits for the library to load.
vi.setConfig({ testTimeout: 60_000 });

const folder = mkdtempSync(join(tmpdir(), 'netwright-metrics-'));
afterAll(() => rmSync(folder, { recursive: true }));

const leftOut = (title: string, what: string) => `The metric ${title} left out: it says nothing about ${what}, which this model gives.`;

test.each([
  ['perceptrons.keras', 'sparse_categorical_crossentropy', ['accuracy', 'r2_score', 'mse'], ['accuracy', 'mse'], [leftOut('R² score', 'classes')]],
  ['masked.keras', 'mse', ['mae', 'auc', 'r2_score'], ['mae', 'r2Score'], [leftOut('AUC', 'numbers')]],
  // What Keras calls accuracy of one number is how often both lie on one side of a half.
  ['masked.keras', 'mse', ['accuracy'], ['binaryAccuracy'], []],
  ['residual.keras', 'binary_crossentropy', ['auc', 'r2_score'], ['auc'], [leftOut('R² score', 'yes or no')]],
  // Yes or no, or shares of several: that is for the data to say.
  ['perceptrons.keras', 'binary_crossentropy', ['accuracy', 'r2_score'], ['accuracy', 'r2Score'], []],
])('%s with %s and %j', async (name, loss, given, kept, sentences) => {
  const path = bentArchive(join(folder, name), name, (config) => {
    Object.assign(config.compile_config, { loss, metrics: given });
  });
  const { training, notes } = await readKeras(path);
  expect(training.metrics).toEqual(kept);
  expect(notes).toEqual(sentences);
});
