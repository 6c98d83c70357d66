// Losses and metrics that say nothing about what the network gives or the data asks for: told while one draws, for the reason a training
// would be refused. Works on a network without other errors.

import type { DatasetDescriptor } from '../../datasets/descriptor.ts';
import { weightColumns } from '../../datasets/columns.ts';
import { NetwrightError } from '../../lib/errors.ts';
import { expandBlocks } from '../../network/blocks.ts';
import type { Network, OutputSettings } from '../../network/network.ts';
import type { Problem, Repair } from '../../network/problem.ts';
import { createBuilder } from '../../tensor/builder.ts';
import { ShapeError } from '../../tensor/operation.ts';
import { formatShape, type Shape } from '../../tensor/types.ts';
import { chooseLoss } from '../../training/chooseLoss.ts';
import type { AnyLoss } from '../../training/contracts.ts';
import { answersOtherwise, lossOf } from '../../training/losses/index.ts';
import { metricOf, metrics } from '../../training/metrics/index.ts';
import type { TrainingSettings } from '../../training/settings.ts';
import { bindingsOf, type Target } from '../bindings.ts';
import { classWeightsOf, refuseClassWeights, refuseTwoWeights } from '../programs/classWeights.ts';
import { DataInputs } from '../programs/data.ts';
import { type Graph, type GraphNode, layerGraph } from '../graph.ts';
import { takeOut } from './inserting.ts';
import { ANALYSIS_BATCH } from '../measure.ts';
import { lossMisfit, lossParameters, metricMisfit, metricParametersOf, withoutAnswers } from '../programs/objective.ts';
import { problemsAtPlaces } from './places.ts';
import { hasParameters, metricParameterProblems, settingsProblems, watchedProblems } from './settingsProblems.ts';
import type { Analysis } from '../types.ts';

export interface ObjectiveRequest {
  readonly network: Network;
  readonly analysis: Analysis;
  readonly dataset: DatasetDescriptor | null;
  readonly settings: TrainingSettings;
}

interface Output {
  readonly one: GraphNode;
  readonly shape: Shape;
  readonly target: Target;
  readonly settings: ObjectiveRequest['settings'];
  readonly graph: Graph;
  readonly dataset: DatasetDescriptor;
}

/** The output without some of its own settings; undefined where nothing is left of them. */
function without({ node, outgoing }: GraphNode, ...keys: readonly (keyof OutputSettings)[]): OutputSettings | undefined {
  const rest = Object.fromEntries(Object.entries(node.output ?? {}).filter(([key]) => !keys.includes(key as keyof OutputSettings)));
  return Object.keys(rest).length > 0 || outgoing.length > 0 ? rest : undefined;
}

function automaticLoss({ one }: Output): Repair {
  const label = 'Choose the loss automatically';
  if (one.node.output?.loss === undefined) return { label, edits: [], settings: { loss: 'auto', lossParameters: undefined } };
  return { label, edits: [{ type: 'setNode', node: one.node.id, properties: { output: without(one, 'loss', 'lossParameters') } }] };
}

/** The reason, also where it is thrown: a file may name what this version does not have. */
function told(reason: () => string | null): string | null {
  try {
    return reason();
  } catch (thrown) {
    if (thrown instanceof NetwrightError) return thrown.message;
    throw thrown;
  }
}

/** Labels and a prediction as a program would hold them, to try losses and metrics on. */
function trial({ one, shape, target, settings, dataset }: Output) {
  const builder = createBuilder();
  const prediction = builder.input('prediction', [ANALYSIS_BATCH, ...shape], 'float32', { kind: 'data' });
  const chosen = one.node.output?.loss ?? settings.loss;
  const loss = lossOf(chosen === 'auto' ? chooseLoss(target.task, shape, null).id : chosen);
  const data = new DataInputs(builder, ANALYSIS_BATCH, weightColumns(dataset));
  return { builder, prediction, loss, data, labels: data.labels(target, loss.labels, prediction) };
}

/** The parameters of the loss that is chosen. @throws NetwrightError for one that is unknown or out of range */
const ownParameters = ({ one: { node }, settings }: Output, loss: AnyLoss) =>
  lossParameters(loss, node.output?.loss === undefined ? settings.lossParameters : node.output.lossParameters);

/** Why the loss cannot work on what the network gives; null where it can. */
function lossTried(output: Output): string | null {
  const { builder, prediction, loss, data, labels } = trial(output);
  const { classWeights } = output.settings;
  try {
    const weights = data.sampleWeights(output.target) ?? (classWeights && classWeightsOf(builder, data, { target: output.target, prediction }, classWeights));
    loss.lower(builder, labels, prediction, ownParameters(output, loss), weights ? { weights } : {});
    return null;
  } catch (thrown) {
    if (thrown instanceof ShapeError) return `${loss.title}: ${thrown.message}`;
    throw thrown;
  }
}

/** Why the loss that was chosen does not fit; null where it does, or where none was chosen. */
function lossReason(output: Output): string | null {
  const { one, shape, target, settings } = output;
  const id = one.node.output?.loss ?? settings.loss;
  if (id === 'auto') return null;
  return told(() => lossMisfit(lossOf(id), shape, target) ?? lossTried(output));
}

/** What hands on what comes in when a network predicts. */
const isPassive = ({ layer }: GraphNode): boolean => layer?.family === 'regularization' || layer?.group === 'reshaping';

/** The layer that makes the answer what it is: the output, or one before it that those behind only hand on. */
function answering(one: GraphNode, graph: Graph): GraphNode {
  const before = graph.nodes.get(one.incoming[0]?.source ?? '');
  const handsOn = one.node.bypassed === true || isPassive(one);
  return before && handsOn && one.incoming.length === 1 ? answering(before, graph) : one;
}

/** Softmax over one number is always 1: no loss learns from that. */
function lonelySoftmax({ one, shape, target, settings, graph }: Output): Problem[] {
  const source = answering(one, graph);
  const { node } = source;
  const isAlone = target.task === 'binary' && shape.at(-1) === 1 && (node.parameters['activation'] === 'softmax' || node.kind === 'softmax');
  if (!isAlone || (one.node.output?.loss ?? settings.loss) !== 'auto') return [];
  const repairs: Repair[] = source.layer?.fields['activation']
    ? [{ label: `Set ${node.name} to sigmoid`, edits: [{ type: 'setParameters', node: node.id, parameters: { activation: 'sigmoid' } }] }]
    : takeOut(graph, source);
  return [
    {
      severity: 'error',
      code: 'no-loss-fits',
      what: `${node.name} gives one number, and softmax over one number is always 1.`,
      where: `${node.name} gives ${formatShape(shape)}`,
      why: 'Sigmoid is for a yes-or-no answer, softmax for one of several.',
      repairs,
      nodes: [node.id],
      edges: [],
      parameter: 'activation',
    },
  ];
}

function lossProblems(output: Output): Problem[] {
  const what = lossReason(output);
  if (what === null) return lonelySoftmax(output);
  const { one, shape, target } = output;
  return [
    {
      severity: 'error',
      code: 'loss-misfit',
      what,
      where: `${one.node.name} gives ${formatShape(shape)}; the loss stands in the training settings`,
      why: `Left to itself, the loss follows ${target.title} and the last activation.`,
      repairs: [automaticLoss(output)],
      nodes: [one.node.id],
      edges: [],
    },
  ];
}

/** Why a metric cannot work on what the network gives; null where it can. */
function metricTried(id: string, output: Output): string | null {
  const { builder, prediction, loss, labels } = trial(output);
  const metric = metricOf(id);
  // Impossible parameters are a mistake of their own.
  if (!hasParameters(id, output.settings)) return null;
  try {
    metric.lower(builder, labels, prediction, loss.labels, metricParametersOf(id, output.settings));
    return null;
  } catch (thrown) {
    if (thrown instanceof ShapeError) return `${metric.title}: ${thrown.message}`;
    throw thrown;
  }
}

/** Why metrics do not fit, by id; those that do are missing. @param isTried false where the loss gives no labels to try them on */
const reasonsFor = (ids: readonly string[], output: Output, isTried: boolean): ReadonlyMap<string, string> =>
  new Map(
    ids.flatMap((id) => {
      const reason = told(() => metricMisfit(id, output.target) ?? (isTried ? metricTried(id, output) : null));
      return reason === null ? [] : [[id, reason] as const];
    }),
  );

/** Where the loss learns no answers, no metric has anything to compare; several outputs go without. */
function unanswered(loss: string, named: readonly string[], several: boolean): ReadonlyMap<string, string> {
  return several || named.length === 0 ? new Map() : new Map(named.map((id) => [id, told(() => withoutAnswers(lossOf(loss), named)) ?? '']));
}

/** The output's own metrics, or the settings'; of several outputs each takes those of the settings that fit. */
function metricProblems(output: Output, several: boolean, isTried: boolean): Problem[] {
  const { one, settings } = output;
  const loss = one.node.output?.loss ?? settings.loss;
  const own = one.node.output?.metrics;
  // Of several outputs each takes what fits; what is not there at all fits none.
  const unknown = settings.metrics.filter((id) => !Object.hasOwn(metrics, id));
  const named = own ?? (several ? unknown : settings.metrics);
  const isCompared = !answersOtherwise(loss) || (several && !own);
  const reasons = isCompared ? reasonsFor(named, output, isTried) : unanswered(loss, named, several);
  const [first] = reasons.keys();
  if (first === undefined) return [];
  const left = (own ?? settings.metrics).filter((id) => !reasons.has(id));
  const label = reasons.size === 1 ? `Leave out ${Object.hasOwn(metrics, first) ? metricOf(first).title : first}` : 'Leave out those that do not fit';
  const repair: Repair = own
    ? {
        label,
        edits: [
          { type: 'setNode', node: one.node.id, properties: { output: left.length > 0 ? { ...one.node.output, metrics: left } : without(one, 'metrics') } },
        ],
      }
    : { label, edits: [], settings: { metrics: left } };
  return [
    {
      severity: 'error',
      code: 'metric-misfit',
      what: reasons.get(first) as string,
      where: `the metrics of ${own ? one.node.name : 'the training settings'}`,
      repairs: [repair],
      nodes: [one.node.id],
      edges: [],
    },
  ];
}

/** Weights of classes where there are none to weigh; they stand in files and commands, no form sets them. */
function classWeightProblems(outputs: readonly Output[], dataset: DatasetDescriptor, weights: TrainingSettings['classWeights']): Problem[] {
  if (!weights) return [];
  const what = told(() => {
    refuseTwoWeights(dataset);
    for (const output of outputs) refuseClassWeights(weights, output, outputs.length > 1);
    return null;
  });
  if (what === null) return [];
  return [
    {
      severity: 'error',
      code: 'class-weights',
      what,
      where: 'the training settings',
      repairs: [{ label: 'Leave the weights of classes out', edits: [], settings: { classWeights: undefined } }],
      nodes: outputs.slice(0, 1).map(({ one }) => one.node.id),
      edges: [],
    },
  ];
}

/** What each output is refused for. */
function outputProblems(known: readonly Output[], several: boolean): Problem[] {
  return known.flatMap((output) => {
    // Labels come as the loss wants them: where that does not fit, no metric can be tried on them.
    const ofLoss = lossProblems(output);
    return [...ofLoss, ...metricProblems(output, several, ofLoss.length === 0)];
  });
}

/** What training would be refused for because of its loss, its metrics or its weights. */
function trainedFor({ network, analysis, dataset, settings }: ObjectiveRequest & { readonly dataset: DatasetDescriptor }): Problem[] {
  const expanded = expandBlocks(network);
  const graph = layerGraph(expanded.network);
  const { outputs } = bindingsOf(graph, dataset);
  const known = outputs.flatMap(({ one, column: target }): Output[] => {
    const shape = analysis.nodes[one.node.id]?.outputShape;
    return shape && target ? [{ one, shape, target, settings, graph, dataset }] : [];
  });
  const problems = [
    ...outputProblems(known, outputs.length > 1),
    ...metricParameterProblems(known, settings),
    ...classWeightProblems(known, dataset, settings.classWeights),
  ];
  return problemsAtPlaces(problems, network, expanded);
}

/** What training would be refused for because of its settings; what depends on the network is not told while that has other errors. */
export function objectiveProblems(request: ObjectiveRequest): Problem[] {
  const { network, analysis, dataset, settings } = request;
  const alone = settingsProblems(settings, dataset);
  if (!dataset || analysis.problems.some(({ severity }) => severity === 'error')) return alone;
  const together = trainedFor({ ...request, dataset });
  const isWhole = alone.length + together.length === 0;
  return [...together, ...alone, ...(isWhole ? watchedProblems(network, dataset, settings) : [])];
}
