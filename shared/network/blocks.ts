// Blocks: a part of a network under a name of its own, used at one or more places and at each as often as wanted. All places follow the
// definition. Here they are laid open, so that whoever computes sees layers only. Edits that make and dissolve blocks: grouping.ts.

import type { BlockDefinition, Network, NetworkEdge, NetworkNode } from './network.ts';
import { nodesById, ownerOf } from './sharing.ts';

/** The kind of a node that stands for a block; its parameters are `block` (a definition's id) and `repeat`. */
export const BLOCK = 'block';
export const maximumRepeat = 1000;
const maximumNodes = 10_000;

/** Where a layer of the laid open network stands in the document. */
export interface Origin {
  /** The node of the network itself: the block's place, or the layer. */
  readonly place: string;
  /** The definition that holds it, and its id there; null for a layer of the network itself. */
  readonly inside: { readonly block: string; readonly node: string } | null;
}
export type BlockFault = 'block-missing' | 'block-recursion' | 'block-too-large' | 'block-repeat' | 'block-ports';
export interface Expanded {
  readonly network: Network;
  /** By id in the laid open network. */
  readonly origins: ReadonlyMap<string, Origin>;
  /** What each place of a block gives, by the place's id in the laid open network: ids of the laid open nodes, in the order of its outputs. */
  readonly results: ReadonlyMap<string, readonly string[]>;
  /** What comes into each place of a block, likewise. */
  readonly entering: ReadonlyMap<string, readonly string[]>;
  /** Places that could not be laid open; they stand there as they were. */
  readonly faults: readonly { readonly place: string; readonly fault: BlockFault; readonly words: string }[];
}

export const isBlock = ({ kind, bypassed }: NetworkNode): boolean => kind === BLOCK && bypassed !== true;
export const blockOf = (network: Pick<Network, 'blocks'>, { parameters }: NetworkNode): BlockDefinition | undefined =>
  network.blocks?.find(({ id }) => id === parameters['block']);
export const repeatOf = ({ parameters }: NetworkNode): number => (typeof parameters['repeat'] === 'number' ? parameters['repeat'] : 1);

/** Whether a definition holds itself, at any depth. */
export function containsItself(blocks: readonly BlockDefinition[], id: string): boolean {
  const heldBy = (block: string): string[] =>
    (blocks.find((one) => one.id === block)?.nodes ?? []).flatMap(({ kind, parameters }) => (kind === BLOCK ? [String(parameters['block'])] : []));
  const seen = new Set<string>();
  const waiting = heldBy(id);
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (next === id) return true;
    if (!seen.has(next)) waiting.push(...heldBy(next));
    seen.add(next);
  }
  return false;
}

/** Where data comes into a block, in the order of its place's inputs. */
export const blockInputs = ({ nodes }: Pick<BlockDefinition, 'nodes'>): NetworkNode[] => nodes.filter(({ kind }) => kind === 'input');
/** What a block gives, in the order of its outputs. */
export function blockOutputs({ nodes, edges }: Pick<BlockDefinition, 'nodes' | 'edges'>): NetworkNode[] {
  const followed = new Set(edges.map(({ source }) => source));
  return nodes.filter(({ id, output }) => output !== undefined || !followed.has(id));
}

class Fault extends Error {
  readonly fault: BlockFault;
  constructor(fault: BlockFault, words: string) {
    super(words);
    this.fault = fault;
  }
}

/** One result of a node, laid open. */
interface Result {
  readonly node: string;
  readonly output: number;
}
interface Scope {
  readonly nodes: readonly NetworkNode[];
  readonly edges: readonly NetworkEdge[];
  /** Before ids and names of its nodes: `block_1/`. */
  readonly idPrefix: string;
  readonly namePrefix: string;
  /** The document's node; null in the network itself. */
  readonly place: string | null;
  readonly block: string | null;
  readonly frozen: boolean;
  /** Where it shares all weights with another place: that one's prefix of ids. */
  readonly twin: string | null;
  /** What comes in at its Inputs, by node; null in the network itself. */
  readonly entering: ReadonlyMap<string, Result> | null;
  /** Whether layers outside go on from what one of its nodes gives: then a mark says only that it leaves the block. */
  readonly followed: (node: string) => boolean;
  /** Definitions around it. */
  readonly around: readonly string[];
}

class Expansion {
  readonly nodes: NetworkNode[] = [];
  readonly edges: NetworkEdge[] = [];
  readonly origins = new Map<string, Origin>();
  readonly results = new Map<string, readonly string[]>();
  readonly entering = new Map<string, readonly string[]>();
  readonly faults: { place: string; fault: BlockFault; words: string }[] = [];
  private readonly network: Network;
  private scopes = 0;

  constructor(network: Network) {
    this.network = network;
    this.lay({ nodes: network.nodes, edges: network.edges, ...root });
  }

  /** Lays a scope open. @returns the results of its nodes, by id there and number of the output */
  private lay(scope: Scope): (source: string, output: number) => Result | null {
    if (++this.scopes > maximumNodes) throw tooLarge();
    const results = new Map<string, readonly (Result | null)[]>();
    const byId = nodesById(scope.nodes);
    const { order, circle } = inOrder(scope);
    for (const node of [...order, ...circle]) {
      const entering = scope.entering?.get(node.id);
      if (entering) {
        results.set(node.id, [entering]);
        continue;
      }
      const given = scope.edges
        .filter(({ target }) => target === node.id)
        .map((edge) => ({ edge, from: results.get(edge.source)?.[edge.output ?? 0] ?? { node: scope.idPrefix + edge.source, output: edge.output ?? 0 } }));
      results.set(node.id, isBlock(node) && !circle.includes(node) ? this.tryBlock(scope, node, byId, given) : [this.place(scope, node, given)]);
    }
    return (source, output) => results.get(source)?.[output] ?? null;
  }

  private place(scope: Scope, node: NetworkNode, given: readonly Given[]): Result {
    const id = scope.idPrefix + node.id;
    const shared = scope.twin !== null ? scope.twin + (node.shares ?? node.id) : node.shares !== undefined ? scope.idPrefix + node.shares : null;
    this.nodes.push(
      scope.place === null
        ? node
        : {
            ...(scope.followed(node.id) ? withoutMark(node) : node),
            id,
            name: scope.namePrefix + node.name,
            ...(shared === null ? {} : { shares: shared }),
            ...(scope.frozen ? { trainable: false } : {}),
          },
    );
    if (scope.place !== null && this.nodes.length > maximumNodes) throw tooLarge();
    this.origins.set(id, { place: scope.place ?? node.id, inside: scope.block === null ? null : { block: scope.block, node: node.id } });
    for (const { edge, from } of given) {
      const { output: _, ...plain } = edge;
      this.edges.push({ ...plain, id: scope.idPrefix + edge.id, source: from.node, target: id, ...(from.output > 0 && { output: from.output }) });
    }
    return { node: id, output: 0 };
  }

  /** A block that cannot be laid open stands there as it is. */
  private tryBlock(scope: Scope, node: NetworkNode, siblings: ReadonlyMap<string, NetworkNode>, given: readonly Given[]): readonly (Result | null)[] {
    const [nodes, edges] = [this.nodes.length, this.edges.length];
    try {
      const results = this.block(scope, node, siblings, given);
      const id = scope.idPrefix + node.id;
      this.results.set(
        id,
        results.flatMap((one) => (one ? [one.node] : [])),
      );
      const inputs = [...given].sort((a, b) => a.edge.input - b.edge.input);
      this.entering.set(
        id,
        inputs.map(({ from }) => from.node),
      );
      return results;
    } catch (thrown) {
      if (!(thrown instanceof Fault) || scope.place !== null) throw thrown;
      for (const { id } of this.nodes.splice(nodes)) this.origins.delete(id);
      for (const id of [...this.results.keys()]) if (id.startsWith(`${node.id}/`)) this.results.delete(id);
      this.edges.splice(edges);
      this.faults.push({ place: node.id, fault: thrown.fault, words: thrown.message });
      return [this.place(scope, node, given)];
    }
  }

  private block(scope: Scope, node: NetworkNode, siblings: ReadonlyMap<string, NetworkNode>, given: readonly Given[]): readonly (Result | null)[] {
    const definition = blockOf(this.network, node);
    if (!definition) throw new Fault('block-missing', `There is no block “${String(node.parameters['block'])}” here.`);
    if (scope.around.includes(definition.id)) throw new Fault('block-recursion', `The block “${definition.name}” contains itself.`);
    const repeat = repeatOf(node),
      inputs = blockInputs(definition),
      outputs = blockOutputs(definition);
    if (!Number.isInteger(repeat) || repeat < 1 || repeat > maximumRepeat)
      throw new Fault('block-repeat', `It is repeated ${repeat} times; expected 1 to ${maximumRepeat}.`);
    if (repeat > 1 && inputs.length !== outputs.length)
      throw new Fault(
        'block-repeat',
        `The block “${definition.name}” takes ${inputs.length} and gives ${outputs.length}: to repeat it, it must give what it takes.`,
      );
    let entering: readonly (Result | undefined)[] = inputs.map((_, input) => given.find(({ edge }) => edge.input === input)?.from);
    const open = entering.indexOf(undefined);
    if (open >= 0 || given.length !== inputs.length)
      throw new Fault(
        'block-ports',
        `The block “${definition.name}” takes ${inputs.length} connections, one at each of its inputs, but ${given.length} come in.`,
      );
    const owner = ownerOf(node, siblings) ?? node;
    let leaving: readonly (Result | null)[] = [];
    for (let copy = 1; copy <= repeat; copy++) {
      const step = repeat > 1 ? `${copy}/` : '';
      const results = this.lay({
        nodes: copy === repeat ? withOutput(definition, node) : definition.nodes,
        edges: definition.edges,
        idPrefix: `${scope.idPrefix}${node.id}/${step}`,
        namePrefix: `${scope.namePrefix}${node.name}/${step}`,
        place: scope.place ?? node.id,
        block: definition.id,
        frozen: scope.frozen || node.trainable === false,
        twin: scope.twin !== null ? `${scope.twin}${owner.id}/${step}` : owner.id === node.id ? null : `${scope.idPrefix}${owner.id}/${step}`,
        entering: new Map(inputs.map(({ id }, i) => [id, entering[i] as Result])),
        followed: (inner) => {
          const output = outputs.findIndex(({ id }) => id === inner);
          const goesOn = scope.edges.some((edge) => edge.source === node.id && (edge.output ?? 0) === output);
          return output >= 0 && (copy < repeat || goesOn || (output === 0 && scope.followed(node.id)));
        },
        around: [...scope.around, definition.id],
      });
      leaving = outputs.map(({ id }) => results(id, 0));
      entering = leaving.map((one) => one ?? undefined);
    }
    return leaving;
  }
}

/** An output without settings only marks the way out of a block. */
function withoutMark(node: NetworkNode): NetworkNode {
  const { output, ...plain } = node;
  return output !== undefined && Object.keys(output).length === 0 ? plain : node;
}

const tooLarge = (): Fault => new Fault('block-too-large', `Its blocks come to more than ${maximumNodes} layers.`);

/** What a place is compared with, its block's outputs are. */
function withOutput(definition: BlockDefinition, { output }: NetworkNode): readonly NetworkNode[] {
  if (output === undefined) return definition.nodes;
  const ends = new Set(blockOutputs(definition).map(({ id }) => id));
  return definition.nodes.map((node) => (ends.has(node.id) ? { ...node, output } : node));
}

/** Each node after those it depends on; what stands on or behind a circle apart. */
function inOrder({ nodes, edges }: Pick<Scope, 'nodes' | 'edges'>): { readonly order: readonly NetworkNode[]; readonly circle: readonly NetworkNode[] } {
  const waiting = new Map<string, number>();
  for (const { target } of edges) waiting.set(target, (waiting.get(target) ?? 0) + 1);
  const following = Map.groupBy(edges, ({ source }) => source);
  const byId = nodesById(nodes);
  const order = nodes.filter(({ id }) => !waiting.has(id));
  for (let i = 0; i < order.length; i++) {
    for (const { target } of following.get((order[i] as NetworkNode).id) ?? []) {
      const left = (waiting.get(target) as number) - 1;
      waiting.set(target, left);
      const node = byId.get(target);
      if (left === 0 && node) order.push(node);
    }
  }
  const ordered = new Set(order);
  return { order, circle: nodes.filter((node) => !ordered.has(node)) };
}

interface Given {
  readonly edge: NetworkEdge;
  readonly from: Result;
}
const root: Omit<Scope, 'nodes' | 'edges'> = {
  idPrefix: '',
  namePrefix: '',
  place: null,
  block: null,
  frozen: false,
  twin: null,
  entering: null,
  followed: () => false,
  around: [],
};

/** A network with its blocks laid open: layers only, each under the names of the blocks around it (`block_1/dense`). */
export function expandBlocks(network: Network): Expanded {
  if (!network.nodes.some(isBlock)) {
    const origins = new Map(network.nodes.map(({ id }) => [id, { place: id, inside: null }]));
    return { network, origins, results: new Map(), entering: new Map(), faults: [] };
  }
  const { nodes, edges, origins, results, entering, faults } = new Expansion(network);
  return { network: { ...network, nodes: inDocumentOrder(network, nodes, origins), edges }, origins, results, entering, faults };
}

/** Outputs and Inputs are told apart by their order, so the document's counts. */
function inDocumentOrder({ nodes }: Network, laid: readonly NetworkNode[], origins: ReadonlyMap<string, Origin>): NetworkNode[] {
  const byPlace = Map.groupBy(laid, ({ id }) => origins.get(id)?.place);
  return nodes.flatMap(({ id }) => byPlace.get(id) ?? []);
}
