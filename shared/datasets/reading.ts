// How the numbers of a sample are read by people: letters of a text, the classes of an answer. Pure; words are the descriptor's own.

import type { DatasetDescriptor, DatasetTensor } from './descriptor.ts';

/** A text that is stored as the numbers of its symbols; null where they are numbers and nothing else. */
export function textOf({ symbols }: DatasetTensor, values: readonly number[]): string | null {
  return symbols ? values.map((value) => symbols[value] ?? '�').join('') : null;
}

const sizeOf = (shape: readonly number[]): number => shape.reduce((size, axis) => size * axis, 1);

/** Whether the answer is one class for each of several places, as for every pixel or every letter. */
export const answersEachPlace = ({ task, labels, classNames }: Pick<DatasetDescriptor, 'task' | 'labels' | 'classNames'>): boolean =>
  task !== 'numbers' && sizeOf(labels.shape) > 1 && (task === 'binary' || labels.shape.at(-1) !== classNames?.length);

/** The classes of a label: one, given as its number or as a row with one value per class; or one for each place. */
export function classesOf(dataset: Pick<DatasetDescriptor, 'task' | 'labels' | 'classNames'>, label: readonly number[]): readonly number[] {
  if (answersEachPlace(dataset)) return label.map(Math.round);
  return [label.length > 1 ? label.indexOf(Math.max(...label)) : Math.round(label[0] ?? 0)];
}
