// What is shown of a dataset's samples, worked out from a preview. Pure.

import type { DatasetDescriptor } from '../../shared/datasets/descriptor.ts';
import type { DatasetPreview } from '../../shared/protocol/contract.ts';
import { t } from '../text/text.ts';
import { formatNumber } from '../ui/format.ts';

/** How many samples are asked for at once: as many as can be looked at. */
export const shownOf = (look: DatasetDescriptor['look']): number => (look === 'image' ? 96 : look === 'points' ? 400 : look === 'series' ? 6 : 12);

/** The label of a sample in words: its class, or the number asked for. */
export function labelWords(dataset: DatasetDescriptor, label: readonly number[]): string {
  if (dataset.task === 'numbers') return label.map((value) => formatNumber(value, 3)).join(', ');
  const index = classIndex(label);
  return t(dataset.classNames?.[index] ?? String(index));
}

/** The class of a label, given as an index or as a row with one value per class. */
export function classIndex(label: readonly number[]): number {
  return label.length > 1 ? label.indexOf(Math.max(...label)) : Math.round(label[0] ?? 0);
}

export interface ClassCount {
  readonly name: string;
  readonly count: number;
}
/** How often each class stands among the samples shown, classes that are missing included. */
export function classCounts(dataset: DatasetDescriptor, preview: DatasetPreview): readonly ClassCount[] {
  const found = preview.labels.map(classIndex);
  const count = Math.max(dataset.classNames?.length ?? (dataset.task === 'binary' ? 2 : 0), ...found.map((index) => index + 1));
  return Array.from({ length: count }, (_, index) => ({
    name: dataset.classNames?.[index] ?? String(index),
    count: found.filter((one) => one === index).length,
  }));
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
