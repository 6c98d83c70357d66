// What every exporter is given: a network whose shapes are known, with the weights that a run left and how it was trained.

import { analyze } from '../../shared/compile/index.ts';
import type { Analysis } from '../../shared/compile/types.ts';
import type { DatasetDescriptor } from '../../shared/datasets/descriptor.ts';
import type { Network } from '../../shared/network/network.ts';
import type { TrainingSettings } from '../../shared/training/settings.ts';
import { learnedState, newestState } from '../files/newestState.ts';
import { learnedFiles } from '../files/runStates.ts';
import type { StoredTensor, TensorFile } from '../files/safetensors.ts';

export interface Trained {
  readonly network: Network;
  readonly analysis: Analysis;
  readonly settings: TrainingSettings;
  /** Null where it was not trained on any: then loss and optimizer are not part of what is written. */
  readonly dataset: DatasetDescriptor | null;
  /** Weights (`dense_1/kernel`) and the optimizer's slots (`adam/dense_1/kernel/momentum`). */
  readonly state: ReadonlyMap<string, StoredTensor>;
  /** Steps done, and the learning rate of the last one. */
  readonly step: number;
  readonly learningRate: number;
}

type Checkpoint = Pick<Trained, 'state' | 'step' | 'learningRate'>;

/** What a run has learned. @throws NetwrightError where there is none, or it is damaged */
export async function newestCheckpoint(runFolder: string): Promise<Checkpoint> {
  const read = ({ metadata, tensors }: TensorFile): Checkpoint => ({
    state: tensors,
    step: Number(metadata.step),
    learningRate: Number(metadata.learningRate),
  });
  return learnedState(await newestState(await learnedFiles(runFolder), read), runFolder);
}

/** A run's network as it has learned. @throws NetwrightError where there is no checkpoint */
export async function trainedIn(runFolder: string, run: Pick<Trained, 'network' | 'settings' | 'dataset'>): Promise<Trained> {
  return { ...run, analysis: analyze(run.network, { dataset: run.dataset, loss: run.settings.loss }), ...(await newestCheckpoint(runFolder)) };
}
