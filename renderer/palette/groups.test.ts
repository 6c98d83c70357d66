// Every layer stands in the palette, once.

import { expect, test } from 'vitest';
import { layerIds } from '../../shared/layers/index.ts';
import { groups } from './groups.ts';

test('every layer is in exactly one group', () => {
  const shown = groups.flatMap((group) => group.layers.map((layer) => layer.id));
  expect([...shown].sort()).toEqual([...layerIds].sort());
});
test('the first group begins with what every network begins with', () => {
  expect(groups[0]?.layers.slice(0, 2).map((layer) => layer.title)).toEqual(['Input', 'Dense']);
  expect(groups[0]?.layers.length).toBeLessThanOrEqual(8);
});
