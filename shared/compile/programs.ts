// Network and settings become programs: the whole train step (forward, loss, backward, optimizer), evaluation and prediction.

import { NetwrightError } from '../lib/errors.ts';
import { defaults } from '../lib/fields.ts';
import type { DatasetDescriptor } from '../datasets/descriptor.ts';
import type { Network } from '../network/network.ts';
import { createBuilder } from '../tensor/builder.ts';
import { gradients } from '../tensor/gradient.ts';
import { simplify } from '../tensor/simplify.ts';
import type { Program, ProgramOutput, Shape, Tensor } from '../tensor/types.ts';
import type { AnyOptimizer, LabelForm } from '../training/contracts.ts';
import type { MeterResults } from '../training/meter.ts';
import { metricOf } from '../training/metrics/index.ts';
import { resolveOptimizer } from '../training/optimizers/index.ts';
import type { TrainingSettings } from '../training/settings.ts';
import { analyze } from './analyze.ts';
import { LoweringContext } from './context.ts';
import { type Graph, graphOf, outputOf } from './graph.ts';
import { inputShapeOf } from './inputShape.ts';
import { featuresOf, labelsOf } from './data.ts';
import { lowerNode, parametersOf } from './lower.ts';
import { type Objective, objectiveOf } from './objective.ts';
import type { CompiledNetwork } from './types.ts';

export interface CompileOptions {
  readonly network: Network;
  readonly settings: TrainingSettings;
  readonly dataset: DatasetDescriptor;
  readonly batchSize: number;
}

/** @throws NetwrightError with the first problem, if there is one */
function refuseProblems(network: Network, dataset: DatasetDescriptor): void {
  const problem = analyze(network, { dataset }).problems.find((one) => one.severity === 'error');
  if (!problem) return;
  const repair = problem.repairs[0] ? ` To mend it: ${problem.repairs[0].label}.` : '';
  const why = problem.why ? ` ${problem.why}` : '';
  throw new NetwrightError({
    kind: 'project',
    code: problem.code,
    where: problem.where,
    message: `${problem.what} (${problem.where}, in network “${network.name}”.)${why}${repair}`,
  });
}

/** The forward pass into a fresh builder. */
function forward(graph: Graph, { dataset, batchSize }: CompileOptions, training: boolean): { readonly context: LoweringContext; readonly prediction: Tensor } {
  const context = new LoweringContext(createBuilder(), training);
  const values = new Map<string, Tensor>();
  for (const one of graph.order) {
    const { layer } = one;
    if (!layer) throw new Error('refuseProblems let an unknown layer through');
    const parameters = parametersOf({ ...one, layer });
    const inputs =
      layer.inputs === 0
        ? [featuresOf(context.builder, dataset, batchSize, inputShapeOf(graph, one, parameters.shape as Shape | null, dataset) ?? [])]
        : one.incoming.map((edge) => values.get(edge.source) as Tensor);
    values.set(one.node.id, lowerNode(context, { ...one, layer }, inputs, parameters));
  }
  const output = outputOf(graph);
  const prediction = output && values.get(output.node.id);
  if (!prediction) throw new Error('refuseProblems let a network without output through');
  return { context, prediction };
}

/** Loss and metrics of a prediction; extra losses of layers are part of the loss, as in Keras. */
function score(
  context: LoweringContext,
  prediction: Tensor,
  { dataset, batchSize }: CompileOptions,
  objective: Objective,
): { readonly loss: Tensor; readonly outputs: ProgramOutput[] } {
  const { builder } = context;
  const form: LabelForm = objective.loss.labels;
  const labels = labelsOf(builder, dataset, batchSize, form, prediction);
  const own = objective.loss.lower(builder, labels, prediction, objective.parameters);
  const loss = context.losses.reduce((sum, extra) => builder.add(sum, extra), own);
  const metrics = objective.metrics.map((id) => {
    const metric = metricOf(id);
    return { name: metric.keras, tensor: metric.lower(builder, labels, prediction, form, defaults(metric.fields)) };
  });
  return { loss, outputs: [{ name: 'loss', tensor: loss }, ...metrics] };
}

const metersOf = ({ metrics }: Objective): MeterResults =>
  Object.fromEntries(metrics.map(metricOf).map((metric) => [metric.keras, (sums) => metric.result(sums, defaults(metric.fields))]));

function trainStepOf(
  graph: Graph,
  options: CompileOptions,
  objective: Objective,
  optimizer: { readonly definition: AnyOptimizer; readonly parameters: Record<string, unknown> },
) {
  const { context, prediction } = forward(graph, options, true);
  const { builder } = context;
  const { loss, outputs } = score(context, prediction, options, objective);
  const trainable = context.weights.filter(({ declaration }) => declaration.trainable);
  const derivatives = gradients(
    builder,
    loss,
    trainable.map(({ tensor }) => tensor),
  );
  const learningRate = builder.input('learningRate', [], 'float32', { kind: 'scalar' });
  const step = builder.input('step', [], 'float32', { kind: 'scalar' });
  const slots: { name: string; shape: Shape }[] = [];
  const updates: ProgramOutput[] = [...context.updates];
  trainable.forEach(({ declaration, tensor }, i) => {
    const derivative = derivatives[i];
    if (!derivative) return;
    const nameOf = (slot: string) => `${optimizer.definition.id}/${declaration.name}/${slot}`;
    const slot = (name: string) => {
      slots.push({ name: nameOf(name), shape: declaration.shape });
      return builder.input(nameOf(name), declaration.shape, 'float32', { kind: 'state' });
    };
    const update = (name: string, value: Tensor) => updates.push({ name: nameOf(name), tensor: value });
    const weight = optimizer.definition.lower({ builder, learningRate, step, slot, update }, tensor, derivative, optimizer.parameters);
    updates.push({ name: declaration.name, tensor: weight });
  });
  return { program: simplify(builder.build(outputs, updates)), weights: context.weights.map(({ declaration }) => declaration), slots };
}

function evaluateOf(graph: Graph, options: CompileOptions, objective: Objective): Program {
  const { context, prediction } = forward(graph, options, false);
  const { outputs } = score(context, prediction, options, objective);
  return simplify(context.builder.build([...outputs, { name: 'prediction', tensor: prediction }]));
}

function predictOf(graph: Graph, options: CompileOptions): Program {
  const { context, prediction } = forward(graph, options, false);
  return simplify(context.builder.build([{ name: 'prediction', tensor: prediction }]));
}

/**
 * The programs of a network for one batch size.
 * @throws NetwrightError of kind `project` with the first problem of the network or of the settings
 */
export function compileNetwork(options: CompileOptions): CompiledNetwork {
  const { network, settings, dataset, batchSize } = options;
  refuseProblems(network, dataset);
  const optimizer = resolveOptimizer(settings.optimizer);
  const graph = graphOf(network);
  const { prediction, context } = forward(graph, options, false);
  const objective = objectiveOf(context.builder, prediction, settings, dataset);
  const { program, weights, slots } = trainStepOf(graph, options, objective, optimizer);
  return {
    batchSize,
    weights,
    slots,
    loss: objective.loss.id,
    metrics: objective.metrics.map((id) => metricOf(id).keras),
    meters: metersOf(objective),
    predictionShape: prediction.shape.slice(1),
    trainStep: program,
    evaluate: evaluateOf(graph, options, objective),
    predict: predictOf(graph, options),
  };
}
