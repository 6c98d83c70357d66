import { expect, test } from 'vitest';
import { dense } from './core/dense.ts';
import { layerIds } from './index.ts';
import type { AnyLayer } from './layer.ts';
import { inOrder } from './order.ts';

const named = (id: string, group: Pick<AnyLayer, 'family' | 'group'>): AnyLayer => ({ ...dense, ...group, id });
const orderOf = (layers: readonly AnyLayer[]): string[] => Object.keys(inOrder(Object.fromEntries(layers.map((layer) => [layer.id, layer]))));

test('a layer of which nothing is said stands behind the first of its group, by its name', () => {
  const activations = { family: 'core', group: 'activations' } as const;
  const given = [named('new10', activations), named('new2', activations), named('add', { family: 'merge' }), named('softmax', activations), dense];
  expect(orderOf(given)).toEqual(['dense', 'softmax', 'new2', 'new10', 'add']);
});

test('what every network begins with comes first', () => expect(layerIds.slice(0, 3)).toEqual(['input', 'dense', 'activation']));
