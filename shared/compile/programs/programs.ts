// Network and settings become programs: the whole train step (forward, loss, backward, optimizer), evaluation and prediction.

import type { DatasetDescriptor } from '../../datasets/descriptor.ts';
import type { Network } from '../../network/network.ts';
import { constrained } from '../../layers/constraints/index.ts';
import type { Builder } from '../../tensor/builder.ts';
import { gradients } from '../../tensor/gradient.ts';
import { simplify } from '../../tensor/simplify.ts';
import type { Program, Shape, Tensor } from '../../tensor/types.ts';
import type { AnyOptimizer } from '../../training/contracts.ts';
import { resolveOptimizer } from '../../training/optimizers/index.ts';
import { lowerUpdates } from '../../training/optimizers/updates.ts';
import type { TrainingSettings } from '../../training/settings.ts';
import { refuseTwoWeights } from './classWeights.ts';
import { forward, type Predicted, predictionKey, predictionOutputs } from './forward.ts';
import { type Graph, graphOf } from '../graph.ts';
import { type Objective, objectiveOf } from './objective.ts';
import { refuseProblems } from '../problems/refuse.ts';
import { metersOf, type Objectives, score } from './score.ts';
import type { CompiledNetwork, CompiledOutput } from '../types.ts';

export interface CompileOptions {
  readonly network: Network;
  readonly settings: TrainingSettings;
  readonly dataset: DatasetDescriptor;
  readonly batchSize: number;
}

function trainStepOf(
  graph: Graph,
  options: CompileOptions,
  objectives: Objectives,
  optimizer: { readonly definition: AnyOptimizer; readonly parameters: Record<string, unknown> },
) {
  const pass = forward(graph, options.dataset, options.batchSize, true);
  const { context } = pass,
    { builder } = context;
  const { loss, outputs } = score(pass, objectives);
  const trainable = context.weights.filter(({ declaration }) => declaration.trainable);
  const derivatives = gradients(
    builder,
    loss,
    trainable.map(({ tensor }) => tensor),
  );
  const learningRate = builder.input('learningRate', [], 'float32', { kind: 'scalar' });
  const step = builder.input('step', [], 'float32', { kind: 'scalar' });
  const slots: { name: string; shape: Shape }[] = [];
  const slot = (name: string, shape: Shape) => {
    slots.push({ name, shape });
    return builder.input(name, shape, 'float32', { kind: 'state' });
  };
  const trained = trainable.flatMap(({ declaration, tensor }, i) => {
    const gradient = derivatives[i];
    const { constraint } = declaration;
    const held = constraint && ((writer: Builder, weight: Tensor) => constrained(writer, weight, constraint));
    return gradient ? [{ name: declaration.name, tensor, gradient, ...(held && { constraint: held }) }] : [];
  });
  const updates = [...context.updates, ...lowerUpdates({ builder, learningRate, step, slot }, optimizer, trained)];
  return { program: simplify(builder.build(outputs, updates)), weights: context.weights.map(({ declaration }) => declaration), slots };
}

function evaluateOf(graph: Graph, { dataset, batchSize }: CompileOptions, objectives: Objectives): Program {
  const pass = forward(graph, dataset, batchSize, false);
  const { outputs } = score(pass, objectives);
  return simplify(pass.context.builder.build([...outputs, ...predictionOutputs(pass)]));
}

function predictOf(graph: Graph, { dataset, batchSize }: CompileOptions): Program {
  const pass = forward(graph, dataset, batchSize, false);
  return simplify(pass.context.builder.build(predictionOutputs(pass)));
}

const outputOf = ({ one, prediction, target }: Predicted, { loss }: Objective): CompiledOutput => ({
  name: one.node.name,
  key: predictionKey(one.node.name),
  shape: prediction.shape.slice(1),
  loss: loss.id,
  target,
});

/**
 * The programs of a network for one batch size.
 * @throws NetwrightError of kind `project` with the first problem of the network or of the settings
 */
export function compileNetwork(options: CompileOptions): CompiledNetwork {
  const { network, settings, dataset, batchSize } = options;
  refuseProblems(network, dataset, { loss: settings.loss });
  if (settings.classWeights) refuseTwoWeights(dataset);
  const optimizer = resolveOptimizer(settings.optimizer);
  const graph = graphOf(network);
  const pass = forward(graph, dataset, batchSize, false);
  const { predictions } = pass;
  const objectives = predictions.map((predicted) => objectiveOf(pass.context.builder, predicted, settings, predictions.length > 1));
  const { program, weights, slots } = trainStepOf(graph, options, objectives, optimizer);
  const outputs = predictions.map((predicted, i) => outputOf(predicted, objectives[i] as Objective));
  return {
    batchSize,
    weights,
    slots,
    outputs,
    loss: outputs.map((output) => output.loss).join(' + '),
    metrics: program.outputs.flatMap(({ name }) => (name === 'loss' ? [] : [name])),
    meters: metersOf(pass, objectives),
    trainStep: program,
    evaluate: evaluateOf(graph, options, objectives),
    predict: predictOf(graph, options),
  };
}
