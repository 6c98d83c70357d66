// Comments and frames after layers were laid out anew: a frame goes on standing around its layers, a comment beside the layer it stood next to. Pure.

import { gridSize, nodeSize } from '../../../shared/network/layout.ts';
import type { Network, NetworkNode, NetworkNote } from '../../../shared/network/network.ts';
import type { Places } from './elkGraph.ts';

interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

function around(points: readonly { readonly x: number; readonly y: number }[]): Box {
  const [xs, ys] = [points.map(({ x }) => x), points.map(({ y }) => y)];
  return { left: Math.min(...xs), top: Math.min(...ys), right: Math.max(...xs) + nodeSize.width, bottom: Math.max(...ys) + nodeSize.height };
}

const middle = ({ position: { x, y } }: Pick<NetworkNode, 'position'>, { width, height } = nodeSize as NetworkNote['size']) => ({
  x: x + width / 2,
  y: y + height / 2,
});

/** The layers whose middle a frame holds. */
function heldBy({ position: { x, y }, size }: NetworkNote, nodes: readonly NetworkNode[]): readonly NetworkNode[] {
  return nodes.filter((node) => {
    const at = middle(node);
    return at.x > x && at.x < x + size.width && at.y > y && at.y < y + size.height;
  });
}

function nearest(note: NetworkNote, nodes: readonly NetworkNode[]): NetworkNode | undefined {
  const at = middle(note, note.size);
  const distance = (node: NetworkNode) => Math.hypot(middle(node).x - at.x, middle(node).y - at.y);
  return nodes.reduce<NetworkNode | undefined>((best, node) => (best && distance(best) <= distance(node) ? best : node), undefined);
}

/**
 * @param places where layers stand now; those without one stay
 * @param turned to where the network runs now, if it ran the other way before
 * @returns null where no note moves
 */
export function notesAfter(network: Network, places: Places, turned?: 'down' | 'right'): readonly NetworkNote[] | null {
  const placeOf = ({ id, position }: NetworkNode) => places[id] ?? position;
  const moved = (network.notes ?? []).map((note): NetworkNote => {
    const held = note.kind === 'frame' ? heldBy(note, network.nodes) : [];
    if (held.length > 0) {
      const [before, now] = [around(held.map(({ position }) => position)), around(held.map(placeOf))];
      const { x, y } = note.position;
      return {
        ...note,
        position: { x: x + now.left - before.left, y: y + now.top - before.top },
        size: {
          width: note.size.width + (now.right - now.left) - (before.right - before.left),
          height: note.size.height + (now.bottom - now.top) - (before.bottom - before.top),
        },
      };
    }
    const beside = nearest(note, network.nodes);
    if (!beside) return note;
    const [from, to] = [beside.position, placeOf(beside)];
    // Across the way the network runs now, where there is room.
    if (turned === 'right') return { ...note, position: { x: to.x, y: to.y - note.size.height - gridSize } };
    if (turned === 'down') return { ...note, position: { x: to.x - note.size.width - gridSize, y: to.y } };
    return { ...note, position: { x: note.position.x + to.x - from.x, y: note.position.y + to.y - from.y } };
  });
  const isSame = moved.every(({ position, size }, i) => {
    const before = network.notes?.[i];
    return before?.position.x === position.x && before.position.y === position.y && before.size.width === size.width && before.size.height === size.height;
  });
  return isSame ? null : moved;
}
