// The lines in the frame of an opened block: from its ports to the Inputs in it, and from its ends to where its results leave. Pure.

import { nodeSize } from '../../shared/network/layout.ts';
import { blockInputs, blockOutputs } from '../../shared/network/blocks.ts';
import { incomingEdges } from '../../shared/network/rules.ts';
import type { Point } from '../state/index.ts';
import { corners, roundedPath } from './route.ts';
import { type Box, boxIn, type Level, type Scene } from './scene.ts';

/** How high a frame's title is. */
const titleHeight = 36;

const along = (count: number, length: number): readonly number[] => Array.from({ length: count }, (_, index) => ((index + 1) * length) / (count + 1));

/** Inputs of one block as its ports stand: the first on the axis, the others beside it. */
function entries(count: number, { width }: Box): readonly number[] {
  if (count > 3)
    return Array.from({ length: count }, (_, index) => (width - nodeSize.width) / 2 + 24 + index * Math.floor((nodeSize.width - 48) / (count - 1)));
  return [width / 2, width / 2 + 84, width / 2 - 84].slice(0, count);
}

/** The middle of a card's edge: where data comes in, or leaves. */
function end(box: Box, sideways: boolean, isEntry: boolean): Point {
  if (sideways) return { x: box.x + (isEntry ? 0 : box.width), y: box.y + box.height / 2 };
  return { x: box.x + box.width / 2, y: box.y + (isEntry ? 0 : box.height) };
}

/** Drawn the same way, down, across, down; turned, in one bow. */
function line(from: Point, to: Point, outer: boolean, inner: boolean): string {
  if (outer === inner) return roundedPath(corners(from, to, { turn: 'half', lane: null }, inner));
  const middle = outer ? { x: to.x, y: from.y } : { x: from.x, y: to.y };
  return `M${from.x} ${from.y}Q${middle.x} ${middle.y} ${to.x} ${to.y}`;
}

/** As paths in the frame's own measures. @param level the level the block stands in */
export function leadsOf(scene: Scene, level: Level, node: string): readonly string[] {
  const [frame, open] = [level.frames.get(node), level.open.inside.get(node)];
  if (!frame || !open) return [];
  const inside = scene.of(open.key);
  const [outer, inner] = [level.open.network.direction === 'right', open.network.direction === 'right'];
  const own = ({ x, y }: Point): Point => ({ x: x - frame.x, y: y - frame.y });
  const boxes = (nodes: readonly { readonly id: string }[]) => nodes.map(({ id }) => boxIn(inside, id) ?? frame);
  const inputs = boxes(blockInputs(open.network)),
    outputs = boxes(blockOutputs(open.network));
  const taken = new Set(incomingEdges(level.open.network, node).map(({ input }) => input));
  const starts = outer ? along(inputs.length, frame.height) : entries(inputs.length, frame);
  const ends = along(outputs.length, outer ? frame.height : frame.width);
  const into = inputs.flatMap((box, i) => {
    const from = outer ? { x: 0, y: starts[i] ?? 0 } : { x: starts[i] ?? 0, y: titleHeight };
    return taken.has(i) ? [line(from, own(end(box, inner, true)), outer, inner)] : [];
  });
  const out = outputs.map((box, i) => {
    const to = outer ? { x: frame.width, y: ends[i] ?? 0 } : { x: ends[i] ?? 0, y: frame.height };
    return line(own(end(box, inner, false)), to, inner, outer);
  });
  return [...into, ...out];
}
