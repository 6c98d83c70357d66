// Which connections may be made, and where new layers go.

import { describe, expect, test } from 'vitest';
import { layerOf } from '../layers/index.ts';
import type { AnyLayer } from '../layers/layer.ts';
import { appendLayer, connection, fragmentOf, insertLayer, pasteFragment, removeLayers } from './compose.ts';
import { applyEdits } from './edits.ts';
import { layout, nodeSize, rowPitch } from './layout.ts';
import { nextName, snakeCase } from './names.ts';
import type { Network } from './network.ts';
import { canConnect, freeInput } from './rules.ts';

const layer = (kind: string): AnyLayer => layerOf(kind) as AnyLayer;
const node = (id: string, kind: string, y = 0) => ({ id, kind, name: id, parameters: {}, position: { x: 0, y } });
const edge = (source: string, target: string, input = 0) => ({ id: `${source}-${target}`, source, target, input });
const network = (nodes: Network['nodes'], edges: Network['edges'] = []): Network => ({ id: 'n', name: 'N', nodes, edges });

const chain = network([node('in', 'input'), node('a', 'dense', 80), node('b', 'dense', 160), node('sum', 'add', 240)], [edge('in', 'a'), edge('a', 'b')]);

describe('canConnect', () => {
  test('says nothing against what fits', () => {
    expect(canConnect(chain, 'b', 'sum')).toBeNull();
    expect(canConnect(chain, 'a', 'sum', 1)).toBeNull();
  });
  test.each([
    ['b', 'a', 'Makes a circle'],
    ['a', 'a', 'A layer cannot feed itself'],
    ['a', 'in', 'in is where data comes in: it takes no connection'],
    ['in', 'b', 'b takes one connection and has it'],
    ['in', 'a', 'in is already connected to a'],
    ['ghost', 'a', 'This layer is no longer there'],
  ])('%s to %s: %s', (source, target, reason) => {
    expect(canConnect(chain, source, target)).toBe(reason);
  });
  test('an input of a merging layer is taken once', () => {
    const merged = network(chain.nodes, [...chain.edges, edge('b', 'sum', 0)]);
    expect(canConnect(merged, 'a', 'sum', 0)).toBe('This input is taken');
    expect(freeInput(merged, merged.nodes[3] as never)).toBe(1);
    expect(connection(merged, 'a', 'sum')).toMatchObject({ edge: { source: 'a', target: 'sum', input: 1 } });
  });
});

describe('names', () => {
  test.each([
    ['Dense', 'dense'],
    ['MaxPooling2D', 'max_pooling2d'],
    ['GlobalAveragePooling2D', 'global_average_pooling2d'],
    ['LSTM', 'lstm'],
    ['BatchNormalization', 'batch_normalization'],
  ])('%s is %s', (title, name) => {
    expect(snakeCase(title)).toBe(name);
  });
  test('take the first free number', () => {
    expect(
      nextName(
        network([
          { ...node('x', 'dense'), name: 'dense_1' },
          { ...node('y', 'dense'), name: 'dense_3' },
        ]),
        layer('dense'),
      ),
    ).toBe('dense_2');
  });
});

describe('compose', () => {
  test('a layer added below another is connected to it', () => {
    const { edits, nodes } = appendLayer(chain, layer('dense'), 'b');
    const after = applyEdits(chain, edits).network;
    expect(after.edges.at(-1)).toMatchObject({ source: 'b', target: nodes[0], input: 0 });
  });
  test('a layer added to a layer that leads on comes between, and what is below makes room', () => {
    const after = applyEdits(chain, appendLayer(chain, layer('dropout'), 'a').edits).network;
    const added = after.nodes.find(({ kind }) => kind === 'dropout');
    expect(after.edges.map(({ source, target }) => [source, target])).toEqual([
      ['in', 'a'],
      ['a', added?.id],
      [added?.id, 'b'],
    ]);
    expect(added?.position).toEqual({ x: 0, y: 80 + rowPitch });
    expect(after.nodes.find(({ id }) => id === 'b')?.position.y).toBe(160 + rowPitch);
  });
  test('an Input is never connected from above', () => {
    expect(appendLayer(chain, layer('input'), 'b').edits).toHaveLength(1);
    expect(insertLayer(chain, layer('input'), 'in-a').edits).toEqual([]);
  });
  test('what is pasted has new ids and names and its own connections', () => {
    const after = applyEdits(chain, pasteFragment(chain, fragmentOf(chain, ['a', 'b']), { x: 40, y: 40 }).edits).network;
    expect(after.nodes).toHaveLength(6);
    expect(new Set(after.nodes.map(({ name }) => name)).size).toBe(6);
    expect(new Set(after.nodes.map(({ id }) => id)).size).toBe(6);
    expect(after.edges).toHaveLength(3);
  });
  test('taking a layer out of a chain connects its neighbours', () => {
    const after = applyEdits(chain, removeLayers(chain, ['a'])).network;
    expect(after.edges.map(({ source, target }) => [source, target])).toEqual([['in', 'b']]);
  });
});

describe('first places', () => {
  const residual = network(
    [node('in', 'input'), node('a', 'dense'), node('b', 'dense'), node('short', 'dense'), node('sum', 'add'), node('out', 'dense')],
    [edge('in', 'a'), edge('a', 'b'), edge('b', 'sum', 0), edge('in', 'short'), edge('short', 'sum', 1), edge('sum', 'out')],
  );
  test('keeps the trunk straight and puts the branch beside it', () => {
    const places = layout(residual);
    expect(['in', 'a', 'b', 'sum', 'out'].map((id) => places[id]?.x)).toEqual([0, 0, 0, 0, 0]);
    expect(places.short?.x).not.toBe(0);
  });
  test('lets no two layers overlap and every connection run down', () => {
    const places = layout(residual);
    for (const { source, target } of residual.edges) expect(places[target]?.y).toBeGreaterThan(places[source]?.y ?? 0);
    const all = Object.values(places);
    for (const [i, one] of all.entries())
      for (const other of all.slice(i + 1)) expect(Math.abs(one.x - other.x) >= nodeSize.width || Math.abs(one.y - other.y) >= nodeSize.height).toBe(true);
  });
});
