// The network as a graph: the order of computation, and what is wrong with its wiring before any shape is known.

import { type InputPort, outputCount } from '../layers/layer.ts';
import { BLOCK, expandBlocks } from '../network/blocks.ts';
import type { Network, NetworkEdge } from '../network/network.ts';
import type { Problem } from '../network/problem.ts';
import { type Call, callsOf } from './calls.ts';
import { addInputRepair, connectRepairs, secondRepairs, type ShapeOf } from './problems/missing.ts';

export interface GraphNode extends Call {
  /** In the order of the target's inputs. */
  readonly incoming: readonly NetworkEdge[];
  readonly outgoing: readonly NetworkEdge[];
}
export interface Graph {
  readonly nodes: ReadonlyMap<string, GraphNode>;
  /** Every node after those it depends on; nodes on or behind a cycle are missing. */
  readonly order: readonly GraphNode[];
}

/** The graph of a network, its blocks laid open. */
export const graphOf = (network: Network): Graph => layerGraph(expandBlocks(network).network);

/** Indexes a network without blocks and orders it (Kahn's algorithm), keeping the document's order among equals. */
export function layerGraph(network: Network): Graph {
  const incoming = new Map<string, NetworkEdge[]>(network.nodes.map((node) => [node.id, []]));
  const outgoing = new Map<string, NetworkEdge[]>(network.nodes.map((node) => [node.id, []]));
  for (const edge of network.edges) {
    incoming.get(edge.target)?.push(edge);
    outgoing.get(edge.source)?.push(edge);
  }
  const nodes = new Map<string, GraphNode>();
  for (const call of callsOf(network.nodes)) {
    const { id } = call.node;
    const edges = (incoming.get(id) ?? []).sort((a, b) => a.input - b.input);
    nodes.set(id, { ...call, incoming: edges, outgoing: outgoing.get(id) ?? [] });
  }
  return { nodes, order: orderOf(nodes) };
}

function orderOf(nodes: ReadonlyMap<string, GraphNode>): GraphNode[] {
  const waiting = new Map([...nodes].map(([id, one]) => [id, one.incoming.length]));
  const order = [...nodes.values()].filter((one) => one.incoming.length === 0);
  for (let i = 0; i < order.length; i++) {
    for (const edge of (order[i] as GraphNode).outgoing) {
      const left = (waiting.get(edge.target) ?? 0) - 1;
      waiting.set(edge.target, left);
      const target = nodes.get(edge.target);
      if (left === 0 && target) order.push(target);
    }
  }
  return order;
}

const names = (nodes: readonly GraphNode[]): string => nodes.map(({ node }) => node.name).join(', ');
const error = (problem: Omit<Problem, 'severity' | 'repairs' | 'edges'> & Partial<Problem>): Problem => ({
  severity: 'error',
  repairs: [],
  edges: [],
  ...problem,
});

/** The nodes that lie on a cycle: they can reach themselves. */
function nodesOnCycles(graph: Graph): GraphNode[] {
  const ordered = new Set(graph.order);
  const left = [...graph.nodes.values()].filter((one) => !ordered.has(one));
  const reaches = (from: GraphNode): boolean => {
    const seen = new Set<string>();
    const stack = from.outgoing.map((edge) => edge.target);
    for (let id = stack.pop(); id !== undefined; id = stack.pop()) {
      if (id === from.node.id) return true;
      if (seen.has(id)) continue;
      seen.add(id);
      stack.push(...(graph.nodes.get(id)?.outgoing ?? []).map((edge) => edge.target));
    }
    return false;
  };
  return left.filter(reaches);
}

function cycleProblems(graph: Graph): Problem[] {
  const cycle = nodesOnCycles(graph);
  if (cycle.length === 0) return [];
  const ids = new Set(cycle.map(({ node }) => node.id));
  const edges = cycle.flatMap(({ outgoing }) => outgoing.filter((edge) => ids.has(edge.target)));
  const last = edges.at(-1);
  return [
    error({
      code: 'cycle',
      what: 'These layers feed each other in a circle.',
      where: names(cycle),
      why: 'Each layer needs the result of the one before it, so a circle has no beginning.',
      nodes: [...ids],
      edges: edges.map((edge) => edge.id),
      repairs: last ? [{ label: 'Remove one connection of the circle', edits: [{ type: 'removeEdges', edges: [last.id] }] }] : [],
    }),
  ];
}

/** Whether so many connections come in as the layer takes, and, where inputs have names, none before another is left open. */
export function isWired({ layer, incoming }: GraphNode): boolean {
  if (!layer || layer.inputs === 0) return layer !== null && incoming.length === 0;
  return incoming.length > 0 && (typeof layer.inputs !== 'object' || openPort(layer.inputs, incoming) === undefined);
}

/** The first input with a name that something must come in by and nothing does. */
function openPort(ports: readonly InputPort[], incoming: readonly NetworkEdge[]): InputPort | undefined {
  const taken = new Set(incoming.map(({ input }) => input));
  const last = Math.max(...taken);
  return ports.find((port, i) => !taken.has(i) && (!port.optional || i < last));
}

function portProblem(graph: Graph, one: GraphNode, ports: readonly InputPort[], shapeOf: ShapeOf): Problem | null {
  const { node, incoming } = one;
  const beyond = incoming.filter((edge, i) => edge.input >= ports.length || edge.input === incoming[i - 1]?.input);
  if (beyond.length > 0)
    return error({
      code: 'too-many-inputs',
      what: `${node.name} takes ${ports.length} connections, one at each of its inputs, but ${incoming.length} come in.`,
      where: node.name,
      why: `Its inputs are ${ports.map(({ label }) => label.toLowerCase()).join(', ')}.`,
      nodes: [node.id],
      edges: beyond.map((edge) => edge.id),
      repairs: [{ label: 'Remove the others', edits: [{ type: 'removeEdges', edges: beyond.map((edge) => edge.id) }] }],
    });
  const open = openPort(ports, incoming);
  if (!open) return null;
  const what = `Nothing is connected to the input “${open.label}” of ${node.name}.`;
  const why = open.optional ? 'An input may be left open only where those behind it are open too.' : undefined;
  return error({ code: 'open-input', what, where: node.name, why, nodes: [node.id], repairs: connectRepairs(graph, one, ports.indexOf(open), shapeOf) });
}

/** The first of a merging layer's inputs that is free. */
function freeInput(incoming: readonly NetworkEdge[]): number {
  const taken = new Set(incoming.map(({ input }) => input));
  let input = 0;
  while (taken.has(input)) input++;
  return input;
}

function wiringProblem(graph: Graph, one: GraphNode, shapeOf: ShapeOf): Problem | null {
  const { node, layer, incoming } = one;
  // A block that cannot be laid open is told of where that is tried.
  if (!layer && node.kind === BLOCK) return null;
  if (!layer)
    return error({
      code: 'unknown-layer',
      what: `There is no layer called “${node.kind}” here.`,
      where: node.name,
      why: 'The file names a layer that this version of Netwright does not have.',
      nodes: [node.id],
      repairs: [{ label: `Remove ${node.name}`, edits: [{ type: 'removeNodes', nodes: [node.id] }] }],
    });
  if (layer.inputs === 0 && incoming.length > 0)
    return error({
      code: 'input-has-input',
      what: `${node.name} is where data comes in: nothing can be connected to it.`,
      where: node.name,
      nodes: [node.id],
      edges: incoming.map((edge) => edge.id),
      repairs: [{ label: 'Remove the connection', edits: [{ type: 'removeEdges', edges: incoming.map((edge) => edge.id) }] }],
    });
  if (layer.inputs === 1 && incoming.length > 1)
    return error({
      code: 'too-many-inputs',
      what: `${node.name} takes one connection, but ${incoming.length} come in.`,
      where: node.name,
      why: 'Only merging layers such as Add and Concatenate join several.',
      nodes: [node.id],
      edges: incoming.map((edge) => edge.id),
      repairs: [{ label: 'Keep the first connection', edits: [{ type: 'removeEdges', edges: incoming.slice(1).map((edge) => edge.id) }] }],
    });
  if (layer.inputs !== 0 && incoming.length === 0)
    return error({
      code: 'no-input',
      what: `Nothing is connected to the input of ${node.name}.`,
      where: node.name,
      why: 'A layer computes from what comes in at its top.',
      nodes: [node.id],
      repairs: connectRepairs(graph, one, 0, shapeOf),
    });
  if (typeof layer.inputs === 'object') return portProblem(graph, one, layer.inputs, shapeOf);
  if (layer.inputs === 'many' && incoming.length < (layer.fewestInputs ?? 2))
    return error({
      code: 'too-few-inputs',
      what: `${node.name} joins several connections, but only one comes in.`,
      where: node.name,
      nodes: [node.id],
      repairs: secondRepairs(graph, one, freeInput(incoming), shapeOf),
    });
  return null;
}

const isUnfed = ({ layer, incoming }: GraphNode): boolean => layer !== null && layer.inputs !== 0 && incoming.length === 0;

/** The beginning of a network: none at all, or no Input. */
function startProblems(graph: Graph): Problem[] {
  const all = [...graph.nodes.values()];
  const inputs = all.filter(({ layer }) => layer?.inputs === 0);
  if (all.length === 0)
    return [
      error({
        code: 'empty',
        what: 'The network is empty.',
        where: 'the whole network',
        why: 'It needs an Input and at least one layer behind it.',
        nodes: [],
      }),
    ];
  if (inputs.length > 0) return [];
  const first = all.find(isUnfed);
  return [
    error({
      code: 'no-input-layer',
      what: 'The network has no Input.',
      where: first?.node.name ?? 'the whole network',
      why: 'Data enters through an Input layer.',
      nodes: first ? [first.node.id] : [],
      repairs: first ? [addInputRepair(graph, first)] : [],
    }),
  ];
}

function nameProblems(graph: Graph): Problem[] {
  const seen = new Map<string, GraphNode>();
  return [...graph.nodes.values()].flatMap((one) => {
    const other = seen.get(one.node.name);
    seen.set(one.node.name, one);
    if (!other) return [];
    return [
      error({
        code: 'duplicate-name',
        what: `Two layers are called “${one.node.name}”.`,
        where: one.node.name,
        why: 'Weights and exports are named by their layer.',
        nodes: [other.node.id, one.node.id],
      }),
    ];
  });
}

/** Connections from results that their source does not give (any more). */
function resultProblems(graph: Graph): Problem[] {
  return [...graph.nodes.values()].flatMap(({ node, layer, outgoing }) => {
    const count = layer ? outputCount(layer, node.parameters) : Number.POSITIVE_INFINITY;
    const lost = outgoing.filter(({ output = 0 }) => output >= count).map(({ id }) => id);
    if (lost.length === 0) return [];
    return [
      error({
        code: 'no-such-result',
        what: `${node.name} gives ${count === 1 ? 'one result' : `${count} results`}, but a connection takes another one.`,
        where: node.name,
        why: layer?.fields['returnState'] ? 'A recurrent layer gives its states only where it returns them.' : undefined,
        nodes: [node.id],
        edges: lost,
        repairs: [
          ...(layer?.fields['returnState']
            ? [{ label: `Let ${node.name} return its state`, edits: [{ type: 'setParameters' as const, node: node.id, parameters: { returnState: true } }] }]
            : []),
          { label: 'Remove the connection', edits: [{ type: 'removeEdges', edges: lost }] },
        ],
      }),
    ];
  });
}

/** What is wrong with the wiring, worst first. An empty list means that every node can be lowered in order. */
export function wiringProblems(graph: Graph, shapeOf: ShapeOf): Problem[] {
  const start = startProblems(graph);
  // Where there is no Input at all, that is what the first layer misses.
  const told = new Set(start.flatMap(({ nodes }) => nodes));
  const nodes = [...graph.nodes.values()].filter(({ node }) => !told.has(node.id)).flatMap((one) => wiringProblem(graph, one, shapeOf) ?? []);
  return [...cycleProblems(graph), ...start, ...nodes, ...resultProblems(graph), ...nameProblems(graph)];
}
