// Prediction alone: for data that has no labels, and for networks that are not trained here. Labels and losses are not looked at.

import type { DatasetDescriptor } from '../../datasets/descriptor.ts';
import type { Network } from '../../network/network.ts';
import { simplify } from '../../tensor/simplify.ts';
import type { Program } from '../../tensor/types.ts';
import type { Target } from '../bindings.ts';
import { forward, type Predicted, predictionKey, predictionOutputs } from './forward.ts';
import { graphOf } from '../graph.ts';
import { refuseProblems } from '../problems/refuse.ts';
import type { CompiledNetwork, CompiledOutput } from '../types.ts';

/** What is wrong only where something is compared with labels. */
const aboutLabels: ReadonlySet<string> = new Set(['several-outputs', 'unknown-target', 'output-shape', 'output-activation']);
const nothing: Program = { inputs: [], constants: [], instructions: [], outputs: [], updates: [] };

/** An output that is compared with nothing. */
function outputOf({ one, prediction }: Predicted, { title }: DatasetDescriptor): CompiledOutput {
  const { name } = one.node,
    shape = prediction.shape.slice(1);
  const target: Target = { key: `labels/${name}`, name, shape: [...shape], dtype: 'float32', task: 'numbers', title, reconstruction: false };
  return { name, key: predictionKey(name), shape, loss: '', target };
}

/**
 * The predict program of a network; the programs of training and evaluation are empty.
 * @throws NetwrightError of kind `project` with the first problem that stands in the way
 */
export function compilePrediction(network: Network, dataset: DatasetDescriptor, batchSize: number): CompiledNetwork {
  refuseProblems(network, dataset, { matters: ({ code }) => !aboutLabels.has(code) });
  const pass = forward(graphOf(network), dataset, batchSize, false);
  return {
    batchSize,
    weights: pass.context.weights.map(({ declaration }) => declaration),
    slots: [],
    outputs: pass.predictions.map((predicted) => outputOf(predicted, dataset)),
    ...{ loss: '', metrics: [], meters: {} },
    ...{ trainStep: nothing, evaluate: nothing },
    predict: simplify(pass.context.builder.build(predictionOutputs(pass))),
  };
}
