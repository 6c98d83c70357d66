// A dataset's columns: what comes in and what is asked for, each under a key that data files, programs and engines share.
// `features/image` and `labels/class` are such keys. Descriptors keep the first of each apart; everything that computes reads this list.

import type { DatasetDescriptor, DatasetTensor } from './descriptor.ts';

export interface FeatureColumn extends DatasetTensor {
  readonly key: string;
}
export interface LabelColumn extends FeatureColumn {
  readonly task: DatasetDescriptor['task'];
  /** In the order of the label's numbers. */
  readonly classNames?: readonly string[];
}

/** What comes in, in the dataset's order. */
export const featureColumns = ({ features, moreFeatures = [] }: DatasetDescriptor): FeatureColumn[] =>
  [features, ...moreFeatures].map((tensor) => ({ ...tensor, key: `features/${tensor.name}` }));

/** What is asked for, in the dataset's order. */
export const labelColumns = ({ labels, task, classNames, moreLabels = [] }: DatasetDescriptor): LabelColumn[] =>
  [{ ...labels, task, ...(classNames && { classNames }) }, ...moreLabels].map((tensor) => ({ ...tensor, key: `labels/${tensor.name}` }));

/** How much samples count; `of`: for which label alone. */
export interface WeightColumn extends FeatureColumn {
  readonly of?: string | undefined;
}
export const weightColumns = ({ sampleWeights = [] }: DatasetDescriptor): WeightColumn[] =>
  sampleWeights.map((tensor) => ({ ...tensor, key: `weights/${tensor.name}` }));

/** All columns: features first. */
export const columnsOf = (dataset: DatasetDescriptor): (FeatureColumn | LabelColumn | WeightColumn)[] => [
  ...featureColumns(dataset),
  ...labelColumns(dataset),
  ...weightColumns(dataset),
];

/** The number of classes of a column with class labels. */
export const classCount = ({ classNames }: Pick<LabelColumn, 'classNames'>): number => classNames?.length ?? 2;

/** The axes over which a column asks again and again (a class for each step); none where there is one answer. */
export const answersOf = ({ shape }: Pick<LabelColumn, 'shape'>): readonly number[] => (shape.at(-1) === 1 ? shape.slice(0, -1) : shape);
