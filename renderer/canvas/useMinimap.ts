// Whether there is room for the overview: it leads through a network that is larger than the view, and never lies on a layer of one that is
// seen whole.

import { type ReactFlowState, useStore } from '@xyflow/react';
import { nodeSize } from '../../shared/network/layout.ts';

/** The corner that it takes up, with some air, in pixels from the lower right. */
const corner = { width: 136 + 12 + 8, height: 92 + 52 + 8 };

interface View {
  readonly width: number;
  readonly height: number;
  readonly transform: readonly [x: number, y: number, zoom: number];
}

/** @param positions the layers' upper left corners */
export function hasRoom(positions: readonly { readonly x: number; readonly y: number }[], { width, height, transform: [x, y, zoom] }: View): boolean {
  let isCovered = false;
  for (const at of positions) {
    const [left, top] = [at.x * zoom + x, at.y * zoom + y];
    const [right, bottom] = [left + nodeSize.width * zoom, top + nodeSize.height * zoom];
    if (left < 0 || top < 0 || right > width || bottom > height) return true;
    isCovered ||= right > width - corner.width && bottom > height - corner.height;
  }
  return !isCovered;
}

const hasRoomNow = ({ nodes, width, height, transform }: ReactFlowState): boolean =>
  hasRoom(
    nodes.filter(({ type }) => type === 'layer').map(({ position }) => position),
    { width, height, transform },
  );

/** Asked at every movement of the view; what is drawn changes only with the answer. */
export const useMinimapRoom = (): boolean => useStore(hasRoomNow);
