// Layers that Keras has and this app has not: each comes in as itself, with its configuration, and with a sentence that names it.

import { describe, expect, test } from 'vitest';
import parameters from '../../../shared/layers/fixtures/parameters.json' with { type: 'json' };
import { layerIds, layerOf } from '../../../shared/layers/index.ts';
import { readLayer } from './layerNode.ts';
import type { KerasObject } from './savedModel.ts';

const ours = new Set(layerIds.map((id) => layerOf(id)?.keras?.className));
const configs = parameters.layers as unknown as Readonly<Record<string, KerasObject>>;
const names = [...Object.keys(configs), ...parameters.unmade].filter((name) => !ours.has(name));

describe('a layer that is not known here', () => {
  test.each(names)('%s', (className) => {
    const config = configs[className] ?? {};
    const read = readLayer(
      { name: 'strange', className, isOwn: true, config, isFormula: false, rank: null, frozen: false, calls: [], group: '', outer: 'strange', identity: null },
      3,
    );
    expect(read).toMatchObject({ kind: `keras:${className}`, parameters: config });
    expect(read.remarks).toEqual([
      `there is no layer ${className} here. It stands in the network with its configuration kept, and must be replaced before training.`,
    ]);
  });
  test('there are some', () => expect(names.length).toBeGreaterThan(30));
});
