// Four IDX files (images and labels of the training and the test part) as one dataset; MNIST and all that are packed like it.

import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { DatasetDescriptor, DatasetPart } from '../../shared/datasets/descriptor.ts';
import { dataError } from './dataError.ts';
import { readIdx } from './idx.ts';
import type { LoadedDataset } from './loaded.ts';

export const imageSetFiles = ['train-images-idx3-ubyte', 'train-labels-idx1-ubyte', 't10k-images-idx3-ubyte', 't10k-labels-idx1-ubyte'] as const;
export type ImageSetFile = (typeof imageSetFiles)[number];
export type ImageSetPaths = Readonly<Record<ImageSetFile, string>>;

/** The four files in a folder, packed or not; null where none of them is there. @throws NetwrightError where only some are */
export function findImageSet(folder: string): ImageSetPaths | null {
  const found = imageSetFiles.map((name) => [`${name}.gz`, name].map((file) => join(folder, file)).find((path) => existsSync(path)));
  if (found.every((path) => path === undefined)) return null;
  const missing = imageSetFiles.filter((_, i) => found[i] === undefined);
  if (missing.length > 0)
    throw dataError(
      'idx-missing',
      folder,
      `The folder ${folder} holds only a part of the dataset: missing ${missing.map((name) => `${name}.gz`).join(', ')}. Add the missing files.`,
    );
  return Object.fromEntries(imageSetFiles.map((name, i) => [name, found[i]])) as ImageSetPaths;
}

async function readPart(imagesPath: string, labelsPath: string, dataset: DatasetDescriptor): Promise<DatasetPart> {
  const [images, labels] = await Promise.all([readIdx(imagesPath), readIdx(labelsPath)]);
  const [count = 0, ...shape] = images.shape;
  const wanted = dataset.features.shape.join(' × ');
  if (shape.join(' × ') !== wanted)
    throw dataError('idx-shape', imagesPath, `${imagesPath}: expected images of ${wanted}, found ${shape.join(' × ') || 'single numbers'}.`);
  if (labels.shape.length !== 1)
    throw dataError('idx-shape', labelsPath, `${labelsPath}: expected one label per image, found ${labels.shape.join(' × ')} values.`);
  if (labels.shape[0] !== count)
    throw dataError(
      'idx-count',
      labelsPath,
      `${basename(labelsPath)} has ${labels.shape[0]} labels, but ${basename(imagesPath)} has ${count} images (in ${labelsPath}). Both files must come from the same set.`,
    );
  const classes = dataset.classNames?.length ?? 256;
  const wrong = labels.data.findIndex((label) => label >= classes);
  if (wrong >= 0) throw dataError('idx-label', labelsPath, `${labelsPath}: label ${wrong + 1} is ${labels.data[wrong]}, expected 0 to ${classes - 1}.`);
  return { count, columns: { [`features/${dataset.features.name}`]: images.data, [`labels/${dataset.labels.name}`]: labels.data } };
}

/** Reads all four files. The descriptor's counts become those of the files. */
export async function readImageSet(dataset: DatasetDescriptor, paths: ImageSetPaths): Promise<LoadedDataset> {
  const [train, test] = await Promise.all([
    readPart(paths['train-images-idx3-ubyte'], paths['train-labels-idx1-ubyte'], dataset),
    readPart(paths['t10k-images-idx3-ubyte'], paths['t10k-labels-idx1-ubyte'], dataset),
  ]);
  return { descriptor: { ...dataset, samples: { train: train.count, test: test.count } }, train, test };
}
