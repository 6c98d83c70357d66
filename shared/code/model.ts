// A network as generated code sees it: its calls in order, names that Python takes, what each is fed with. The same for every library.

import type { AnyLayer } from '../layers/layer.ts';
import { schemaOf } from '../lib/fields.ts';
import { analyze, type GraphNode, graphOf, isWired, outputsOf } from '../compile/index.ts';
import type { Analysis, NodeAnalysis } from '../compile/types.ts';
import type { DatasetDescriptor } from '../datasets/descriptor.ts';
import { expandBlocks, isBlock } from '../network/blocks.ts';
import { withoutBypassed } from '../network/bypass.ts';
import type { Network, NetworkNode } from '../network/network.ts';
import type { Shape } from '../tensor/types.ts';
import type { TrainingSettings } from '../training/settings.ts';
import { Names } from './python.ts';

/** What code is made from. */
export interface CodeRequest {
  readonly network: Network;
  readonly dataset: DatasetDescriptor | null;
  readonly settings: TrainingSettings;
  /** Of the network with that dataset. */
  readonly analysis: Analysis;
}

/** One use of a layer. */
export interface CodeCall {
  readonly node: NetworkNode;
  /** Null for a kind that is not known here. */
  readonly layer: AnyLayer | null;
  /** In force, defaults included; null where one is out of range. */
  readonly parameters: Readonly<Record<string, unknown>> | null;
  /** The variable that holds what it gives. */
  readonly variable: string;
  /** As the layer is called in the model: the owner's name, without slashes, each once. */
  readonly name: string;
  /** The node of the network that its lines are about: itself, or the block that it is in. */
  readonly place: string;
  /** Those that hold what it gives after that. */
  readonly further: readonly string[];
  /** The calls it is fed by, in order. */
  readonly sources: readonly CodeCall[];
  /** The variables that it is fed with, in the same order. */
  readonly given: readonly string[];
  /** Whether everything is connected as the layer needs it. */
  readonly isWired: boolean;
  /** The node that owns the weights. */
  readonly owner: string;
  /** True where the layer is used at several places. */
  readonly isShared: boolean;
  readonly outputShape: Shape | null;
  readonly inputShapes: NodeAnalysis['inputShapes'];
}

export interface CodeModel {
  readonly calls: readonly CodeCall[];
  readonly inputs: readonly CodeCall[];
  readonly outputs: readonly CodeCall[];
  /** Whether one layer follows the other from one input to one output. */
  readonly isChain: boolean;
  /** What keeps it from being trained, in words; null where nothing does. */
  readonly unfinished: string | null;
}

function parametersIn({ node, layer }: GraphNode): CodeCall['parameters'] {
  if (!layer) return null;
  const parsed = schemaOf(layer.fields).safeParse(node.parameters);
  return parsed.success ? parsed.data : null;
}

/** Each layer's own name, by the node that owns it. */
function layerNames(order: readonly GraphNode[]): ReadonlyMap<string, string> {
  const names = new Names([]);
  const owners = new Map(order.map(({ owner }) => [owner.id, owner.name]));
  return new Map([...owners].map(([id, name]) => [id, names.take(name)]));
}

const follows = (call: CodeCall, i: number, calls: readonly CodeCall[]): boolean =>
  call.further.length > 0 ? false : i === 0 ? call.sources.length === 0 : call.sources.length === 1 && call.sources[0] === calls[i - 1] && !call.isShared;

/** Blocks are written as the layers they hold. */
function laidOpen({ network, dataset, settings, analysis }: CodeRequest) {
  const expanded = expandBlocks(network);
  return { ...expanded, analysis: network.nodes.some(isBlock) ? analyze(expanded.network, { dataset, loss: settings.loss }) : analysis };
}

/** A network as a library must have it, and which layers that it adds are for which. */
export interface Rewritten {
  readonly network: Network;
  readonly copies: ReadonlyMap<string, string>;
}
type Rewriting = (network: Network, shapes: (id: string) => Shape | null) => Rewritten;
const unchanged: Rewriting = (network) => ({ network, copies: new Map() });

/**
 * @param reserved names that the code uses itself
 * @param rewritten the network as the library must have it, and which layers that it adds are for which
 */
export function codeModel(request: CodeRequest, reserved: readonly string[], rewritten: Rewriting = unchanged): CodeModel {
  const { network: whole, origins, analysis: drawn } = laidOpen(request);
  const shown = withoutBypassed(whole);
  const { network, copies } = rewritten(shown, (id) => drawn.nodes[id]?.outputShape ?? null);
  const analysis = network === shown ? drawn : analyze(network, { dataset: request.dataset, loss: request.settings.loss });
  const placeOf = (id: string): string => origins.get(copies.get(id) ?? id)?.place ?? copies.get(id) ?? id;
  const graph = graphOf(network);
  const variables = new Names(reserved);
  const names = layerNames(graph.order);
  const places = Map.groupBy(graph.order, ({ owner }) => owner.id);
  const byId = new Map<string, CodeCall>();
  for (const one of graph.order) {
    const { node, owner, incoming } = one;
    const sources = incoming.flatMap(({ source }) => byId.get(source) ?? []);
    const given = incoming.map(({ source, output = 0 }) => [byId.get(source)?.variable ?? '', ...(byId.get(source)?.further ?? [])][output] ?? '');
    const further = one.layer?.furtherOutputs?.(node.parameters) ?? [];
    byId.set(node.id, {
      ...{ node, layer: one.layer, parameters: parametersIn(one), sources, owner: owner.id, place: placeOf(node.id) },
      ...{ variable: variables.take(node.name), name: names.get(owner.id) ?? node.name, isShared: (places.get(owner.id)?.length ?? 0) > 1 },
      ...{ given, further: further.map((what) => variables.take(`${node.name}_${what.replaceAll(' ', '_')}`)) },
      isWired: isWired(one) && sources.length === incoming.length,
      outputShape: analysis.nodes[node.id]?.outputShape ?? null,
      inputShapes: analysis.nodes[node.id]?.inputShapes ?? [],
    });
  }
  const calls = [...byId.values()];
  const outputs = outputsOf(graph).flatMap(({ node }) => byId.get(node.id) ?? []);
  const problem = analysis.problems.find(({ severity }) => severity === 'error');
  return {
    ...{ calls, outputs, inputs: calls.filter(({ layer }) => layer?.inputs === 0) },
    isChain: outputs.length === 1 && calls.length > 1 && outputs[0] === calls.at(-1) && calls.every(follows),
    unfinished: problem ? `${problem.what} (${problem.where})` : null,
  };
}
