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
  // Of several numbers: which of them is the largest.
  ['residual.keras', 'mse', ['accuracy', 'mae'], ['binaryAccuracy', 'mae'], []],
  ['perceptrons.keras', 'mse', ['accuracy', 'precision'], ['categoricalAccuracy', 'precision'], []],
])('%s with %s and %j', async (name, loss, given, kept, sentences) => {
  const path = bentArchive(join(folder, name), name, (config) => {
    Object.assign(config.compile_config, { loss, metrics: given });
  });
  const { training, notes } = await readKeras(path);
  expect(training.metrics).toEqual(kept);
  expect(notes).toEqual(sentences);
});

const metric = (name: string, config: object) => ({ module: 'keras.metrics', class_name: name, config, registered_name: null });

test('several metrics of a kind, of one class, of the largest, with thresholds of their own', async () => {
  const path = bentArchive(join(folder, 'perceptrons.keras'), 'perceptrons.keras', (config) => {
    const precisions = [0, 1].map((class_id) => metric('Precision', { name: `p${class_id}`, thresholds: null, top_k: null, class_id }));
    const recall = metric('Recall', { name: 'recall', thresholds: [0.3, 0.7], top_k: 2, class_id: null });
    const area = metric('AUC', {
      name: 'auc',
      num_thresholds: 5,
      curve: 'PR',
      summation_method: 'majoring',
      multi_label: true,
      label_weights: null,
      thresholds: [0.2, 0.5, 0.6],
    });
    const scores = metric('F1Score', { name: 'f1_score', average: null, threshold: 0.4 });
    Object.assign(config.compile_config, {
      loss: 'categorical_crossentropy',
      metrics: [...precisions, recall, area, scores],
      weighted_metrics: ['accuracy', 'accuracy'],
    });
  });
  const { training, notes } = await readKeras(path);
  expect(training.metrics).toEqual(['precision', 'precision_1', 'recall', 'recall_1', 'auc', 'f1Score', 'accuracy']);
  expect(training.metricParameters).toEqual({
    precision: { classId: 0 },
    precision_1: { classId: 1 },
    recall: { threshold: 0.3, topK: 2 },
    recall_1: { threshold: 0.7, topK: 2 },
    auc: { curve: 'PR', numThresholds: 5, summationMethod: 'majoring', multiLabel: true, thresholds: '0.2, 0.5, 0.6' },
    f1Score: { threshold: 0.4 },
    accuracy: { weighted: true },
  });
  expect(notes).toEqual(['F1 score: its values by class left out; in their place is their mean.']);
});
