// What a test result always holds, computed from predictions: accuracy for classes; MAE, RMSE and R² for numbers.

import type { LabelColumn } from '../../shared/datasets/columns.ts';
import type { DatasetPart, Numbers } from '../../shared/datasets/descriptor.ts';
import type { MetricValues } from '../../shared/protocol/contract.ts';
import { sizeOf } from '../../shared/tensor/types.ts';

function largest(values: Float32Array, from: number, width: number): number {
  let best = 0;
  for (let i = 1; i < width; i++) if ((values[from + i] as number) > (values[from + best] as number)) best = i;
  return best;
}

/** Adds up scores over predictions, some rows at a time. */
export interface ScoreSum {
  /** @param first the row of the part that the first prediction is for @param count rows */
  add(predictions: Float32Array, first: number, count: number): void;
  values(): MetricValues;
}

class Accuracy implements ScoreSum {
  private right = 0;
  private count = 0;
  private readonly labels: Numbers;

  constructor(labels: Numbers) {
    this.labels = labels;
  }

  add(predictions: Float32Array, first: number, count: number): void {
    const width = predictions.length / count;
    for (let i = 0; i < count; i++) {
      const predicted = width === 1 ? Number((predictions[i] as number) > 0.5) : largest(predictions, i * width, width);
      if (predicted === this.labels[first + i]) this.right++;
    }
    this.count += count;
  }

  values(): MetricValues {
    return { accuracy: this.right / this.count };
  }
}

/** Of predictions of another shape than the labels nothing is said. */
class Regression implements ScoreSum {
  private readonly label: (i: number) => number;
  private readonly width: number;
  private readonly mean: number;
  private absolute = 0;
  private squared = 0;
  private spread = 0;
  private n = 0;
  private fits = true;

  /** @param total labels of the part @param width numbers in a row */
  constructor(label: (i: number) => number, total: number, width: number) {
    this.label = label;
    this.width = width;
    let mean = 0;
    for (let i = 0; i < total; i++) mean += label(i) / total;
    this.mean = mean;
  }

  add(predictions: Float32Array, first: number, count: number): void {
    this.fits &&= predictions.length === count * this.width;
    if (!this.fits) return;
    for (let i = 0; i < predictions.length; i++) {
      const label = this.label(first * this.width + i),
        error = (predictions[i] as number) - label;
      this.absolute += Math.abs(error);
      this.squared += error * error;
      this.spread += (label - this.mean) ** 2;
    }
    this.n += predictions.length;
  }

  values(): MetricValues {
    if (!this.fits) return {};
    return { mae: this.absolute / this.n, rmse: Math.sqrt(this.squared / this.n), r2: this.spread === 0 ? 0 : 1 - this.squared / this.spread };
  }
}

/** What is always reported for such a target. */
export const usualScores = ({ task }: Pick<LabelColumn, 'task'>): readonly string[] => (task === 'numbers' ? ['mae', 'rmse', 'r2'] : ['accuracy']);

/** The usual scores of predictions for the rows of a part; null where its labels are not in memory: they are as large as pictures, and what the engine counts must do. */
export function scoreSum({ key, task, shape, scale = 1, offset = 0 }: LabelColumn, { count, columns }: DatasetPart): ScoreSum | null {
  const labels = columns[key];
  if (!labels) return null;
  const width = sizeOf(shape);
  return task === 'numbers' ? new Regression((i) => (labels[i] as number) * scale + offset, count * width, width) : new Accuracy(labels);
}
