// Datasets by name: what is there, fetching, preparing, looking at samples. The only way into this room.

import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { datasets as catalogue, datasetOf, generatedDatasets } from '../../shared/datasets/catalogue.ts';
import type { DatasetDescriptor } from '../../shared/datasets/descriptor.ts';
import type { DatasetPreview, DatasetState } from '../../shared/protocol/contract.ts';
import type { Emit } from '../../shared/protocol/server.ts';
import type { Host } from '../host.ts';
import { dataError } from './dataError.ts';
import { findImageSet, type ImageSetPaths, readImageSet } from './imageSet.ts';
import { downloadMnist, findMnist } from './mnist.ts';
import { checkFile, isFileName, ownFileIn, readOwnFile } from './ownFile.ts';
import { type PreparedDataset, prepareFrom, prepareLoaded, storePrepared } from './prepared.ts';
import { previewOf } from './preview.ts';

export interface Datasets {
  list(): Promise<DatasetState[]>;
  /** Downloads where needed. */
  fetch(id: string): Promise<DatasetState>;
  preview(id: string, part: 'train' | 'test', offset: number, count: number): Promise<DatasetPreview>;
  /** The rows as files, for the trainer. @param name a dataset's id or the path of a file @param target a .csv's target column */
  prepare(name: string, target?: string | null): Promise<PreparedDataset>;
}

type DatasetHost = Pick<Host, 'folders' | 'assets' | 'dataFolders'>;

const unknown = (id: string) =>
  dataError(
    'unknown-dataset',
    id,
    `There is no dataset “${id}”. Built-in ones: ${catalogue.map((one) => one.id).join(', ')}; or name a file that ends in .npz or .csv.`,
  );

const isFolder = async (path: string): Promise<boolean> => (await stat(path).catch(() => null))?.isDirectory() ?? false;

/** Where a built-in set's files lie; null while they are not on this machine. */
function filesOf(dataset: DatasetDescriptor, { folders, assets, dataFolders }: DatasetHost): ImageSetPaths | null {
  return dataset.origin === 'download' ? findMnist(dataFolders, folders.cache) : findImageSet(join(assets, 'datasets', dataset.id));
}

async function stateOf(dataset: DatasetDescriptor, host: DatasetHost): Promise<DatasetState> {
  if (dataset.origin === 'generated') return { ...dataset, available: true, bytes: null };
  const files = filesOf(dataset, host);
  const sizes = await Promise.all(Object.values(files ?? {}).map(async (path: string) => (await stat(path)).size));
  return { ...dataset, available: files !== null, bytes: files && sizes.reduce((sum, size) => sum + size, 0) };
}

/** The datasets of one host; `emit` gets the progress of downloads. */
export function createDatasets(host: DatasetHost, emit: Emit): Datasets {
  const { cache } = host.folders;
  /** Downloads in progress, so that two that ask get the same one. */
  const downloads = new Map<string, Promise<ImageSetPaths>>();

  const fetched = (dataset: DatasetDescriptor): Promise<ImageSetPaths> => {
    const files = filesOf(dataset, host);
    if (files) return Promise.resolve(files);
    if (dataset.origin !== 'download')
      throw dataError(
        'bundled-missing',
        dataset.id,
        `${dataset.title} comes with Netwright, but its files are missing from ${join(host.assets, 'datasets', dataset.id)}. Install Netwright again.`,
      );
    const running =
      downloads.get(dataset.id) ??
      downloadMnist(cache, (received, total) => emit('datasets.progress', { id: dataset.id, received, total })).finally(() => downloads.delete(dataset.id));
    downloads.set(dataset.id, running);
    return running;
  };

  const prepareNow = async (name: string, target: string | null): Promise<PreparedDataset> => {
    const generated = generatedDatasets.find((set) => set.descriptor.id === name);
    if (generated) return storePrepared(cache, { descriptor: generated.descriptor, ...generated.generate() });
    const dataset = datasetOf(name);
    if (dataset) {
      const files = await fetched(dataset);
      return prepareLoaded(cache, JSON.stringify(dataset), Object.values(files), () => readImageSet(dataset, files));
    }
    if (!isFileName(name)) throw (await isFolder(name)) ? dataError('file-kind', name, `${name} is a folder. Name an .npz or .csv file in it.`) : unknown(name);
    const { path, target: named } = ownFileIn(name),
      asked = target ?? named;
    await checkFile(path);
    return prepareFrom(cache, JSON.stringify(['own', path, asked]), [path], (folder) => readOwnFile(path, asked, folder));
  };

  /** Who asks for what is being prepared already waits for the same. */
  const preparing = new Map<string, Promise<PreparedDataset>>();
  const prepare: Datasets['prepare'] = (name, target = null) => {
    const key = JSON.stringify([name, target]);
    const running = preparing.get(key) ?? prepareNow(name, target).finally(() => preparing.delete(key));
    preparing.set(key, running);
    return running;
  };

  return {
    list: () => Promise.all(catalogue.map((dataset) => stateOf(dataset, host))),
    fetch: async (id) => {
      const dataset = datasetOf(id);
      if (!dataset) throw unknown(id);
      await prepare(id);
      return stateOf(dataset, host);
    },
    preview: async (id, part, offset, count) => previewOf(await prepare(id), part, offset, count),
    prepare,
  };
}
