// One random network on our side, as the command line would do it (`import`, `train --no-shuffle --log-every batch`, `export`), but in this
// process: what Keras saved is read, written as a project, opened, trained, taken away. Judges nothing.

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { datasetNamed, openProject } from '../../../main/cli/chosen.ts';
import { settingsFrom } from '../../../main/cli/trainSettings.ts';
import { createMain, type Main } from '../../../main/createMain.ts';
import { fitToNetwork } from '../../../main/datasets/fit.ts';
import { exportFormats } from '../../../main/exchange/formats.ts';
import { readKeras } from '../../../main/exchange/keras/readKeras.ts';
import { saveImported } from '../../../main/exchange/saveImported.ts';
import { type Trained, trainedIn } from '../../../main/exchange/trained.ts';
import { nodeHost } from '../../../main/nodeHost.ts';
import { readRequest } from '../../../main/runs/store.ts';
import { weightDifference } from '../../parity/compare.ts';
import { netwright, root } from '../command.ts';
import type { Drawn, Told } from './kerasSide.ts';

export type EngineId = 'onnxruntime' | 'tensorflow';

export interface OurSide {
  readonly notes: readonly string[];
  /** What each step said of itself. */
  readonly told: readonly Told[];
  /** The largest difference of a final weight, relative to the largest of its tensor; null where it did not come so far. */
  readonly weights: number | null;
  /** What did not work, by where it stood. */
  readonly failed: Readonly<Record<string, string>>;
}

const words = (error: unknown): string => (error instanceof Error ? error.message : String(error));

interface Parts {
  readonly main: Main;
  readonly engine: EngineId;
  readonly batch: number;
  readonly home: string;
  /** By run. */
  readonly heard: ReadonlyMap<string, Told[]>;
}

export class Ours {
  private readonly main: Main;
  private readonly engine: EngineId;
  private readonly batch: number;
  private readonly home: string;
  private readonly heard: ReadonlyMap<string, Told[]>;

  private constructor({ main, engine, batch, home, heard }: Parts) {
    this.main = main;
    this.engine = engine;
    this.batch = batch;
    this.home = home;
    this.heard = heard;
  }

  /** @param home a folder of its own for runs and prepared data */
  static async open(home: string, engine: EngineId, batch: number): Promise<Ours> {
    mkdirSync(home, { recursive: true });
    const heard = new Map<string, Told[]>();
    const host = { ...nodeHost({ ...process.env, NETWRIGHT_HOME: home }), engines: join(root, '.build', 'engines', 'data', 'engines') };
    const main = await createMain(host, {
      heard: (id, message) => {
        if (message.type === 'progress') heard.set(id, [...(heard.get(id) ?? []), ...message.progress.batches.map(({ values }) => values)]);
      },
    });
    return new Ours({ main, engine, batch, home, heard });
  }

  close(): Promise<void> {
    return this.main.close();
  }

  /** Everything of one network in its folder; what fails is said, and ends the way. */
  async do(folder: string, drawn: Drawn): Promise<OurSide> {
    const failed: Record<string, string> = {};
    let side: OurSide = { notes: [], told: [], weights: null, failed };
    let at = 'import';
    try {
      const { network, weights, training, notes } = await readKeras(join(folder, `model.${drawn.format}`));
      side = { ...side, notes };
      const project = join(folder, 'ours.netwright');
      await saveImported({ network, weights, training, notes }, project, 'model');
      at = 'predict';
      if (drawn.chance) netwright(this.home, 'predict', project, '--data', join(folder, 'data.npz'), '-o', join(folder, 'ours.npz'));
      at = 'train';
      const { told, error } = await this.train(folder, project, drawn);
      side = { ...side, told };
      if (error !== null) failed[at] = error;
      at = 'export';
      const trained = error === null ? await this.trained(folder) : null;
      if (trained) await exportFormats.keras.write(join(folder, 'taken.keras'), trained);
      at = 'export to h5';
      if (trained && drawn.older) await exportFormats.h5.write(join(folder, 'taken.h5'), trained);
      at = 'weights';
      if (trained) side = { ...side, weights: await differenceAtEnd(folder, trained) };
    } catch (error) {
      failed[at] = words(error);
    }
    return side;
  }

  private async train(folder: string, file: string, { classWeight }: Drawn): Promise<{ readonly told: readonly Told[]; readonly error: string | null }> {
    const project = await openProject(file);
    const [network] = project.networks;
    if (!network) throw new Error('The project holds no network.');
    const flags = { shuffle: false, epochs: 1, batchSize: this.batch, validationSplit: 0, engine: this.engine, device: 'cpu' } as const;
    const settings = settingsFrom(project.training, { ...flags, ...(classWeight && { classWeights: classWeight }) });
    const request = { project: file, network, settings, dataset: datasetNamed(project, join(folder, 'data.npz')), race: null };
    const id = await this.main.runs.start(request, { folder: join(folder, 'run') });
    const { error } = await this.main.runs.whenEnded(id);
    return { told: this.heard.get(id) ?? [], error: error?.message ?? null };
  }

  private async trained(folder: string): Promise<Trained> {
    const run = join(folder, 'run');
    const { network, settings, dataset, target } = await readRequest(run);
    const { descriptor } = await this.main.datasets.prepare(dataset, target);
    return trainedIn(run, { network, settings, dataset: fitToNetwork(descriptor, network, settings) });
  }
}

async function differenceAtEnd(folder: string, { state }: Trained): Promise<number> {
  const { weights } = await readKeras(join(folder, 'end.keras'));
  return weightDifference(new Map([...state].map(([name, { data }]) => [name, data])), weights);
}
