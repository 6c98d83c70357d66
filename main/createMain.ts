// The main process without the thing it runs in: takes a host, gives the handlers of the protocol and the events.
// Electron, the browser's server, the command line and tests all use this one.

import type { EngineInfo, Handlers } from '../shared/protocol/contract.ts';
import type { Emit } from '../shared/protocol/server.ts';
import { createDatasets, type Datasets } from './datasets/index.ts';
import type { Host } from './host.ts';
import { Projects, templateInfos } from './projects/index.ts';
import { Runs, type RunsOptions } from './runs/index.ts';
import { runTask } from './runs/trainerProcess.ts';

export interface Main {
  readonly handlers: Handlers;
  readonly datasets: Datasets;
  readonly runs: Runs;
  readonly emit: Emit;
  /** Hears every event. @returns the end of the subscription */
  subscribe(listener: Emit): () => void;
  /** Stops all runs with checkpoints; resolves when nothing of ours is left running. */
  close(): Promise<void>;
}

/** What engines there are; asked of a trainer, since only it may load them. @param tested really computes with each */
export async function listEngines(host: Pick<Host, 'node' | 'trainer' | 'engines'>, tested = false): Promise<readonly EngineInfo[]> {
  const answer = await runTask(host, { task: 'engines', tested });
  if (answer.type === 'engines') return answer.engines;
  const reason = answer.type === 'failed' ? answer.error.message : 'The trainer gave no answer.';
  return [
    { id: 'onnxruntime', title: 'ONNX Runtime', device: 'cpu', version: null, state: 'failed', reason, whatToDo: 'Set Netwright up again with npm start.' },
  ];
}

/** Builds everything on a host. @param heard gets all that trainers say, for those who need every batch */
export async function createMain(host: Host, heard?: RunsOptions['heard']): Promise<Main> {
  const listeners = new Set<Emit>();
  const emit: Emit = (event, payload) => {
    for (const listener of [...listeners]) listener(event, payload);
  };
  const datasets = createDatasets(host, emit);
  const runs = new Runs({ host, datasets, emit, heard });
  await runs.recover();
  return {
    handlers: createHandlers(host, datasets, runs),
    datasets,
    runs,
    emit,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    close: () => runs.close(),
  };
}

function createHandlers(host: Host, datasets: Datasets, runs: Runs): Handlers {
  const projects = new Projects(host);
  let engines: Promise<readonly EngineInfo[]> | null = null;
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
    'projects.journal': (project, path) => projects.keep(project, path),
    'datasets.list': () => datasets.list(),
    'datasets.fetch': (id) => datasets.fetch(id),
    'datasets.preview': (id, part, offset, count) => datasets.preview(id, part, offset, count),
    'engines.list': () => (engines ??= listEngines(host)),
    'runs.start': async (request) => ({ id: await runs.start(request) }),
    'runs.pause': (id) => runs.pause(id),
    'runs.resume': (id) => runs.resume(id),
    'runs.stop': (id) => runs.stop(id),
    'runs.setLearningRate': (id, learningRate) => runs.setLearningRate(id, learningRate),
    'runs.list': () => runs.list(),
    'runs.get': (id) => runs.get(id),
    'runs.remove': (id) => runs.remove(id),
  };
}
