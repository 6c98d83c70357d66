// From our document to what React Flow draws. One way only: React Flow's nodes never become the document.
// What did not change keeps its identity, so that only changed nodes are drawn again.

import { type Edge, type Node, type NodeHandle, Position } from '@xyflow/react';
import type { NodeAnalysis } from '../../shared/compile/types.ts';
import { layerOf } from '../../shared/layers/index.ts';
import { type Inputs, inputsWith, outputCount } from '../../shared/layers/layer.ts';
import { alike } from '../../shared/lib/alike.ts';
import { defaults } from '../../shared/lib/fields.ts';
import { nodeSize } from '../../shared/network/layout.ts';
import type { Network, NetworkEdge, NetworkNode } from '../../shared/network/network.ts';
import type { Problem } from '../../shared/network/problem.ts';
import { BLOCK, blockOf, blockOutputs, repeatOf } from '../../shared/network/blocks.ts';
import { incomingEdges, inputsOf } from '../../shared/network/rules.ts';
import type { Figure, Point, Selection } from '../state/index.ts';
import { t } from '../text/text.ts';
import { formatBytes, formatCount, formatLarge, formatShape } from '../ui/format.ts';
import { chooseRoute, type Route } from './route.ts';
import type { Level } from './scene.ts';
import type { Size } from './stretch.ts';

export type Mark = 'added' | 'changed';
export type Marks = ReadonlyMap<string, Mark>;

const stateOf = (node: NetworkNode): LayerData['state'] =>
  node.bypassed ? 'bypassed' : node.shares !== undefined ? 'shared' : node.trainable === false ? 'frozen' : null;

/** A block that is opened in place: its frame, and the lines that lead into and out of what is in it. */
export interface Frame extends Size {
  readonly leads: readonly string[];
}

export interface LayerData extends Record<string, unknown> {
  /** Its id in the document, the level it stands in, and its id in the network with its blocks laid open. */
  readonly node: string;
  readonly level: string;
  readonly laid: string;
  readonly name: string;
  readonly kind: string;
  readonly title: string;
  readonly family: string;
  readonly isInput: boolean;
  /** What is set, in a few words. */
  readonly settings: string;
  /** What follows from it; null where it cannot be known. */
  readonly shape: string | null;
  readonly tentative: boolean;
  /** What its size amounts to, as the person wants to see it. */
  readonly figure: string;
  /** A block: how often it stands there, and how many results it gives. */
  readonly repeat: number;
  readonly outputs: number;
  /** Passed by, frozen, or another layer with the same weights. */
  readonly state: 'bypassed' | 'frozen' | 'shared' | null;
  /** Where two networks are compared: what it is that the other does not have. */
  readonly mark: Mark | null;
  /** The worst thing to say about it. */
  readonly severity: Problem['severity'] | null;
  /** Drawn from left to right: ports at the left and right edge. */
  readonly sideways: boolean;
  /** The places of its input ports along the edge they are on. */
  readonly ports: readonly number[];
  /** Their names, where they have some. */
  readonly portNames: readonly string[];
  /** Opened in place; null: a card. */
  readonly frame: Frame | null;
  /** Inputs that something comes in by, and those of them that do not fit. */
  readonly connected: readonly number[];
  readonly badPorts: readonly number[];
}
export type LayerNode = Node<LayerData, 'layer'>;

export interface WireData extends Record<string, unknown> {
  /** The shape that flows along it. */
  readonly shape: string | null;
  readonly bad: boolean;
  readonly tentative: boolean;
  readonly route: Route;
  readonly sideways: boolean;
}
export type WireEdge = Edge<WireData, 'wire'>;

const axis = nodeSize.width / 2;
/** A port is drawn 9 wide and hit 24 wide; connections meet the drawn edge, `portInset` inside what is hit. */
const portReach = 24;
export const portInset = (portReach - 9) / 2;
/** Ports of a merging layer: the first on the axis, so that the trunk stays straight, then outward in turn. */
function portPlaces(count: number, sideways: boolean, size: Size): readonly number[] {
  if (sideways) return Array.from({ length: count }, (_, index) => ((index + 1) * size.height) / (count + 1));
  const aside = (size.width - nodeSize.width) / 2;
  return onCard(count).map((place) => place + aside);
}
function onCard(count: number): readonly number[] {
  const pitch = count <= 3 ? 84 : Math.floor((nodeSize.width - 48) / (count - 1));
  if (count > 3) return Array.from({ length: count }, (_, index) => 24 + index * pitch);
  return [axis, axis + pitch, axis - pitch].slice(0, count);
}

/** `3 layers: Conv2D, BatchNormalization, …` */
function describeBlock(network: Network, node: NetworkNode): string {
  const inside = (blockOf(network, node)?.nodes ?? []).filter(({ kind }) => kind !== 'input');
  const titles = inside.slice(0, 3).map(({ kind }) => layerOf(kind)?.title ?? 'block');
  return inside.length === 0 ? 'its definition is missing' : `${titles.join(', ')}${inside.length > 3 ? `, ${inside.length - 3} more` : ''}`;
}

/** How many input ports a node shows: merging layers one more than are taken. */
function portCount(network: Network, node: NetworkNode): number {
  const inputs = inputsOf(node, network);
  if (typeof inputs === 'object') return inputs.length;
  if (inputs !== 'many') return inputs;
  const highest = incomingEdges(network, node.id).at(-1)?.input ?? -1;
  return Math.max(2, layerOf(node.kind) ? highest + 2 : highest + 1);
}

const handle = (id: string, type: 'source' | 'target', along: number, { sideways, frame }: LayerData): NodeHandle => {
  const { width, height } = frame ?? nodeSize;
  const edge = type === 'target' ? 0 : sideways ? width : height;
  const [x, y] = sideways ? [edge, along] : [along, edge];
  const position = type === 'source' ? (sideways ? Position.Right : Position.Bottom) : sideways ? Position.Left : Position.Top;
  return { id, type, position, x: x - portReach / 2, y: y - portReach / 2, width: portReach, height: portReach };
};

function describe(network: Network, node: NetworkNode): string {
  if (node.kind === BLOCK) return describeBlock(network, node);
  const layer = layerOf(node.kind);
  if (!layer) return 'unknown layer';
  try {
    return layer.describe({ ...defaults(layer.fields), ...node.parameters });
  } catch {
    return 'settings that do not fit';
  }
}

type Seen = Pick<LayerData, 'severity' | 'mark' | 'figure'> & { readonly bad: ReadonlySet<string> };

/** Which figure stands on the layers, and what it needs to know of the whole network. */
export interface Figures {
  readonly figure: Figure;
  /** Receptive fields, where they are asked for. */
  readonly sees: ReadonlyMap<string, readonly number[]>;
}

function figureOf({ figure, sees }: Figures, node: NetworkNode, analysis: NodeAnalysis | undefined): string {
  if (figure === 'multiplyAdds') return t`${formatLarge(analysis?.multiplyAdds ?? 0)} mult-adds`;
  if (figure === 'memory') return formatBytes(analysis?.activationBytes ?? 0);
  const field = sees.get(node.id);
  if (figure === 'field') return field ? t`sees ${formatShape(field)}` : '–';
  return layerOf(node.kind)?.inputs === 0 ? t('no parameters') : formatCount((analysis?.trainable ?? 0) + (analysis?.nonTrainable ?? 0));
}

const portLabels = (inputs: Inputs): readonly string[] => (typeof inputs === 'object' ? inputs.map(({ label }) => label) : []);

function dataOf(level: Level, node: NetworkNode, analysis: NodeAnalysis | undefined, { severity, mark, figure, bad }: Seen): LayerData {
  const { network } = level.open;
  const layer = layerOf(node.kind);
  const into = incomingEdges(network, node.id);
  const sideways = network.direction === 'right';
  const ports = portPlaces(portCount(network, node), sideways, level.frames.get(node.id) ?? nodeSize);
  return {
    node: node.id,
    level: level.open.key,
    laid: level.open.laid + node.id,
    frame: null,
    name: node.name,
    kind: node.kind,
    title: node.kind === BLOCK ? (blockOf(network, node)?.name ?? 'Block') : (layer?.title ?? node.kind),
    repeat: node.kind === BLOCK ? repeatOf(node) : 1,
    outputs:
      node.kind === BLOCK
        ? Math.max(1, blockOutputs(blockOf(network, node) ?? { nodes: [], edges: [] }).length)
        : layer
          ? outputCount(layer, node.parameters)
          : 1,
    family: layer?.family ?? 'block',
    isInput: layer?.inputs === 0,
    settings: describe(network, node),
    shape: analysis?.outputShape ? formatShape(analysis.outputShape) : null,
    tentative: analysis?.tentative ?? false,
    figure,
    state: stateOf(node),
    mark,
    severity,
    sideways,
    ports,
    portNames: layer ? portLabels(inputsWith(layer, node.parameters)) : [],
    connected: into.map((edge) => edge.input),
    badPorts: into.filter((edge) => bad.has(edge.id)).map((edge) => edge.input),
  };
}

function worst(problems: readonly Problem[]): ReadonlyMap<string, Problem['severity']> {
  const severities = new Map<string, Problem['severity']>();
  for (const { nodes, severity } of problems) for (const id of nodes) if (severities.get(id) !== 'error') severities.set(id, severity);
  return severities;
}

/** Connections that carry an error. Where several meet and one does not fit, all say their shape: the misfit is between them. */
function badEdges(network: Network, problems: readonly Problem[]): ReadonlySet<string> {
  const bad = new Set(problems.filter((problem) => problem.severity === 'error').flatMap((problem) => problem.edges));
  const merges = new Set(network.edges.filter((edge) => bad.has(edge.id)).map((edge) => edge.target));
  for (const edge of network.edges) if (merges.has(edge.target)) bad.add(edge.id);
  return bad;
}

/** Where its results leave, along the lower or right edge: nearly always one, in the middle. */
export function outputPlaces({ outputs, sideways, frame }: Pick<LayerData, 'outputs' | 'sideways' | 'frame'>): readonly number[] {
  const { width, height } = frame ?? nodeSize;
  const length = sideways ? height : width;
  return Array.from({ length: outputs }, (_, index) => ((index + 1) * length) / (outputs + 1));
}
/** The handle of a result; the first is `out`, whatever else there is. */
export const outputId = (index: number): string => (index === 0 ? 'out' : `out-${index}`);
export const outputOfHandle = (id: string | null | undefined): number => (id?.startsWith('out-') ? Number(id.slice(4)) : 0);

function layerNode(id: string, position: Point, data: LayerData, selected: boolean): LayerNode {
  const { width, height } = data.frame ?? nodeSize;
  return {
    id,
    type: 'layer',
    position,
    data,
    selected,
    width,
    height,
    measured: { width, height },
    handles: [
      ...data.ports.map((place, index) => handle(`in-${index}`, 'target', place, data)),
      ...outputPlaces(data).map((place, index) => handle(outputId(index), 'source', place, data)),
    ],
    // Behind what is in it; between its layers one takes hold of the canvas.
    ...(data.frame && { zIndex: -1, style: { pointerEvents: 'none' } }),
    ariaRole: 'group',
    ariaLabel: data.frame ? t`${data.name}, ${data.title}, opened` : `${data.name}, ${data.title}`,
    domAttributes: { 'aria-roledescription': t('layer') },
  };
}

/** The nodes to draw of one level; those that look as before are the same objects as before. */
export function toFlowNodes(
  level: Level,
  selection: Selection,
  { marks, figures, leads }: { readonly marks: Marks; readonly figures: Figures; readonly leads: (node: string) => readonly string[] },
  before: ReadonlyMap<string, LayerNode>,
): LayerNode[] {
  const { network, analysis, inside } = level.open;
  // Where a block is opened, what is wrong in it is told in it.
  const severities = worst(analysis.problems.filter((problem) => !problem.inside || !problem.nodes.every((id) => inside.has(id))));
  const bad = badEdges(network, analysis.problems);
  const selected = new Set(selection.nodes);
  return network.nodes.map((node) => {
    const id = level.idOf(node.id);
    const old = before.get(id);
    const own = analysis.nodes[node.id];
    const frame = level.frames.get(node.id);
    const card = dataOf(level, node, own, {
      severity: severities.get(node.id) ?? null,
      mark: marks.get(node.id) ?? null,
      figure: figureOf(figures, node, own),
      bad,
    });
    const fresh = frame ? { ...card, frame: { width: frame.width, height: frame.height, leads: leads(node.id) } } : card;
    const data = old && alike(old.data, fresh) ? old.data : fresh;
    const isSelected = selected.has(node.id);
    const at = frame ?? level.drawn(node.position);
    const unchanged = old && old.data === data && old.selected === isSelected && old.position.x === at.x && old.position.y === at.y;
    return unchanged ? old : layerNode(id, { x: at.x, y: at.y }, data, isSelected);
  });
}

const sizeOf = ({ data }: LayerNode): Size => data.frame ?? nodeSize;

function routeOf(edge: NetworkEdge, nodes: ReadonlyMap<string, LayerNode>): Route {
  const [source, target] = [nodes.get(edge.source), nodes.get(edge.target)];
  if (!source || !target) return { turn: 'half', lane: null };
  const { sideways } = target.data;
  const [start, end] = endsOf(source, target, edge);
  const [along, extent] = sideways ? (['x', 'width'] as const) : (['y', 'height'] as const);
  const [low, high] = [Math.min(start[along], end[along]), Math.max(start[along], end[along])];
  const boxes: (Point & Size)[] = [];
  for (const node of nodes.values()) {
    const at = node.position[along];
    if (node !== source && node !== target && at < high && at + sizeOf(node)[extent] > low) boxes.push({ ...node.position, ...sizeOf(node) });
  }
  return chooseRoute(start, end, boxes, sideways);
}

/** Where a connection leaves and arrives. */
function endsOf(source: LayerNode, target: LayerNode, { input, output = 0 }: NetworkEdge): readonly [Point, Point] {
  const [from, to] = [source.position, target.position];
  const [given, taken] = [sizeOf(source), sizeOf(target)];
  const leaves = outputPlaces(source.data)[output];
  const place = target.data.ports[input];
  if (!target.data.sideways)
    return [
      { x: from.x + (leaves ?? given.width / 2), y: from.y + given.height },
      { x: to.x + (place ?? taken.width / 2), y: to.y },
    ];
  return [
    { x: from.x + given.width, y: from.y + (leaves ?? given.height / 2) },
    { x: to.x, y: to.y + (place ?? taken.height / 2) },
  ];
}

/** The connections to draw of one level; those that look as before are the same objects as before. @param nodes those of the level */
export function toFlowEdges(level: Level, selection: Selection, nodes: readonly LayerNode[], before: ReadonlyMap<string, WireEdge>): WireEdge[] {
  const { network, analysis } = level.open;
  const byId = new Map(nodes.map((node) => [node.data.node, node]));
  const bad = badEdges(network, analysis.problems);
  const selected = new Set(selection.edges);
  return network.edges.map((edge) => {
    const source = analysis.nodes[edge.source];
    const data: WireData = {
      shape: source?.outputShape ? formatShape(source.outputShape) : null,
      bad: bad.has(edge.id),
      tentative: source?.tentative ?? false,
      route: routeOf(edge, byId),
      sideways: network.direction === 'right',
    };
    const id = level.idOf(edge.id);
    const old = before.get(id);
    const fresh: WireEdge = {
      id,
      type: 'wire',
      source: level.idOf(edge.source),
      target: level.idOf(edge.target),
      sourceHandle: outputId(edge.output ?? 0),
      targetHandle: `in-${edge.input}`,
      reconnectable: true,
      selected: selected.has(edge.id),
      ariaLabel: t`${byId.get(edge.source)?.data.name ?? ''} to ${byId.get(edge.target)?.data.name ?? ''}`,
      data,
    };
    return old && alike(old, fresh) ? old : fresh;
  });
}

/** The input that a port's id names. */
export const inputOfHandle = (id: string | null | undefined): number | undefined => (id?.startsWith('in-') ? Number(id.slice(3)) : undefined);
