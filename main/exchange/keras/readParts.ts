// Layers of ours that stand in a Keras file in parts (shared/code/kerasParts.ts says which), known again by what feeds what: a network that went
// to Keras and comes back is drawn as before. Whatever else is among the parts, or used beside them, stays as it is.

import type { Network, NetworkEdge, NetworkNode } from '../../../shared/network/network.ts';
import { incomingEdges, outgoingEdges } from '../../../shared/network/rules.ts';
import type { StoredTensor } from '../../files/safetensors.ts';

/** A layer with some of its parameters, and what feeds it: another one, or whatever has that name everywhere in the pattern. */
interface Pattern {
  readonly kind: string;
  readonly parameters?: Readonly<Record<string, unknown>>;
  readonly inputs: readonly (Pattern | string)[];
  /** By which it is told from the others afterwards. */
  readonly as?: string;
}

interface Found {
  /** What stands for the names in the pattern. */
  readonly sources: ReadonlyMap<string, NetworkEdge>;
  readonly parts: ReadonlyMap<string, NetworkNode>;
  readonly inner: ReadonlySet<string>;
}

const formula = (text: string, input: Pattern | string): Pattern => ({ kind: 'expression', parameters: { formula: text }, inputs: [input] });

const plainSlopes = { sharedAxes: null, alphaL1: 0, alphaL2: 0, alphaConstraint: 'none' };
const minusOne: Pattern = {
  ...{ kind: 'relu', parameters: { negativeSlope: 1, threshold: 1 } },
  inputs: [{ kind: 'relu', parameters: { maxValue: 1e-30 }, inputs: ['x'] }],
};
const positioned: Pattern = { kind: 'subtract', inputs: ['x', { kind: 'prelu', parameters: plainSlopes, inputs: [minusOne], as: 'vectors' }] };

const spread: Pattern = {
  kind: 'subtract',
  inputs: [formula('x - 1', { kind: 'add', inputs: [formula('square(x)', 'mean'), formula('exp(x)', 'logVariance')] }), 'logVariance'],
};
const divergence: Pattern = { kind: 'activityRegularization', parameters: { l2: 0 }, inputs: [spread], as: 'divergence' };
const noise: Pattern = { kind: 'gaussianNoise', parameters: { stddev: 1 }, inputs: [formula('x * 0', divergence)] };
const sampled: Pattern = {
  kind: 'add',
  inputs: ['mean', { kind: 'multiply', inputs: [formula('exp(x)', formula('x * 0.5', 'logVariance')), noise] }],
};

interface Whole {
  readonly pattern: Pattern;
  /** What it is, and from which of its parts it has which weight. */
  of(
    found: Found,
  ): Pick<NetworkNode, 'kind' | 'parameters' | 'trainable'> & { readonly weights: readonly (readonly [part: string, theirs: string, ours: string])[] };
  readonly inputs: readonly string[];
}

const wholes: readonly Whole[] = [
  {
    pattern: positioned,
    inputs: ['x'],
    of: ({ parts }) => {
      const { parameters, trainable } = parts.get('vectors') as NetworkNode;
      const frozen = trainable === false ? { trainable } : {};
      return {
        kind: 'positionEmbedding',
        parameters: { initializer: parameters['alphaInitializer'] },
        ...frozen,
        weights: [['vectors', 'alpha', 'embeddings']],
      };
    },
  },
  {
    pattern: sampled,
    inputs: ['mean', 'logVariance'],
    of: ({ parts }) => ({ kind: 'sampling', parameters: { klWeight: 2 * Number(parts.get('divergence')?.parameters['l1']) }, weights: [] }),
  },
];

interface Read {
  readonly network: Network;
  readonly weights: ReadonlyMap<string, StoredTensor>;
}

/** @param read without blocks */
export const withoutParts = (read: Read): Read => wholes.reduce(withWhole, withSteps(read));

const withWhole = (read: Read, whole: Whole): Read =>
  read.network.nodes.filter(({ kind }) => kind === whole.pattern.kind).reduce((all, { id }) => folded(all, whole, id), read);

function folded(read: Read, { pattern, inputs, of }: Whole, id: string): Read {
  const { network } = read,
    node = network.nodes.find((one) => one.id === id);
  const found = node && matched(network, node, pattern);
  if (!node || !found) return read;
  const { weights, ...own } = of(found);
  const edges = inputs.map((name, input) => ({ ...(found.sources.get(name) as NetworkEdge), id: `${id}:${input}`, target: id, input }));
  return {
    network: {
      ...network,
      nodes: network.nodes.flatMap((one) => (found.inner.has(one.id) ? [] : one.id === id ? [{ ...one, ...own }] : [one])),
      edges: [...network.edges.filter(({ source, target }) => !found.inner.has(source) && !found.inner.has(target) && target !== id), ...edges],
    },
    weights: weights.reduce((all, [part, theirs, ours]) => renamed(all, `${found.parts.get(part)?.name}/${theirs}`, `${node.name}/${ours}`), read.weights),
  };
}

function renamed(weights: Read['weights'], from: string, to: string): Read['weights'] {
  return new Map([...weights].map(([name, tensor]) => [name === from ? to : name, tensor]));
}

/** Null where it is something else, or where one of its parts has another use. */
function matched(network: Network, end: NetworkNode, pattern: Pattern): Found | null {
  const sources = new Map<string, NetworkEdge>(),
    parts = new Map<string, NetworkNode>(),
    inner = new Set<string>();
  const byId = new Map(network.nodes.map((node) => [node.id, node]));
  const isShared = ({ id, shares }: NetworkNode) => shares !== undefined || network.nodes.some((other) => other.shares === id);
  const isOwn = (node: NetworkNode) => node.output === undefined && outgoingEdges(network, node.id).length === 1;
  const named = (name: string, edge: NetworkEdge): boolean => {
    const known = sources.get(name);
    sources.set(name, known ?? edge);
    return known === undefined || (known.source === edge.source && (known.output ?? 0) === (edge.output ?? 0));
  };
  const fits = (node: NetworkNode | undefined, one: Pattern): boolean => {
    if (!node || node.kind !== one.kind || isShared(node) || node.name.includes('/')) return false;
    if (!Object.entries(one.parameters ?? {}).every(([key, value]) => node.parameters[key] === value)) return false;
    if (node !== end && !isOwn(node)) return false;
    if (node !== end) inner.add(node.id);
    if (one.as) parts.set(one.as, node);
    const edges = incomingEdges(network, node.id);
    return edges.length === one.inputs.length && edges.every((edge, i) => feeds(edge, one.inputs[i] as Pattern | string));
  };
  const feeds = (edge: NetworkEdge, wanted: Pattern | string): boolean =>
    typeof wanted === 'string' ? named(wanted, edge) : edge.output === undefined && fits(byId.get(edge.source), wanted);
  return fits(end, pattern) ? { sources, parts, inner } : null;
}

/** A layer without activation whose values become 1 or 0: its activation is the binary step. It takes the place of the last of them. */
function withSteps(read: Read): Read {
  const step = formula('x * 1', formula('x >= 0', 'sum'));
  const last = read.network.nodes.filter(({ kind, parameters }) => kind === step.kind && parameters['formula'] === 'x * 1');
  return last.reduce<Read>((all, { id }) => {
    const end = all.network.nodes.find((one) => one.id === id);
    const found = end && matched(all.network, end, step);
    const layer = found && all.network.nodes.find((one) => one.id === found.sources.get('sum')?.source);
    const isItsOwn = layer && layer.parameters['activation'] === 'linear' && layer.output === undefined && outgoingEdges(all.network, layer.id).length === 1;
    return end && found && layer && isItsOwn && layer.shares === undefined ? stepped(all, layer, end, found.inner) : all;
  }, read);
}

function stepped({ network, weights }: Read, layer: NetworkNode, end: NetworkNode, inner: ReadonlySet<string>): Read {
  const whole = {
    ...layer,
    id: end.id,
    ...(end.output === undefined ? {} : { output: end.output }),
    parameters: { ...layer.parameters, activation: 'binaryStep' },
  };
  const nodes = network.nodes.flatMap((node) => (inner.has(node.id) || node.id === layer.id ? [] : node.id === end.id ? [whole] : [node]));
  const edges = network.edges.flatMap((edge) => {
    if (inner.has(edge.target) || edge.target === end.id) return [];
    return edge.target === layer.id ? [{ ...edge, target: end.id }] : [edge];
  });
  return { network: { ...network, nodes, edges }, weights };
}
