// What is shown of a dataset's samples, worked out from a preview. Pure.

import type { DatasetDescriptor } from '../../shared/datasets/descriptor.ts';
import { classesOf, textOf } from '../../shared/datasets/reading.ts';
import type { DatasetPreview } from '../../shared/protocol/contract.ts';
import { t } from '../text/text.ts';
import { formatNumber, formatPercent } from '../ui/format.ts';

/** One number in, one number asked for: both are the coordinates of a point. */
export const isLine = ({ features, labels, task }: Pick<DatasetDescriptor, 'features' | 'labels' | 'task'>): boolean =>
  task === 'numbers' && [features, labels].every(({ shape }) => shape.every((axis) => axis === 1));

/** How many samples are fetched at once: as many as can be looked at. */
export function shownOf(dataset: Pick<DatasetDescriptor, 'look' | 'features' | 'labels' | 'task'>): number {
  if (dataset.look === 'points' || isLine(dataset)) return 400;
  return dataset.look === 'image' ? 96 : dataset.look === 'series' ? 15 : 20;
}

const className = (dataset: DatasetDescriptor, index: number): string => t(dataset.classNames?.[index] ?? String(index));
/** More answers than this are counted and not listed. */
const mostAnswers = 12;

/** The label of a sample in words: its class, the classes of its places, or the number asked for. */
export function labelWords(dataset: DatasetDescriptor, label: readonly number[]): string {
  if (dataset.task === 'numbers') return label.map((value) => formatNumber(value, 3)).join(', ');
  const classes = classesOf(dataset, label);
  if (classes.length <= mostAnswers) return classes.map((index) => className(dataset, index)).join(' ');
  const share = classes.filter((index) => index > 0).length / classes.length;
  return `${className(dataset, 1)} ${formatPercent(share, 0)}`;
}

/** What comes in, in words: the text that it stores, else its first numbers. */
export function featureWords({ features }: DatasetDescriptor, values: readonly number[]): string {
  const text = textOf(features, values);
  if (text !== null) return text;
  return `${values
    .slice(0, 12)
    .map((value) => formatNumber(value, 3))
    .join('  ')}${values.length > 12 ? ' …' : ''}`;
}

export interface ClassCount {
  readonly name: string;
  readonly count: number;
}
/** How often each class stands among the answers of the samples shown, classes that are missing included. */
export function classCounts(dataset: DatasetDescriptor, preview: DatasetPreview): readonly ClassCount[] {
  const found = preview.labels.flatMap((label) => classesOf(dataset, label));
  const count = found.reduce((most, index) => Math.max(most, index + 1), dataset.classNames?.length ?? (dataset.task === 'binary' ? 2 : 0));
  const counts = Array.from({ length: count }, () => 0);
  for (const index of found) counts[index] = (counts[index] ?? 0) + 1;
  return counts.map((one, index) => ({ name: dataset.classNames?.[index] ?? String(index), count: one }));
}

/** Grey or colour values of one picture as RGBA bytes; grey takes the colour of the ink and shows by its opacity. */
export function pixels(features: readonly number[], channels: number, ink: readonly [number, number, number]): Uint8ClampedArray<ArrayBuffer> {
  const count = Math.floor(features.length / channels);
  const bytes = new Uint8ClampedArray(count * 4);
  for (let index = 0; index < count; index++) {
    const value = (channel: number) => (features[index * channels + channel] ?? 0) * 255;
    bytes.set(channels === 3 ? [value(0), value(1), value(2), 255] : [...ink, value(0)], index * 4);
  }
  return bytes;
}

export interface PictureSize {
  readonly rows: number;
  readonly columns: number;
  readonly channels: number;
}
/** Rows, columns and channels of a picture's shape; null where the shape is none. */
export function pictureSize(shape: readonly number[]): PictureSize | null {
  const [rows, columns, channels = 1] = shape;
  return rows === undefined || columns === undefined || (channels !== 1 && channels !== 3) ? null : { rows, columns, channels };
}
