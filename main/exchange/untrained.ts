// A network that no run has trained, as exporters take it: with the weights that its file brought along, and freshly drawn ones else.

import { analyze, compileNetwork, compilePrediction, initialState } from '../../shared/compile/index.ts';
import type { CompiledNetwork } from '../../shared/compile/types.ts';
import type { DatasetDescriptor } from '../../shared/datasets/descriptor.ts';
import { NetwrightError } from '../../shared/lib/errors.ts';
import { expandBlocks } from '../../shared/network/blocks.ts';
import type { Network } from '../../shared/network/network.ts';
import type { Problem } from '../../shared/network/problem.ts';
import { resolveOptimizer } from '../../shared/training/optimizers/index.ts';
import type { TrainingSettings } from '../../shared/training/settings.ts';
import type { StoredTensor } from '../files/safetensors.ts';
import { withKept } from './keptWeights.ts';
import type { Trained } from './trained.ts';
import { namedWeights, type WeightPlaces } from './weightStore.ts';

export interface Drawn extends WeightPlaces {
  readonly network: Network;
  readonly settings: TrainingSettings;
  /** Null while the project has none. */
  readonly dataset: DatasetDescriptor | null;
}

type Known = Pick<Trained, 'analysis' | 'dataset'>;
const isError = ({ severity }: Problem): boolean => severity === 'error';

/** With the project's data where it fits the network; without, shapes that the Inputs say themselves are enough. */
function known({ network, settings, dataset }: Drawn): Known {
  const candidates = dataset === null ? [null] : [dataset, null];
  const readings = candidates.map((one) => ({ dataset: one, analysis: analyze(network, { dataset: one, loss: settings.loss }) }));
  const sound = readings.find(({ analysis }) => !analysis.problems.some(isError));
  if (sound) return sound;
  const problem = readings.at(-1)?.analysis.problems.find(isError);
  throw new NetwrightError({
    kind: 'project',
    code: problem?.code ?? 'export-problem',
    where: problem?.where ?? network.name,
    message: `“${network.name}” cannot be exported as it is drawn. ${problem?.what} ${problem?.why ?? ''}`.trim(),
  });
}

/** Data of the shapes that the Inputs have: only they matter for the weights. */
function standIn(network: Network, { analysis }: Known): DatasetDescriptor {
  const inputs = expandBlocks(network).network.nodes.filter(({ kind }) => kind === 'input');
  const [features = { name: 'x', shape: [1], dtype: 'float32' }, ...moreFeatures] = inputs.map(({ id, name }) => ({
    name,
    shape: [...(analysis.nodes[id]?.outputShape ?? [1])],
    dtype: 'float32' as const,
  }));
  return {
    ...{ id: 'shapes', title: 'its Inputs', about: '', task: 'numbers', features, moreFeatures, labels: { name: 'y', shape: [1], dtype: 'float32' } },
    ...{ samples: { train: 1, test: 0 }, look: 'table', source: '', licence: '', origin: 'generated' },
  };
}

/** With data also what the optimizer keeps, so that a program that goes on with it finds all it looks for. */
function compiled({ network, settings }: Drawn, reading: Known): CompiledNetwork {
  const { dataset } = reading;
  return dataset ? compileNetwork({ network, settings, dataset, batchSize: settings.batchSize }) : compilePrediction(network, standIn(network, reading), 1);
}

async function startOf(drawn: Drawn, reading: Known): Promise<ReadonlyMap<string, StoredTensor>> {
  const { network, settings } = drawn;
  const { weights, slots } = compiled(drawn, reading);
  const fresh = initialState({ weights, slots }, settings.seed);
  const named: ReadonlyMap<string, StoredTensor> = network.weights === undefined ? new Map() : await namedWeights(network, drawn);
  const empty = slots.map(({ name, shape }) => [name, { shape, data: fresh.get(name) as Float32Array }] as const);
  return new Map([...withKept(weights, fresh, named), ...empty]);
}

/** The network as it stands before any training. @throws NetwrightError with the first problem of the drawing */
export async function untrained(drawn: Drawn): Promise<Trained> {
  const { network, settings } = drawn;
  const reading = known(drawn);
  const { parameters } = resolveOptimizer(settings.optimizer);
  return { network, settings, ...reading, state: await startOf(drawn, reading), step: 0, learningRate: Number(parameters['learningRate'] ?? 0.001) };
}
