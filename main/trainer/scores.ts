// What a test result always holds, computed from predictions: accuracy for classes; MAE, RMSE and R² for numbers.

import type { LabelColumn } from '../../shared/datasets/columns.ts';
import type { DatasetPart } from '../../shared/datasets/descriptor.ts';
import type { MetricValues } from '../../shared/protocol/contract.ts';
import { sizeOf } from '../../shared/tensor/types.ts';

function largest(values: Float32Array, from: number, width: number): number {
  let best = 0;
  for (let i = 1; i < width; i++) if ((values[from + i] as number) > (values[from + best] as number)) best = i;
  return best;
}

function accuracy(predictions: Float32Array, labels: ArrayLike<number>, count: number): MetricValues {
  const width = predictions.length / count;
  let right = 0;
  for (let i = 0; i < count; i++) {
    const predicted = width === 1 ? Number((predictions[i] as number) > 0.5) : largest(predictions, i * width, width);
    if (predicted === labels[i]) right++;
  }
  return { accuracy: right / count };
}

function regression(predictions: Float32Array, label: (i: number) => number): MetricValues {
  const n = predictions.length;
  let mean = 0;
  for (let i = 0; i < n; i++) mean += label(i) / n;
  let absolute = 0;
  let squared = 0;
  let spread = 0;
  for (let i = 0; i < n; i++) {
    const error = (predictions[i] as number) - label(i);
    absolute += Math.abs(error);
    squared += error * error;
    spread += (label(i) - mean) ** 2;
  }
  return { mae: absolute / n, rmse: Math.sqrt(squared / n), r2: spread === 0 ? 0 : 1 - squared / spread };
}

/** What is always reported for such a target. */
export const usualScores = ({ task }: Pick<LabelColumn, 'task'>): readonly string[] => (task === 'numbers' ? ['mae', 'rmse', 'r2'] : ['accuracy']);

/** The usual scores of predictions for all rows of a part. */
export function scoresOf({ key, task, shape, scale = 1, offset = 0 }: LabelColumn, { count, columns }: DatasetPart, predictions: Float32Array): MetricValues {
  const labels = columns[key];
  // Labels that are not in memory are as large as pictures: what the engine counts must do.
  if (!labels) return {};
  if (task !== 'numbers') return accuracy(predictions, labels, count);
  if (predictions.length !== count * sizeOf(shape)) return {};
  return regression(predictions, (i) => (labels[i] as number) * scale + offset);
}
