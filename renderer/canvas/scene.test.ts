// Where the levels of a canvas are drawn, what is meant by a place or a name in it, what is dragged along and what is chosen.

import { describe, expect, test } from 'vitest';
import { nodeSize } from '../../shared/network/layout.ts';
import type { Network } from '../../shared/network/network.ts';
import { chain } from '../../shared/network/templates/template.ts';
import type { OpenLevel } from '../state/index.ts';
import { carried, movedTo } from './moving.ts';
import { boxIn, cardAt, sceneOf } from './scene.ts';
import { resolved } from './selecting.ts';
import type { CanvasNode } from './useFlow.ts';

const analysis = { nodes: {}, order: [], problems: [], totals: { layers: 0, trainable: 0, nonTrainable: 0, multiplyAdds: 0, activationBytes: 0 } };
const level = (network: Network, way: readonly string[], inside: Readonly<Record<string, OpenLevel>> = {}): OpenLevel => ({
  path: way.map((place) => ({ block: `of ${place}`, place })),
  key: way.join('/'),
  network,
  analysis,
  laid: way.map((place) => `${place}/`).join(''),
  inside: new Map(Object.entries(inside)),
});
const line = (id: string, middle: string) =>
  chain(id, id, [
    ['input', 'in'],
    [middle, 'middle'],
    ['dense', 'end'],
  ]);

// The middle layer of each is a block; the innermost holds layers only.
const innermost = level(line('c', 'dense'), ['a-2', 'b-2']);
const inner = level(line('b', 'block'), ['a-2'], { 'b-2': innermost });
const scene = sceneOf(level(line('a', 'block'), [], { 'a-2': inner }));
const [outer, block, nested] = scene.levels as [(typeof scene.levels)[number], (typeof scene.levels)[number], (typeof scene.levels)[number]];

const nodes: CanvasNode[] = scene.levels.flatMap((one) =>
  one.open.network.nodes.map(({ id }) => {
    const { x, y, width, height } = boxIn(one, id) ?? { x: 0, y: 0, ...nodeSize };
    const frame = one.frames.has(id) ? { width, height, leads: [] } : null;
    return { id: one.idOf(id), type: 'layer', position: { x, y }, width, height, data: { node: id, level: one.open.key, frame } } as unknown as CanvasNode;
  }),
);
const nodeOf = (id: string): CanvasNode => nodes.find((node) => node.id === id) as CanvasNode;

describe('what is drawn where', () => {
  test('a block is drawn around what is in it, in its turn around what is in that', () => {
    for (const [around, within] of [
      [boxIn(outer, 'a-2'), block],
      [boxIn(block, 'b-2'), nested],
    ] as const) {
      for (const { id } of within.open.network.nodes) {
        const box = boxIn(within, id);
        expect(box?.x).toBeGreaterThan(around?.x ?? 0);
        expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThan((around?.y ?? 0) + (around?.height ?? 0));
      }
    }
  });

  test('what follows a block stands below its frame', () => {
    expect(boxIn(outer, 'a-3')?.y).toBeGreaterThan((boxIn(outer, 'a-2')?.y ?? 0) + (boxIn(outer, 'a-2')?.height ?? 0));
  });

  test('what React Flow calls so is found, and the innermost level at a place', () => {
    const id = nested.idOf('c-3');
    expect(scene.find(id)).toEqual({ level: nested, id: 'c-3' });
    expect(scene.find('a-1')).toEqual({ level: outer, id: 'a-1' });
    const { x, y } = boxIn(nested, 'c-3') ?? { x: 0, y: 0 };
    expect(scene.at({ x, y })).toBe(nested);
    expect(scene.at({ x: -2000, y })).toBe(outer);
  });

  test('a card put where one is drawn stands in the document where that stands', () => {
    const { x, y } = boxIn(nested, 'c-3') ?? { x: 0, y: 0 };
    const middle = cardAt(nested, { x: x + nodeSize.width / 2, y: y + nodeSize.height / 2 });
    expect(middle).toEqual({ x: nodeSize.width / 2, y: 160 + nodeSize.height / 2 });
  });
});

describe('what is dragged', () => {
  test('a block takes all that is in it along, and alone changes its place', () => {
    const { position } = nodeOf('a-2');
    const moves = { 'a-2': { x: position.x + 40, y: position.y } };
    const along = carried(nodes, moves);
    expect(Object.keys(along)).toHaveLength(6);
    expect(along[nested.idOf('c-1')]?.x).toBe(nodeOf(nested.idOf('c-1')).position.x + 40);
    expect(movedTo(scene, nodes, { ...moves, ...along }, '')).toEqual({ layers: { 'a-2': { x: 40, y: 80 } }, notes: {} });
  });

  test('a layer in a block moves in its own measures', () => {
    const id = nested.idOf('c-3');
    const { position } = nodeOf(id);
    expect(movedTo(scene, nodes, { [id]: { x: position.x + 20, y: position.y + 40 } }, nested.open.key).layers).toEqual({ 'c-3': { x: 20, y: 200 } });
  });
});

describe('what is chosen', () => {
  test('a box drawn in a block takes what is in it, not the frames around', () => {
    expect(resolved(scene, ['a-2', block.idOf('b-2'), nested.idOf('c-2'), nested.idOf('c-3')], [])).toMatchObject({
      path: nested.open.path,
      nodes: ['c-2', 'c-3'],
    });
  });

  test('one that crosses the edge of a block takes the block', () => {
    expect(resolved(scene, ['a-2', 'a-3', nested.idOf('c-3')], [])).toMatchObject({ path: [], nodes: ['a-3', 'a-2'] });
  });

  test('a frame alone is the block; nothing is the canvas', () => {
    expect(resolved(scene, ['a-2'], [])).toMatchObject({ path: [], nodes: ['a-2'] });
    expect(resolved(scene, [], [nested.idOf('c-e1')])).toMatchObject({ path: nested.open.path, edges: ['c-e1'] });
    expect(resolved(scene, [], [])).toMatchObject({ path: [], nodes: [] });
  });
});
