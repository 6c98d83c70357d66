// Notes beside a network and what they have to do with its layers: a frame holds those whose middle lies in it.

import { nodeSize } from './layout.ts';
import type { Network, NetworkNote } from './network.ts';

/** The layers in a frame. */
function layersIn(network: Pick<Network, 'nodes'>, { position, size }: Pick<NetworkNote, 'position' | 'size'>): readonly string[] {
  const isIn = ({ x, y }: NetworkNote['position']) => {
    const [middleX, middleY] = [x + nodeSize.width / 2, y + nodeSize.height / 2];
    return middleX > position.x && middleX < position.x + size.width && middleY > position.y && middleY < position.y + size.height;
  };
  return network.nodes.filter((node) => isIn(node.position)).map(({ id }) => id);
}

/** Frames that hold layers of a selection and no others. */
export function framesOf(network: Pick<Network, 'nodes' | 'notes'>, chosen: ReadonlySet<string>): readonly NetworkNote[] {
  return (network.notes ?? []).filter((note) => {
    const inside = note.kind === 'frame' ? layersIn(network, note) : [];
    return inside.length > 0 && inside.every((id) => chosen.has(id));
  });
}
