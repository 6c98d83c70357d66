// What goes along when something is dragged, and what a place of the drawing means for the document. Pure.

import { snap } from '../../shared/network/layout.ts';
import type { Point } from '../state/index.ts';
import type { CanvasNode } from './useFlow.ts';
import type { Scene } from './scene.ts';

export type Positions = Readonly<Record<string, Point>>;

const boxOf = ({ position, width = 0, height = 0 }: CanvasNode) => ({ ...position, width, height });

/** Whether a frame of notes holds the middle of a card. */
function isIn(frame: CanvasNode, node: CanvasNode): boolean {
  const [around, box] = [boxOf(frame), boxOf(node)];
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  return x > around.x && x < around.x + around.width && y > around.y && y < around.y + around.height;
}

/** The way to what stands in a block that is opened; null where it is none. */
const keyInside = (node: CanvasNode): string | null =>
  node.type === 'layer' && node.data.frame ? [...(node.data.level === '' ? [] : [node.data.level]), node.data.node].join('/') : null;

/** A frame carries the layers of its level that are in it, an opened block all that is in it: where they go when it goes there. */
export function carried(nodes: readonly CanvasNode[], moves: Positions): Positions {
  const along: Record<string, Point> = {};
  for (const frame of nodes) {
    const to = moves[frame.id];
    if (!to) continue;
    const [dx, dy] = [to.x - frame.position.x, to.y - frame.position.y];
    const key = keyInside(frame);
    const isFrame = frame.type === 'note' && frame.data.kind === 'frame';
    if (key === null && !isFrame) continue;
    for (const node of nodes) {
      const { level } = node.data;
      const goes = key === null ? node.type === 'layer' && level === frame.data.level && isIn(frame, node) : `${level}/`.startsWith(`${key}/`);
      if (goes && !moves[node.id]) along[node.id] = { x: node.position.x + dx, y: node.position.y + dy };
    }
  }
  return Object.keys(along).length > 0 ? { ...along, ...carriedFurther(nodes, moves, along) } : along;
}

/** An opened block that a frame carries carries in its turn. */
function carriedFurther(nodes: readonly CanvasNode[], moves: Positions, along: Positions): Positions {
  const blocks = Object.fromEntries(nodes.filter((node) => along[node.id] && keyInside(node) !== null).map((node) => [node.id, along[node.id] as Point]));
  return Object.keys(blocks).length === 0 ? {} : carried(nodes, { ...moves, ...blocks });
}

/** Where something stands in the document when it is drawn there, on the grid. */
function placeOf(scene: Scene, node: CanvasNode, at: Point): Point {
  const { level, id } = scene.find(node.id);
  const { x, y } = node.type === 'layer' && node.data.frame ? level.standing(id, at) : level.document(at);
  return { x: snap(x), y: snap(y) };
}

/** The new places of layers and notes of one level, for the document; what did not move is left out. */
export function movedTo(
  scene: Scene,
  nodes: readonly CanvasNode[],
  places: Positions,
  level: string,
): { readonly layers: Positions; readonly notes: Positions } {
  const [layers, notes]: Record<string, Point>[] = [{}, {}];
  for (const node of nodes) {
    const at = places[node.id];
    if (!at || node.data.level !== level) continue;
    const [before, after] = [placeOf(scene, node, node.position), placeOf(scene, node, at)];
    if (before.x === after.x && before.y === after.y) continue;
    if (node.type === 'layer') (layers as Record<string, Point>)[node.data.node] = after;
    else (notes as Record<string, Point>)[node.data.note] = after;
  }
  return { layers: layers ?? {}, notes: notes ?? {} };
}
