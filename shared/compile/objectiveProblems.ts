// Losses and metrics that say nothing about what the network gives or the data asks for: told while one draws, for the reason a training
// would be refused. Works on a network without other errors.

import type { DatasetDescriptor } from '../datasets/descriptor.ts';
import { NetwrightError } from '../lib/errors.ts';
import type { Network, OutputSettings } from '../network/network.ts';
import type { Problem, Repair } from '../network/problem.ts';
import { formatShape, type Shape } from '../tensor/types.ts';
import { answersOtherwise, lossOf } from '../training/losses/index.ts';
import { metricOf, metrics } from '../training/metrics/index.ts';
import type { TrainingSettings } from '../training/settings.ts';
import { bindingsOf, type Target } from './bindings.ts';
import { type GraphNode, graphOf } from './graph.ts';
import { lossMisfit, metricMisfit } from './objective.ts';
import type { Analysis } from './types.ts';

export interface ObjectiveRequest {
  readonly network: Network;
  readonly analysis: Analysis;
  readonly dataset: DatasetDescriptor | null;
  readonly settings: Pick<TrainingSettings, 'loss' | 'metrics'>;
}

interface Output {
  readonly one: GraphNode;
  readonly shape: Shape;
  readonly target: Target;
  readonly settings: ObjectiveRequest['settings'];
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

/** Why the loss that was chosen does not fit; null where it does, or where none was chosen. */
function lossReason({ one, shape, target, settings }: Output): string | null {
  const id = one.node.output?.loss ?? settings.loss;
  if (id === 'auto' || answersOtherwise(id)) return null;
  return told(() => lossMisfit(lossOf(id), shape, target));
}

/** Softmax over one number is always 1: no loss learns from that. */
function lonelySoftmax({ one, shape, target, settings }: Output): Problem[] {
  const isAlone = target.task === 'binary' && shape.at(-1) === 1 && one.node.parameters['activation'] === 'softmax';
  if (!isAlone || (one.node.output?.loss ?? settings.loss) !== 'auto') return [];
  return [
    {
      severity: 'error',
      code: 'no-loss-fits',
      what: `${one.node.name} gives one number, and softmax over one number is always 1.`,
      where: `${one.node.name} gives ${formatShape(shape)}`,
      why: 'Sigmoid is for a yes-or-no answer, softmax for one of several.',
      repairs: [{ label: `Set ${one.node.name} to sigmoid`, edits: [{ type: 'setParameters', node: one.node.id, parameters: { activation: 'sigmoid' } }] }],
      nodes: [one.node.id],
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

const reasonFor = (id: string, target: Target): string | null => told(() => metricMisfit(id, target));

/** The output's own metrics, or the settings'; of several outputs each takes those of the settings that fit. */
function metricProblems({ one, target, settings }: Output, several: boolean): Problem[] {
  const own = one.node.output?.metrics;
  const named = own ?? (several ? [] : settings.metrics);
  const reasons = new Map(named.flatMap((id) => (reasonFor(id, target) === null ? [] : [[id, reasonFor(id, target) as string] as const])));
  const [first] = reasons.keys();
  if (first === undefined || answersOtherwise(one.node.output?.loss ?? settings.loss)) return [];
  const left = named.filter((id) => !reasons.has(id));
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

/** What training would be refused for because of its loss or its metrics; nothing while the network has other errors. */
export function objectiveProblems({ network, analysis, dataset, settings }: ObjectiveRequest): Problem[] {
  if (!dataset || analysis.problems.some(({ severity }) => severity === 'error')) return [];
  const { outputs } = bindingsOf(graphOf(network), dataset);
  return outputs.flatMap(({ one, column: target }) => {
    const shape = analysis.nodes[one.node.id]?.outputShape;
    if (!shape || !target) return [];
    const output: Output = { one, shape, target, settings };
    return [...lossProblems(output), ...metricProblems(output, outputs.length > 1)];
  });
}
