// Keras 3's MultiHeadAttention takes the mask off the tensors that it reads, so that whatever else reads them sees padding. Here masks go on.
// For Keras such a tensor is given to the attention as a copy, by a LeakyReLU of slope 1, which changes nothing and hands the mask on: an
// Identity will not do, since it gives the very tensor that it gets. What reads Keras' files knows the same rules (main/exchange/keras).

import { layerOf } from '../layers/index.ts';
import type { Network, NetworkEdge, NetworkNode } from '../network/network.ts';
import { incomingEdges } from '../network/rules.ts';

/** What Keras hands its mask by name when it builds the model, before any is lost. */
export const toldOfMasks: ReadonlySet<string> = new Set([
  ...['LSTM', 'GRU', 'SimpleRNN', 'RNN', 'Bidirectional', 'TimeDistributed'],
  ...['GlobalAveragePooling1D', 'BatchNormalization', 'Softmax'],
]);
/** What hands no mask on, so that there is none to lose. */
export const endsMasks =
  /^(Flatten|Reshape|Permute|RepeatVector|Dot|Global.*|(Separable|Depthwise)?Conv.*|.*Pooling.*|UpSampling.*|ZeroPadding.*|Cropping.*|Expression|Einsum)$/;
/** What looks at a mask when it is run, and not before. */
export const attends: ReadonlySet<string> = new Set(['Attention', 'AdditiveAttention', 'GroupedQueryAttention', 'GroupQueryAttention', 'MultiHeadAttention']);
/** What gives, outside training at least, the tensor that it got. */
const sameTensor = /Dropout|Noise|^(Identity|ActivityRegularization|Activation)/;

export const classOf = ({ kind }: NetworkNode): string => layerOf(kind)?.keras?.className ?? 'Expression';
const beginsMask = ({ kind, parameters }: NetworkNode): boolean => kind === 'masking' || parameters['maskZero'] === true;
const isHeads = ({ kind }: NetworkNode): boolean => kind === 'multiHeadAttention';

interface Kept {
  readonly network: Network;
  /** By the id of each copy the attention that it is for. */
  readonly copies: ReadonlyMap<string, string>;
}

/**
 * The network as Keras must have it so that its masks go as far as here.
 * @param network without blocks, and without what is bypassed. One with attention for which padding counts is left as it is: it says
 * already what Keras does.
 */
export function withKeptMasks(network: Network): Kept {
  const asItIs: Kept = { network, copies: new Map() };
  if (!network.nodes.some(isHeads) || network.nodes.some(({ parameters }) => parameters['ignoreMask'] === true)) return asItIs;
  const losing = new Masks(network).losing();
  return losing.length === 0 ? asItIs : new Copies(network).of(losing);
}

/** The nodes whose results have a mask in Keras, but for what is lost while it runs. @param network without blocks, and without what is bypassed */
export const maskedIn = (network: Network): ReadonlySet<string> => new Masks(network).masked;

/** Where masks are, and which connections would take one from others. */
class Masks {
  private readonly network: Network;
  private readonly nodes: ReadonlyMap<string, NetworkNode>;
  readonly masked = new Set<string>();

  constructor(network: Network) {
    this.network = network;
    this.nodes = new Map(network.nodes.map((node) => [node.id, node]));
    for (const node of network.nodes) if (beginsMask(node)) this.follow(node);
  }

  losing(): readonly NetworkEdge[] {
    const { nodes, network } = this;
    const readers = network.edges.filter(({ target }) => !sameTensor.test(classOf(nodes.get(target) as NetworkNode)));
    const byTensor = Map.groupBy(readers, (edge) => this.tensorOf(edge));
    return readers.filter((edge) => {
      const all = byTensor.get(this.tensorOf(edge)) ?? [];
      const others = all.filter(({ target }) => target !== edge.target && this.missesMask(target));
      return this.takesMask(edge) && (others.length > 0 || nodes.get(edge.source)?.output !== undefined);
    });
  }

  private follow(node: NetworkNode): void {
    if (this.masked.has(node.id)) return;
    this.masked.add(node.id);
    for (const { source, target } of this.network.edges) {
      const next = this.nodes.get(target);
      if (source === node.id && next && !endsMasks.test(classOf(next))) this.follow(next);
    }
  }

  private takesMask({ source, target, input }: NetworkEdge): boolean {
    const node = this.nodes.get(target) as NetworkNode;
    return isHeads(node) && this.masked.has(source) && !(input === 1 && node.parameters['attentionMask'] === true);
  }

  /** Whether it misses a mask that is lost: attention, what comes out at last (its loss leaves padding out), or what hands the mask on to such. */
  private missesMask(id: string): boolean {
    const name = classOf(this.nodes.get(id) as NetworkNode);
    if (toldOfMasks.has(name) || endsMasks.test(name)) return false;
    const next = this.network.edges.filter(({ source }) => source === id);
    return attends.has(name) || next.length === 0 || this.nodes.get(id)?.output !== undefined || next.some(({ target }) => this.missesMask(target));
  }

  /** A name for the tensor, looking through what gives it on as it is. */
  private tensorOf({ source, output = 0 }: NetworkEdge): string {
    const node = this.nodes.get(source) as NetworkNode;
    const [before] = sameTensor.test(classOf(node)) ? incomingEdges(this.network, source) : [];
    return before ? this.tensorOf(before) : JSON.stringify([source, output]);
  }
}

/** Puts copies in; one for all connections of an attention with the same tensor. */
class Copies {
  private readonly network: Network;
  private readonly names: Set<string>;
  private readonly made = new Map<string, { readonly node: NetworkNode; readonly edge: NetworkEdge }>();
  private readonly copies = new Map<string, string>();

  constructor(network: Network) {
    this.network = network;
    this.names = new Set(network.nodes.map(({ name }) => name));
  }

  of(losing: readonly NetworkEdge[]): Kept {
    const edges = this.network.edges.map((edge) => (losing.includes(edge) ? this.copied(edge) : edge));
    const made = [...this.made.values()];
    const network = { ...this.network, nodes: [...this.network.nodes, ...made.map(({ node }) => node)], edges: [...edges, ...made.map(({ edge }) => edge)] };
    return { network, copies: this.copies };
  }

  private copied({ output, ...edge }: NetworkEdge): NetworkEdge {
    const id = `${edge.target} ${edge.source} ${output ?? 0}`;
    if (!this.made.has(id)) this.make(id, { ...edge, ...(output === undefined ? {} : { output }) });
    return { ...edge, source: id };
  }

  private make(id: string, { target, ...edge }: NetworkEdge): void {
    const name = this.nameFor(this.network.nodes.find((node) => node.id === edge.source)?.name ?? '');
    const node = { id, kind: 'leakyRelu', name, parameters: { negativeSlope: 1 }, position: { x: 0, y: 0 } };
    this.made.set(id, { node, edge: { ...edge, id: `${id} in`, target: id, input: 0 } });
    this.copies.set(id, target);
  }

  private nameFor(source: string): string {
    let name = `${source}_masked`;
    for (let number = 1; this.names.has(name); number++) name = `${source}_masked_${number}`;
    this.names.add(name);
    return name;
  }
}
