// Models of other programs for the app: a file becomes a network of the open project, a network becomes a file. The only way from the window
// into this room.

import { basename, extname } from 'node:path';
import { NetwrightError } from '../../shared/lib/errors.ts';
import type { DatasetDescriptor } from '../../shared/datasets/descriptor.ts';
import type { ExportedModel, ExportRequest, OpenedModel } from '../../shared/protocol/contract.ts';
import { fitToNetwork } from '../datasets/fit.ts';
import type { Datasets } from '../datasets/index.ts';
import type { Host } from '../host.ts';
import { readRequest } from '../runs/store.ts';
import type { Runs } from '../runs/index.ts';
import type { Transfers } from '../transfers/index.ts';
import { exportFormats } from './formats.ts';
import { importModel } from './importModel.ts';
import { type Trained, trainedIn } from './trained.ts';
import { untrained } from './untrained.ts';
import { keepWeights } from './weightStore.ts';

interface Parts {
  readonly host: Pick<Host, 'node' | 'folders' | 'dialogs' | 'kind'>;
  readonly datasets: Datasets;
  readonly runs: Pick<Runs, 'folderOf'>;
  readonly transfers: Transfers;
}

/** Letters that a file's name must not have on some system. */
const fileName = (name: string, extension: string): string => `${name.replace(/[\\/:*?"<>|]+/g, ' ').trim() || 'network'}${extension}`;

export class Models {
  private readonly parts: Parts;

  constructor(parts: Parts) {
    this.parts = parts;
  }

  /** Reads a model file. @param name as the person knows it, where the path is ours */
  async open(path: string, name = basename(path)): Promise<OpenedModel> {
    const { host } = this.parts;
    const { network, weights, training, notes } = await importModel(host, path).catch((error: unknown) => {
      throw renamed(error, path, name);
    });
    const named = { ...network, name: basename(name, extname(name)).slice(0, 100) || network.name };
    const kept = weights.size === 0 ? named : { ...named, weights: await keepWeights(host.folders.data, weights, name) };
    const values = [...weights.values()].reduce((sum, { data }) => sum + data.length, 0);
    return { file: name, network: kept, training, notes, values };
  }

  /** Reads a model file that the window sent. */
  receive(id: string): Promise<OpenedModel> {
    return this.parts.transfers.use(id, (path, name) => this.open(path, name));
  }

  /** Writes a network: where the host's dialog says, or for the window to fetch. Null: the person cancelled. */
  async export(request: ExportRequest): Promise<ExportedModel | null> {
    const { host, transfers } = this.parts;
    const { extension, write } = exportFormats[request.format];
    const model = await this.modelOf(request);
    const name = fileName(model.network.name, extension);
    if (!host.dialogs) {
      const { file, written } = await transfers.offer(name, (path) => write(path, model));
      return { path: null, file, notes: written };
    }
    const path = await host.dialogs.save(name);
    return path === null ? null : { path, file: null, notes: await write(path, model) };
  }

  private async modelOf({ run, project, network, settings, dataset }: ExportRequest): Promise<Trained> {
    const { host, datasets, runs } = this.parts;
    if (run === null)
      return untrained({ project, network, settings, dataset: await this.descriptorOf(dataset, network, settings), dataFolder: host.folders.data });
    const folder = runs.folderOf(run);
    const asked = await readRequest(folder);
    const { descriptor } = await datasets.prepare(asked.dataset, asked.target);
    return trainedIn(folder, { network: asked.network, settings: asked.settings, dataset: fitToNetwork(descriptor, asked.network, asked.settings) });
  }

  /** What is known of the data without fetching it; null where it is not on this machine or does not fit. */
  private async descriptorOf(
    dataset: string | null,
    network: ExportRequest['network'],
    settings: ExportRequest['settings'],
  ): Promise<DatasetDescriptor | null> {
    if (dataset === null) return null;
    const listed = (await this.parts.datasets.list()).find(({ id }) => id === dataset);
    if (listed) return listed;
    try {
      return fitToNetwork((await this.parts.datasets.prepare(dataset)).descriptor, network, settings);
    } catch (error) {
      if (error instanceof NetwrightError && error.kind === 'data') return null;
      throw error;
    }
  }
}

/** A refusal in which the file has the name that the person knows, not that of our copy. */
function renamed(error: unknown, path: string, name: string): unknown {
  if (!(error instanceof NetwrightError)) return error;
  const { kind, code, message, where } = error;
  const told = (text: string): string => text.replaceAll(path, name).replaceAll(basename(path), name);
  return new NetwrightError({ kind, code, message: told(message), ...(where === undefined ? {} : { where: told(where) }) });
}
