// Where MNIST comes from: a folder that has it, the cache, the web.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { download } from './download.ts';
import { findImageSet, imageSetFiles, type ImageSetFile, type ImageSetPaths } from './imageSet.ts';

/** SHA-256 of the unpacked files, and the size of the packed ones at the mirrors. */
const originals: Readonly<Record<ImageSetFile, { readonly sha256: string; readonly bytes: number }>> = {
  'train-images-idx3-ubyte': { sha256: 'ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db', bytes: 9_912_422 },
  'train-labels-idx1-ubyte': { sha256: '65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5', bytes: 28_881 },
  't10k-images-idx3-ubyte': { sha256: '0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7', bytes: 1_648_877 },
  't10k-labels-idx1-ubyte': { sha256: 'ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2', bytes: 4_542 },
};
const mirrors = ['https://storage.googleapis.com/cvdf-datasets/mnist/', 'https://ossci-datasets.s3.amazonaws.com/mnist/'];
const totalBytes = imageSetFiles.reduce((sum, name) => sum + originals[name].bytes, 0);

const cached = (cache: string): string => join(cache, 'datasets', 'mnist');

/** The files, if they are on this machine: `FOLDER/mnist/…` or `FOLDER/…` of the data folders, else the cache. */
export function findMnist(dataFolders: readonly string[], cache: string): ImageSetPaths | null {
  for (const folder of dataFolders.flatMap((one) => [join(one, 'mnist'), one])) {
    const found = findImageSet(folder);
    if (found) return found;
  }
  // A download that broke off leaves a part: that is no fault of anyone, the rest is fetched.
  return imageSetFiles.every((name) => existsSync(join(cached(cache), `${name}.gz`))) ? findImageSet(cached(cache)) : null;
}

/** Downloads what is not in the cache yet, file by file, so that a broken attempt loses little. */
export async function downloadMnist(
  cache: string,
  progress: (received: number, total: number) => void,
  from: readonly string[] = mirrors,
  patience = 15_000,
): Promise<ImageSetPaths> {
  let before = 0;
  for (const name of imageSetFiles) {
    const { sha256, bytes } = originals[name];
    const file = `${name}.gz`;
    const to = join(cached(cache), file);
    if (!existsSync(to))
      await download({
        urls: from.map((mirror) => mirror + file),
        to,
        sha256,
        maximumBytes: 2 * bytes,
        patience,
        progress: (received) => progress(before + received, totalBytes),
      });
    before += bytes;
  }
  return findImageSet(cached(cache)) as ImageSetPaths;
}
