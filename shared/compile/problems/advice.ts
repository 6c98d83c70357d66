// Advice of lower rank: networks that train, but not well, each with the reason, a repair where there is one, and a way to be told no more.
// Pure; works on a network that has no errors. What is silenced stands in the network (`silenced`) and is part of its history.

import type { DatasetDescriptor } from '../../datasets/descriptor.ts';
import type { Edit } from '../../network/edits.ts';
import type { Network, NetworkNode } from '../../network/network.ts';
import type { Problem, Repair } from '../../network/problem.ts';
import { defaults } from '../../lib/fields.ts';
import { lossOf } from '../../training/losses/index.ts';
import type { TrainingSettings } from '../../training/settings.ts';
import { type GraphNode, layerGraph } from '../graph.ts';
import { outputsOf } from '../bindings.ts';
import type { Analysis } from '../types.ts';

export interface AdviceRequest {
  readonly network: Network;
  readonly analysis: Analysis;
  readonly dataset: DatasetDescriptor | null;
  readonly settings: Pick<TrainingSettings, 'loss' | 'lossParameters'>;
}

/** From so many sigmoid layers in a row on, hardly anything of the gradient is left: a quarter at best of each. */
const SIGMOIDS_IN_A_ROW = 3;
/** So many layers with weights in a row ask for something that keeps their values in range. */
const DEEP = 10;
/** Parameters for each sample beyond which learning by heart is certain. */
const PARAMETERS_PER_SAMPLE = 500;

const SATURATING = new Set(['sigmoid', 'hardSigmoid']);
const WEIGHTY = new Set(['dense', 'conv1d', 'conv2d', 'conv3d', 'depthwiseConv2d', 'separableConv2d', 'conv2dTranspose']);
const REGULARIZING = new Set(['dropout', 'spatialDropout1d', 'spatialDropout2d', 'alphaDropout', 'gaussianDropout', 'gaussianNoise', 'activityRegularization']);

const activationOf = ({ node, layer }: GraphNode): unknown =>
  layer?.id === 'softmax' ? 'softmax' : Object.hasOwn(node.parameters, 'activation') ? node.parameters['activation'] : layer?.fields['activation']?.default;
const isNormalization = ({ layer }: GraphNode): boolean => layer?.family === 'normalization';

type Advice = Omit<Problem, 'severity' | 'edges' | 'repairs'> & { readonly repairs?: readonly Repair[] };

const setActivation = (nodes: readonly NetworkNode[], activation: string): readonly Edit[] =>
  nodes.map((node) => ({ type: 'setParameters' as const, node: node.id, parameters: { activation } }));

/** The chains of layers that feed each other one to one, in order. */
function chainsOf(order: readonly GraphNode[]): GraphNode[][] {
  const chains: GraphNode[][] = [];
  const ending = new Map<string, GraphNode[]>();
  for (const one of order) {
    const source = one.incoming.length === 1 ? one.incoming[0]?.source : undefined;
    const before = source === undefined ? undefined : ending.get(source);
    const chain = before ?? [];
    if (before) ending.delete(source as string);
    else chains.push(chain);
    chain.push(one);
    if (one.outgoing.length === 1) ending.set(one.node.id, chain);
  }
  return chains;
}

const names = (ones: readonly GraphNode[]): string =>
  ones.length > 4 ? `${ones[0]?.node.name} to ${ones.at(-1)?.node.name}` : ones.map(({ node }) => node.name).join(', ');

/** The longest stretches of a chain that hold at least so many of what counts, and nothing that breaks them. */
function stretches(chain: readonly GraphNode[], counts: (one: GraphNode) => boolean, breaks: (one: GraphNode) => boolean): GraphNode[][] {
  const found: GraphNode[][] = [[]];
  for (const one of chain) {
    if (breaks(one)) found.push([]);
    else if (counts(one)) found.at(-1)?.push(one);
  }
  return found;
}

function vanishing(chain: readonly GraphNode[]): Advice[] {
  const isSaturating = (one: GraphNode) => SATURATING.has(String(activationOf(one))) && one.outgoing.length > 0;
  const breaks = (one: GraphNode) => isNormalization(one) || (WEIGHTY.has(one.node.kind) && !isSaturating(one));
  return stretches(chain, isSaturating, breaks)
    .filter((ones) => ones.length >= SIGMOIDS_IN_A_ROW)
    .map((ones) => ({
      code: 'vanishing-gradient',
      what: `${ones.length} sigmoid layers in a row: the first ones will hardly learn.`,
      where: names(ones),
      why: `The slope of a sigmoid is a quarter at most, so that less than ${(0.25 ** ones.length).toPrecision(1)} of the gradient comes through all of them.`,
      nodes: ones.map(({ node }) => node.id),
      repairs: [
        {
          label: 'Use ReLU in these layers',
          edits: setActivation(
            ones.map(({ node }) => node),
            'relu',
          ),
        },
      ],
    }));
}

function unnormalized(chain: readonly GraphNode[]): Advice[] {
  return stretches(chain, ({ node }) => WEIGHTY.has(node.kind), isNormalization)
    .filter((ones) => ones.length >= DEEP)
    .map((ones) => ({
      code: 'no-normalization',
      what: `${ones.length} layers with weights in a row, and none that normalizes.`,
      where: names(ones),
      why: 'Values grow or shrink from layer to layer, and training becomes slow or breaks off. Batch normalization between them keeps them in range, or branches that lead past them.',
      // At the first of them alone: a mark on each of a hundred layers says no more.
      nodes: ones.slice(0, 1).map(({ node }) => node.id),
    }));
}

/** Two layers that together are one: nothing bent between them. */
function linearPairs(chain: readonly GraphNode[]): Advice[] {
  return chain.flatMap((one, i) => {
    const next = chain[i + 1];
    if (one.node.kind !== 'dense' || next?.node.kind !== 'dense' || activationOf(one) !== 'linear') return [];
    return [
      {
        code: 'linear-pair',
        what: `${one.node.name} and ${next.node.name} together can do no more than one layer.`,
        where: `${one.node.name}, ${next.node.name}`,
        why: `${one.node.name} has no activation, and a weighted sum of weighted sums is a weighted sum.`,
        nodes: [one.node.id],
        repairs: [{ label: `Set ${one.node.name} to ReLU`, edits: setActivation([one.node], 'relu') }],
      },
    ];
  });
}

/** Tells the loss, where it was chosen, what it is given. */
function readAs({ node }: GraphNode, parameters: Readonly<Record<string, unknown>>, fromLogits: boolean, label: string): Repair {
  const lossParameters = { ...parameters, fromLogits } as NonNullable<TrainingSettings['lossParameters']>;
  if (node.output?.loss === undefined) return { label, edits: [], settings: { lossParameters } };
  return { label, edits: [{ type: 'setNode', node: node.id, properties: { output: { ...node.output, lossParameters } } }] };
}

/** Probabilities read as scores, or the other way round; only where the loss is chosen by hand. */
function lossReadings(outputs: readonly GraphNode[], { loss, lossParameters }: AdviceRequest['settings']): Advice[] {
  return outputs.flatMap((one): Advice[] => {
    const { output } = one.node;
    const chosen = output?.loss ?? loss;
    if (chosen === 'auto' || !/[cC]ross[eE]ntropy$/.test(chosen)) return [];
    const { title, fields } = lossOf(chosen);
    const given = { ...defaults(fields), ...(output?.loss === undefined ? lossParameters : output.lossParameters) } as Readonly<Record<string, unknown>>;
    const activation = activationOf(one);
    const { name, id } = one.node;
    const isProbability = activation === 'softmax' || activation === 'sigmoid';
    if (given['fromLogits'] === true && isProbability)
      return [
        {
          code: 'probabilities-as-scores',
          what: `${title} expects scores here, but ${name} gives probabilities.`,
          where: name,
          why: `The loss is set “from logits” and applies ${activation} itself: applied twice, differences shrink and training is slow.`,
          nodes: [id],
          repairs: [
            ...(one.layer?.fields['activation'] ? [{ label: `Set ${name} to linear`, edits: setActivation([one.node], 'linear') }] : []),
            readAs(one, given, false, `Let ${title} read probabilities`),
          ],
        },
      ];
    if (given['fromLogits'] === false && activation === 'linear' && one.layer?.fields['activation']) {
      const wanted = chosen.startsWith('binary') ? 'sigmoid' : 'softmax';
      return [
        {
          code: 'scores-as-probabilities',
          what: `${title} expects probabilities here, but ${name} gives any numbers.`,
          where: name,
          why: 'Without an activation the numbers may be negative or above 1, and their logarithm means nothing.',
          nodes: [id],
          repairs: [{ label: `Set ${name} to ${wanted}`, edits: setActivation([one.node], wanted) }, readAs(one, given, true, `Let ${title} read scores`)],
        },
      ];
    }
    return [];
  });
}

/** Softmax within a network squeezes all but one unit to nothing. */
function hiddenSoftmax(order: readonly GraphNode[], outputs: readonly GraphNode[]): Advice[] {
  return order
    .filter((one) => one.node.kind === 'dense' && activationOf(one) === 'softmax' && !outputs.includes(one) && one.outgoing.length > 0)
    .map(({ node }) => ({
      code: 'hidden-softmax',
      what: `${node.name} uses softmax within the network.`,
      where: node.name,
      why: 'Softmax makes its units compete until nearly one is left, which starves the layers behind it. It belongs at the end.',
      nodes: [node.id],
      repairs: [{ label: `Set ${node.name} to ReLU`, edits: setActivation([node], 'relu') }],
    }));
}

/** Softmax over one number is always 1, whatever comes in. Where one of two is asked for, that is an error: objectiveProblems.ts. */
function constantOutputs(outputs: readonly GraphNode[], { analysis }: AdviceRequest): Advice[] {
  return outputs
    .filter((one) => one.node.kind === 'dense' && activationOf(one) === 'softmax' && analysis.nodes[one.node.id]?.outputShape?.at(-1) === 1)
    .map(({ node }) => ({
      code: 'constant-output',
      what: `${node.name} gives one number, and softmax over one number is always 1.`,
      where: node.name,
      why: 'Softmax shares 1 among several numbers. For one number of any size use linear.',
      nodes: [node.id],
      repairs: [{ label: `Set ${node.name} to linear`, edits: setActivation([node], 'linear') }],
    }));
}

function tooManyParameters(order: readonly GraphNode[], { analysis, dataset }: AdviceRequest): Advice[] {
  const samples = dataset?.samples.train ?? 0;
  const { trainable } = analysis.totals;
  // No layer has a penalty by default.
  const isRegularized = ({ node }: GraphNode) =>
    REGULARIZING.has(node.kind) || Object.entries(node.parameters).some(([key, value]) => /L[12]$/.test(key) && value !== 0);
  if (!dataset || samples === 0 || trainable <= PARAMETERS_PER_SAMPLE * samples || order.some(isRegularized)) return [];
  const countOf = ({ node }: GraphNode) => analysis.nodes[node.id]?.trainable ?? 0;
  const largest = order.reduce((most, one) => (countOf(one) > countOf(most) ? one : most));
  return [
    {
      code: 'parameters-beyond-samples',
      what: `${Math.round(trainable / samples).toLocaleString('en')} parameters for each of ${samples.toLocaleString('en')} samples.`,
      where: `${largest.node.name} has ${countOf(largest).toLocaleString('en')} of them`,
      why: `${dataset.title} can be learned by heart many times over. Fewer units, dropout or an L2 penalty keep the network from it.`,
      nodes: [largest.node.id],
    },
  ];
}

/** By what an advice is silenced: what it says and where. */
const keyOf = ({ code, nodes }: Pick<Problem, 'code' | 'nodes'>): string => `${code}/${nodes[0] ?? ''}`;

function asProblem(advice: Advice, silenced: readonly string[]): Problem {
  const silence: Repair = { label: 'Don’t show again here', edits: [{ type: 'setNetwork', properties: { silenced: [...silenced, keyOf(advice)] } }] };
  return { ...advice, severity: 'advice', edges: [], repairs: [...(advice.repairs ?? []), silence] };
}

/** What one may want to know; nothing while the network has errors. */
export function adviceFor(request: AdviceRequest): Problem[] {
  const { network, analysis, settings } = request;
  if (analysis.problems.some(({ severity }) => severity === 'error')) return [];
  const graph = layerGraph(network);
  const { order } = graph;
  const outputs = outputsOf(graph);
  const chains = chainsOf(order);
  const silenced = network.silenced ?? [];
  const all = [
    ...lossReadings(outputs, settings),
    ...chains.flatMap((chain) => [...vanishing(chain), ...linearPairs(chain), ...unnormalized(chain)]),
    ...hiddenSoftmax(order, outputs),
    ...constantOutputs(outputs, request),
    ...(order.length > 0 ? tooManyParameters(order, request) : []),
  ];
  return all.filter((advice) => !silenced.includes(keyOf(advice))).map((advice) => asProblem(advice, silenced));
}
