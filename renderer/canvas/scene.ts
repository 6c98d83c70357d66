// What is drawn where when blocks are opened in place: each level of the canvas with its own stretch, and the way from what React Flow calls a
// layer or connection to the level it belongs to. Pure.

import { nodeSize } from '../../shared/network/layout.ts';
import type { Network } from '../../shared/network/network.ts';
import type { OpenLevel, Point } from '../state/index.ts';
import { type Opened, type Size, stretchFor } from './stretch.ts';

export interface Box extends Point, Size {}

/** One network on the canvas: the one it is of, or a block that is opened in place. */
export interface Level {
  readonly open: OpenLevel;
  /** The room it takes, title and all; null for the whole canvas. */
  readonly frame: Box | null;
  /** How React Flow calls something of it. */
  readonly idOf: (id: string) => string;
  /** Where the upper left corner of a card is drawn, and which place of the document is meant by one. */
  readonly drawn: (place: Point) => Point;
  readonly document: (place: Point) => Point;
  /** The frames of blocks opened in it, by their place. */
  readonly frames: ReadonlyMap<string, Box>;
  /** The place of the document of an opened block whose frame's corner is drawn there. */
  readonly standing: (id: string, corner: Point) => Point;
}

export interface Scene {
  /** The canvas first, then what is opened in it, from the outside in. */
  readonly levels: readonly Level[];
  /** What React Flow calls so: its level, and its id in the document. */
  readonly find: (flowId: string) => { readonly level: Level; readonly id: string };
  /** The innermost level that is drawn at a place. */
  readonly at: (place: Point) => Level;
  /** The level of the blocks on a way; the canvas where they are not opened in place. */
  readonly of: (key: string) => Level;
}

/** Room between a frame and what is in it; above, also for its title and for what leads in. */
const inset = { side: 20, top: 64, bottom: 36 } as const;
const least = { width: nodeSize.width + 2 * inset.side, height: inset.top + nodeSize.height + inset.bottom } as const;
/** Growth is a multiple of this, so that what moves aside stays on the grid. */
const step = 40;
const between = '\u203a';

const grown = (value: number, from: number): number => from + Math.ceil((value - from) / step) * step;

/** Sizes come from the inside out: a block is as large as what is in it. */
interface Measured {
  readonly open: OpenLevel;
  readonly opened: ReadonlyMap<string, Opened & { readonly measured: Measured }>;
  /** Around everything in it, in its own drawing. */
  readonly around: Box;
  readonly size: Size;
}

const isSideways = ({ direction }: Network): boolean => direction === 'right';

function bounds(boxes: readonly Box[]): Box {
  if (boxes.length === 0) return { x: 0, y: 0, width: nodeSize.width, height: nodeSize.height };
  const [left, top] = [Math.min(...boxes.map(({ x }) => x)), Math.min(...boxes.map(({ y }) => y))];
  const right = Math.max(...boxes.map(({ x, width }) => x + width));
  const bottom = Math.max(...boxes.map(({ y, height }) => y + height));
  return { x: left, y: top, width: right - left, height: bottom - top };
}

function measured(open: OpenLevel): Measured {
  const { network, inside } = open;
  const opened = new Map(
    network.nodes.flatMap((node) => {
      const level = inside.get(node.id);
      const within = level && measured(level);
      return within ? [[node.id, { position: node.position, size: within.size, measured: within }] as const] : [];
    }),
  );
  const stretch = stretchFor([...opened.values()], isSideways(network));
  const cards = network.nodes.map((node): Box => {
    const block = opened.get(node.id);
    return block ? { ...stretch.corner(block), ...block.size } : { ...stretch.drawn(node.position), ...nodeSize };
  });
  const around = bounds([...cards, ...(network.notes ?? []).map(({ position, size }): Box => ({ ...stretch.drawn(position), ...size }))]);
  const size = {
    width: grown(Math.max(least.width, around.width + 2 * inset.side), nodeSize.width),
    height: grown(Math.max(least.height, around.height + inset.top + inset.bottom), nodeSize.height),
  };
  return { open, opened, around, size };
}

const plus = (a: Point, b: Point): Point => ({ x: a.x + b.x, y: a.y + b.y });
const minus = (a: Point, b: Point): Point => ({ x: a.x - b.x, y: a.y - b.y });

/** @param frame where it is drawn; null: it is the canvas itself */
function placed({ open, opened, around, size }: Measured, frame: Box | null): readonly Level[] {
  const stretch = stretchFor([...opened.values()], isSideways(open.network));
  const aside = Math.round((size.width - around.width) / 2);
  // What its growth in steps leaves over stands half above, half below.
  const spare = Math.round((size.height - around.height - inset.top - inset.bottom) / 2);
  const origin: Point = frame ? { x: frame.x + aside - around.x, y: frame.y + inset.top + spare - around.y } : { x: 0, y: 0 };
  const frames = new Map([...opened].map(([id, block]): readonly [string, Box] => [id, { ...plus(stretch.corner(block), origin), ...block.size }]));
  const level: Level = {
    open,
    frame,
    idOf: frame ? (id) => `${open.key}${between}${id}` : (id) => id,
    drawn: (place) => plus(stretch.drawn(place), origin),
    document: (place) => stretch.document(minus(place, origin)),
    frames,
    standing: (id, corner) => stretch.cornerless(minus(corner, origin), opened.get(id)?.size ?? nodeSize),
  };
  const inner = [...opened].flatMap(([id, block]) => placed(block.measured, frames.get(id) ?? null));
  return [level, ...inner];
}

const holds = ({ x, y, width, height }: Box, at: Point): boolean => at.x >= x && at.x < x + width && at.y >= y && at.y < y + height;

const still = (place: Point): Point => place;
/** A canvas on which nothing is opened: everything is drawn where it stands. */
const plain = (open: OpenLevel): Level => ({
  open,
  frame: null,
  idOf: (id) => id,
  drawn: still,
  document: still,
  frames: new Map(),
  standing: (_, corner) => corner,
});

/** Where everything of the canvas is drawn. */
export function sceneOf(canvas: OpenLevel): Scene {
  const levels = canvas.inside.size === 0 ? [plain(canvas)] : placed(measured(canvas), null);
  const base = levels[0] as Level;
  const byKey = new Map(levels.map((level) => [level.open.key, level]));
  return {
    levels,
    find: (flowId) => {
      const cut = flowId.lastIndexOf(between);
      const level = cut < 0 ? undefined : byKey.get(flowId.slice(0, cut));
      return level ? { level, id: flowId.slice(cut + 1) } : { level: base, id: flowId };
    },
    at: (place) => levels.findLast(({ frame }) => frame === null || holds(frame, place)) ?? base,
    of: (key) => byKey.get(key) ?? base,
  };
}

/** Where the middle of a card stands in the document when it is drawn there; in whole cards, so that it does not slip into another row. */
export function cardAt({ document }: Level, { x, y }: Point): Point {
  const corner = document({ x: x - nodeSize.width / 2, y: y - nodeSize.height / 2 });
  return { x: corner.x + nodeSize.width / 2, y: corner.y + nodeSize.height / 2 };
}

/** The box that a layer is drawn in: its card, or its frame where it is a block that is opened. */
export function boxIn(level: Level, id: string): Box | null {
  const at = level.open.network.nodes.find((node) => node.id === id)?.position;
  return level.frames.get(id) ?? (at ? { ...level.drawn(at), ...nodeSize } : null);
}
