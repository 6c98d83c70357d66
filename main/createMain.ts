// The main process without the thing it runs in: takes a host, gives the handlers of the protocol and the events.
// Electron, the browser's server, the command line and tests all use this one.

import type { Handlers } from '../shared/protocol/contract.ts';
import type { Emit } from '../shared/protocol/server.ts';
import { Blocks } from './blocks/index.ts';
import { createDatasets, type Datasets } from './datasets/index.ts';
import { Engines } from './engines/index.ts';
import { Forecasts } from './forecasts/index.ts';
import type { Host } from './host.ts';
import { Projects, templateInfos } from './projects/index.ts';
import { Models } from './exchange/models.ts';
import { runWeights } from './exchange/runWeights.ts';
import { Runs, type RunsOptions } from './runs/index.ts';
import { Transfers } from './transfers/index.ts';

export interface Main {
  readonly handlers: Handlers;
  readonly datasets: Datasets;
  readonly runs: Runs;
  readonly engines: Engines;
  readonly emit: Emit;
  /** Hears every event. @returns the end of the subscription */
  subscribe(listener: Emit): () => void;
  /** Stops all runs with checkpoints; resolves when nothing of ours is left running. */
  close(): Promise<void>;
}

/** What differs between a window, where somebody looks at the layers of a run, and a command, which hears every batch. */
export type MainOptions = Pick<RunsOptions, 'heard' | 'health'>;

/** Builds everything on a host. */
export async function createMain(host: Host, options: MainOptions = {}): Promise<Main> {
  const listeners = new Set<Emit>();
  const emit: Emit = (event, payload) => {
    for (const listener of [...listeners]) listener(event, payload);
  };
  const datasets = createDatasets(host, emit);
  const runs = new Runs({ host, datasets, emit, ...options });
  const engines = new Engines(host, emit);
  const transfers = new Transfers();
  const blocks = new Blocks(host.folders.data, emit);
  const forecasts = new Forecasts({ host, datasets, isTraining: () => runs.isTraining });
  await runs.recover();
  return {
    handlers: createHandlers({ host, datasets, runs, engines, forecasts, transfers, blocks }),
    datasets,
    runs,
    engines,
    emit,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    close: async () => {
      engines.cancel();
      forecasts.cancel();
      await runs.close();
      await transfers.close();
    },
  };
}

interface Rooms {
  readonly host: Host;
  readonly datasets: Datasets;
  readonly runs: Runs;
  readonly engines: Engines;
  readonly forecasts: Forecasts;
  readonly transfers: Transfers;
  readonly blocks: Blocks;
}

function createHandlers({ host, datasets, runs, engines, forecasts, transfers, blocks }: Rooms): Handlers {
  const models = new Models({ host, datasets, runs, transfers });
  const projects = new Projects(host, models);
  return {
    'app.info': () => ({ version: host.version, platform: process.platform, host: host.kind, dataFolder: host.folders.data }),
    'projects.initial': () => projects.initial(),
    'projects.templates': templateInfos,
    'projects.fromTemplate': (id) => projects.fromTemplate(id),
    'projects.recent': () => projects.recent(),
    'projects.open': (path) => projects.open(path),
    'projects.read': (name, text) => projects.read(name, text),
    'projects.save': (project, path) => projects.save(project, path),
    'projects.serialize': (project) => projects.serialize(project),
    'projects.leave': (project) => projects.leave(project),
    'projects.journal': (project, path) => projects.keep(project, path),
    'blocks.list': () => blocks.list(),
    'blocks.save': (block) => blocks.save(block),
    'blocks.rename': (id, name) => blocks.rename(id, name),
    'blocks.remove': (id) => blocks.remove(id),
    'models.receive': (file) => models.receive(file),
    'models.export': (request) => models.export(request),
    'files.announce': (name, bytes) => transfers.announce(name, bytes),
    'files.append': (id, piece) => transfers.append(id, piece),
    'files.read': (id, offset) => transfers.read(id, offset),
    'datasets.list': () => datasets.list(),
    'datasets.fetch': (id) => datasets.fetch(id),
    'datasets.preview': (id, part, offset, count) => datasets.preview(id, part, offset, count),
    'engines.list': () => engines.list(),
    'engines.install': (id) => engines.install(id),
    'engines.cancel': () => engines.cancel(),
    'engines.uninstall': (id) => engines.uninstall(id),
    'forecast.measure': (request) => forecasts.measure(request),
    'forecast.cancel': () => forecasts.cancel(),
    'runs.start': async (request) => {
      forecasts.cancel();
      return { id: await runs.start(request) };
    },
    'runs.pause': (id) => runs.pause(id),
    'runs.resume': (id) => {
      forecasts.cancel();
      return runs.resume(id);
    },
    'runs.stop': (id) => runs.stop(id),
    'runs.setLearningRate': (id, learningRate) => runs.setLearningRate(id, learningRate),
    'runs.list': () => runs.list(),
    'runs.get': (id) => runs.get(id),
    'runs.remove': (id) => runs.remove(id),
    'runs.weights': (id) => runWeights(runs.folderOf(id)),
  };
}
