// What changes layers and connections: add, connect, move an end, set, rename, repair. Each is one gesture and one undo step.

import { likelyNext } from '../../shared/compile/problems/suggest.ts';
import { type LayerId, layerOf, layers } from '../../shared/layers/index.ts';
import type { AnyLayer } from '../../shared/layers/layer.ts';
import { type ReadyBlock, placeReady, readyBlockOf, refusalOf } from '../../shared/network/blocks/index.ts';
import { appendLayer, type Composed, connection, insertLayer, lastNode, type Placeable, type Point, placeLayer } from '../../shared/network/compose.ts';
import { applyEdits, type Edit } from '../../shared/network/edits.ts';
import { nodeSize } from '../../shared/network/layout.ts';
import type { Network } from '../../shared/network/network.ts';
import type { Repair } from '../../shared/network/problem.ts';
import { canConnect } from '../../shared/network/rules.ts';
import { savedOf } from '../../shared/network/savedBlocks.ts';
import {
  canvasPort,
  commit,
  commitToNetwork,
  currentAnalysis,
  currentNetwork,
  currentProject,
  datasetById,
  libraryBlocks,
  noteUsed,
  notifyFailure,
  openMessage,
  repairNow,
  select,
  useSession,
} from '../state/index.ts';
import { namesOf } from './edit.ts';
import { putKept } from './library.ts';
import { setNotes } from './notes.ts';

type Parameters = Readonly<Record<string, unknown>>;
const selectedNodes = () => useSession.getState().selection.nodes;

/** @returns the layer that was added */
function put(network: Network, layer: AnyLayer, { edits, nodes }: Composed, parameters: Parameters = {}): string | undefined {
  if (edits.length === 0) return undefined;
  const given = edits.map((edit) => (edit.type === 'addNode' ? { ...edit, node: { ...edit.node, parameters } } : edit));
  commitToNetwork(network.id, `add ${layer.title}`, given);
  noteUsed(layer.id);
  select(nodes);
  return nodes[0];
}

/** Why a ready block does not fit behind a layer; null where it does, or nothing is known. */
export function refusalOfReady(network: Network, ready: ReadyBlock, from: string | null): string | null {
  const shape = from === null ? null : currentAnalysis(network).nodes[from]?.outputShape;
  return shape ? refusalOf(ready, shape) : null;
}

/** The same with a ready block, drawn for what `from` gives. @returns the place that was added */
function putReady(network: Network, ready: ReadyBlock, from: string | null, compose: (network: Network, layer: Placeable) => Composed): string | undefined {
  const shape = from === null ? null : (currentAnalysis(network).nodes[from]?.outputShape ?? null);
  const { edits, nodes } = placeReady(network, ready, shape, compose);
  commitToNetwork(network.id, `add ${ready.title}`, edits);
  select(nodes);
  return nodes[0];
}

/** A ready block, or one that the person keeps. @returns the place that was added */
function putBlock(network: Network, kind: string, from: string | null, compose: (network: Network, layer: Placeable) => Composed): string | undefined {
  const ready = readyBlockOf(kind),
    saved = savedOf(kind, libraryBlocks());
  return ready ? putReady(network, ready, from, compose) : saved && putKept(network, saved, compose);
}

const middle = ({ x, y }: Point): Point => ({ x: x - nodeSize.width / 2, y: y - nodeSize.height / 2 });

/** Adds a layer or a ready block below the selected one (else the last one) and connects it when that makes sense. */
export function addLayer(kind: string, after?: string | null, parameters?: Parameters): void {
  const network = currentNetwork();
  if (!network) return;
  const start = network.nodes.length === 0 ? canvasPort()?.start() : undefined;
  const below = after ?? selectedNodes().at(-1) ?? lastNode(network)?.id ?? null;
  const append = (drawn: Network, layer: Placeable) => appendLayer(drawn, layer, below, start && middle(start));
  const layer = layerOf(kind);
  const added = layer ? put(network, layer, append(network, layer), parameters) : putBlock(network, kind, below, append);
  if (added !== undefined) canvasPort()?.reveal(added);
}

/** Adds a layer with its middle at a place of the canvas, connected from `from` if that is given. The view stays: the place was chosen. */
export function addLayerAt(kind: string, place: Point, from: string | null = null, parameters?: Parameters): void {
  const network = currentNetwork();
  if (!network) return;
  const add = (drawn: Network, layer: Placeable) => (from === null ? placeLayer(drawn, layer, middle(place)) : appendLayer(drawn, layer, from, middle(place)));
  const layer = layerOf(kind);
  if (layer) put(network, layer, add(network, layer), parameters);
  else putBlock(network, kind, from ?? selectedNodes().at(-1) ?? lastNode(network)?.id ?? null, add);
}

/** Puts a layer into a connection. */
export function insertLayerOn(kind: string, edge: string): void {
  const network = currentNetwork();
  const layer = layerOf(kind);
  if (network && layer) put(network, layer, insertLayer(network, layer, edge));
  else if (network) {
    const source = network.edges.find(({ id }) => id === edge)?.source ?? null;
    putBlock(network, kind, source, (drawn, block) => insertLayer(drawn, block, edge));
  }
}

/** Adds an automatic Input, which takes its shape from the dataset. */
export function addInput(): void {
  addLayer(layers.input.id, null);
}

/** Adds the layer that most likely comes after the selected one, set as the network is used to. */
export function addLikelyNext(): void {
  const network = currentNetwork();
  const [from] = selectedNodes();
  if (!network || from === undefined) return;
  const { kind, parameters }: { kind: LayerId; parameters: Parameters } = likelyNext(
    network,
    currentAnalysis(network),
    from,
    datasetById(currentProject().dataset),
  );
  addLayer(kind, from, parameters);
}

/** Connects two layers; null, or why not. @param output which of a block's results */
export function connect(source: string, target: string, input?: number, output = 0): string | null {
  const network = currentNetwork();
  if (!network) return 'No network is open';
  const refusal = canConnect(network, source, target, input);
  const made = connection(network, source, target, input);
  const edit = made?.type === 'addEdge' && output > 0 ? { ...made, edge: { ...made.edge, output } } : made;
  if (refusal === null && edit) commitToNetwork(network.id, `connect ${namesOf(network, [source])} to ${namesOf(network, [target])}`, [edit]);
  return refusal;
}

/** Moves a connection's lower end to another input. */
export function reconnect(edgeId: string, source: string, target: string, input?: number): void {
  const network = currentNetwork();
  if (!network) return;
  const removal: Edit = { type: 'removeEdges', edges: [edgeId] };
  const without = applyEdits(network, [removal]).network;
  const edit = connection(without, source, target, input);
  if (edit) commitToNetwork(network.id, 'move a connection', [removal, edit]);
}

/** Takes a connection away. */
export function disconnect(edge: string): void {
  const network = currentNetwork();
  if (network) commitToNetwork(network.id, 'delete a connection', [{ type: 'removeEdges', edges: [edge] }]);
}

/** Does what a repair's button says: one undo step. */
export function repair(given: Repair): void {
  const network = currentNetwork();
  if (!network) return;
  const { label, edits, settings } = repairNow(network, given);
  const step = label.charAt(0).toLowerCase() + label.slice(1);
  // A repair of the settings leaves the network as it is.
  if (settings) commit(step, [{ type: 'setTraining', settings }]);
  else commitToNetwork(network.id, step, edits);
  openMessage(null);
}

/** Puts layers and notes where they were dragged to: one undo step. */
export function moveLayers(positions: Readonly<Record<string, Point>>, notes: Readonly<Record<string, Point>> = {}): void {
  const network = currentNetwork();
  if (!network) return;
  const moved = Object.keys(positions);
  const written = (network.notes ?? []).map((note) => ({ ...note, position: notes[note.id] ?? note.position }));
  const edits: Edit[] = [
    ...(moved.length > 0 ? [{ type: 'moveNodes' as const, positions }] : []),
    ...(Object.keys(notes).length > 0 ? [setNotes(written)] : []),
  ];
  commitToNetwork(network.id, `move ${moved.length > 0 ? namesOf(network, moved) : 'a note'}`, edits);
}

export function renameLayer(node: string, name: string): void {
  const network = currentNetwork();
  if (network) commitToNetwork(network.id, `rename ${namesOf(network, [node])}`, [{ type: 'renameNode', node, name }]);
}

/** Sets parameters of one or more layers; changes of the same one, made at once, are one undo step. */
export function setParameters(nodes: readonly string[], parameters: Parameters, label: string): void {
  const network = currentNetwork();
  if (!network) return;
  const edits = nodes.map((node): Edit => ({ type: 'setParameters', node, parameters }));
  try {
    commitToNetwork(network.id, nodes.length > 1 ? `set ${label.toLowerCase()} of ${nodes.length} layers` : `set ${label.toLowerCase()}`, edits, {
      fold: `${nodes.join()}/${Object.keys(parameters).join()}`,
    });
  } catch (thrown) {
    notifyFailure(thrown);
  }
}
