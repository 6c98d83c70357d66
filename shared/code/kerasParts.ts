// Layers of ours that Keras lacks, as layers that it has, so that a file or code needs no class of one's own. Each computes, trains and masks
// as the layer that it stands for; partsRead.ts knows them again. Formulas are left: Keras has an operation for each of their steps.

import { layerOf } from '../layers/index.ts';
import { waves } from '../layers/attention/positionEmbedding.ts';
import { defaults } from '../lib/fields.ts';
import type { Network, NetworkEdge, NetworkNode } from '../network/network.ts';
import { incomingEdges } from '../network/rules.ts';
import type { Shape } from '../tensor/types.ts';

/** Where the numbers of a weight come from: the rows from the first on of one that the network has, or numbers that are known. */
export type WeightOrigin = { readonly from: string; readonly shape: Shape } | { readonly values: Float32Array; readonly shape: Shape };

export interface KerasParts {
  readonly network: Network;
  /** By the id of each layer that is new, the layer that it is part of. */
  readonly added: ReadonlyMap<string, string>;
  /** What stands for what, in a sentence, by the id of the first of the parts. */
  readonly remarks: ReadonlyMap<string, string>;
  /** Of the weights that have other names now: `places_vectors/alpha`. */
  readonly weights: ReadonlyMap<string, WeightOrigin>;
}

/** What each layer gives, without the batch; null where that is not known. */
export type OutputShapes = (id: string) => Shape | null;

type Source = Pick<NetworkEdge, 'source' | 'output'>;
type Parameters = Readonly<Record<string, unknown>>;

/** Smaller than any number that another would be rounded for: a ReLU that ends there gives 0 for 1 − 1e-30 = 1. */
const NEXT_TO_NOTHING = 1e-30;

/**
 * @param network without blocks, and without what is bypassed
 * @param stays what is left as it is
 */
export function inKerasParts(network: Network, shapes: OutputShapes, stays: (node: NetworkNode) => boolean = () => false): KerasParts {
  const isPlain = network.nodes.every((node) => stays(node) || rewritingOf(node) === null);
  return isPlain ? { network, added: new Map(), remarks: new Map(), weights: new Map() } : new Parts(network, shapes).all(stays);
}

type Rewriting = (parts: Parts, node: NetworkNode) => void;

function rewritingOf({ kind, parameters }: NetworkNode): Rewriting | null {
  const known = rewritings[kind];
  if (known) return known;
  const layer = layerOf(kind);
  return layer?.keras && 'activation' in layer.fields && parameters['activation'] === 'binaryStep' ? stepped : null;
}

/** The network while layers are being replaced. */
class Parts {
  private readonly network: Network;
  private readonly shapes: OutputShapes;
  private readonly names: Set<string>;
  private readonly nodes: NetworkNode[] = [];
  private readonly edges: NetworkEdge[] = [];
  private readonly added = new Map<string, string>();
  readonly remarks = new Map<string, string>();
  readonly weights = new Map<string, WeightOrigin>();

  constructor(network: Network, shapes: OutputShapes) {
    this.network = network;
    this.shapes = shapes;
    this.names = new Set(network.nodes.map(({ name }) => name));
  }

  all(stays: (node: NetworkNode) => boolean): KerasParts {
    for (const node of this.network.nodes) {
      const rewriting = stays(node) ? null : rewritingOf(node);
      if (rewriting) rewriting(this, node);
      else this.put(node, this.sources(node));
    }
    const { added, remarks, weights } = this;
    return { network: { ...this.network, nodes: this.nodes, edges: this.edges }, added, remarks, weights };
  }

  sources({ id }: NetworkNode): readonly Source[] {
    return incomingEdges(this.network, id).map(({ source, output }) => ({ source, ...(output === undefined ? {} : { output }) }));
  }

  shapeOf({ id }: NetworkNode): Shape | null {
    return this.shapes(id);
  }

  put(node: NetworkNode, sources: readonly Source[]): Source {
    this.nodes.push(node);
    sources.forEach((source, input) => void this.edges.push({ id: `${node.id}:${input}`, ...source, target: node.id, input }));
    return { source: node.id };
  }

  /** A layer before the one that it is part of; where that one's weights are another's, so are its own. */
  add(whole: NetworkNode, part: string, kind: string, parameters: Parameters, sources: readonly Source[]): Source {
    const id = partId(whole.id, part);
    const shares = whole.shares === undefined ? {} : { shares: partId(whole.shares, part) };
    const frozen = whole.trainable === false ? { trainable: false } : {};
    this.mark(id, whole.id);
    return this.put({ id, kind, name: this.freeName(`${whole.name}_${part}`), parameters, position: whole.position, ...shares, ...frozen }, sources);
  }

  /** A layer that is part of another one, under a name of its own. */
  mark(id: string, whole: string): void {
    this.added.set(id, whole);
  }

  /** The last of the parts: in the place and under the name of the whole. */
  end(whole: NetworkNode, kind: string, parameters: Parameters, sources: readonly Source[]): void {
    const { shares: _, trainable: _trainable, ...own } = whole;
    this.put({ ...own, kind, parameters }, sources);
  }

  nameOf({ source }: Source): string {
    return this.nodes.find(({ id }) => id === source)?.name ?? source;
  }

  freeName(wanted: string, number = 0): string {
    const name = number === 0 ? wanted : `${wanted}${number}`;
    if (this.names.has(name)) return this.freeName(wanted, number + 1);
    this.names.add(name);
    return name;
  }
}

const partId = (whole: string, part: string): string => `${whole}~${part}`;
const parametersOf = ({ kind, parameters }: NetworkNode): Parameters => {
  const layer = layerOf(kind);
  return layer ? { ...defaults(layer.fields), ...parameters } : parameters;
};

/** Vectors for each step: a PReLU's slopes, which is what it takes from −1. ReLUs make −1 of anything, and all of these hand a mask on. */
function positioned(parts: Parts, node: NetworkNode): void {
  const shape = parts.shapeOf(node),
    [x] = parts.sources(node);
  if (!shape || !x) return void parts.put(node, parts.sources(node));
  const { kind, maxWavelength, initializer } = parametersOf(node);
  const nothing = parts.add(node, 'nothing', 'relu', { maxValue: NEXT_TO_NOTHING }, [x]);
  parts.remarks.set(
    nothing.source,
    `${node.name}: Keras has no PositionEmbedding. A PReLU that gets −1 everywhere gives its slopes instead: the vector of each step.`,
  );
  const minusOne = parts.add(node, 'minus_one', 'relu', { negativeSlope: 1, threshold: 1 }, [nothing]);
  const isLearned = kind === 'learned';
  const owner = isLearned ? node : { ...node, trainable: false };
  const vectors = parts.add(owner, 'vectors', 'prelu', isLearned ? { alphaInitializer: initializer } : {}, [minusOne]);
  const [steps = 1, features = 1] = shape;
  const origin = isLearned ? { from: `${node.name}/embeddings`, shape } : { values: waves(steps, features, maxWavelength as number), shape };
  if (node.shares === undefined) parts.weights.set(`${parts.nameOf(vectors)}/alpha`, origin);
  parts.end(node, 'subtract', {}, [x, vectors]);
}

/** The divergence as a penalty on what it adds up, and noise on nothing, which is there while training only. */
function sampled(parts: Parts, node: NetworkNode): void {
  const [mean, logVariance] = parts.sources(node);
  if (!mean || !logVariance) return void parts.put(node, parts.sources(node));
  const { klWeight } = parametersOf(node);
  const spread = parts.add(node, 'spread', 'expression', { formula: 'square(a) + exp(b) - 1 - b' }, [mean, logVariance]);
  parts.remarks.set(
    spread.source,
    `${node.name}: Keras has no Sampling. The divergence is a penalty, the chance is noise on 0, which is there while training only.`,
  );
  const divergence = parts.add(node, 'divergence', 'activityRegularization', { l1: (klWeight as number) / 2, l2: 0 }, [spread]);
  const nothing = parts.add(node, 'nothing', 'expression', { formula: 'x * 0' }, [divergence]);
  const noise = parts.add(node, 'noise', 'gaussianNoise', { stddev: 1 }, [nothing]);
  parts.end(node, 'expression', { formula: 'a + exp(b * 0.5) * c' }, [mean, logVariance, noise]);
}

/** A Boltzmann machine that is prepared is a Dense layer of sigmoid units. */
function prepared(parts: Parts, node: NetworkNode): void {
  const { units, kernelInitializer, hiddenBiasInitializer } = parametersOf(node);
  const parameters = { units, activation: 'sigmoid', kernelInitializer, biasInitializer: hiddenBiasInitializer };
  if (node.shares === undefined) parts.weights.set(`${node.name}/bias`, { from: `${node.name}/hidden_bias`, shape: [units as number] });
  parts.remarks.set(node.id, `${node.name}: Keras has no RBM. Once contrastive divergence has prepared it, it is this layer.`);
  parts.put({ ...node, kind: 'dense', parameters }, parts.sources(node));
}

/** A threshold behind the layer. The layer keeps its name, by which its weights are known. */
function stepped(parts: Parts, node: NetworkNode): void {
  const id = partId(node.id, 'sum');
  const { output, ...inner } = node;
  const shares = node.shares === undefined ? {} : { shares: partId(node.shares, 'sum') };
  const sum = parts.put({ ...inner, id, parameters: { ...node.parameters, activation: 'linear' }, ...shares }, parts.sources(node));
  parts.mark(id, node.id);
  const whole = { id: node.id, position: node.position, ...(output === undefined ? {} : { output }) };
  parts.put({ ...whole, name: parts.freeName(`${node.name}_step`), kind: 'expression', parameters: { formula: 'x >= 0' } }, [sum]);
}

const rewritings: Readonly<Record<string, Rewriting>> = { positionEmbedding: positioned, sampling: sampled, rbm: prepared };
