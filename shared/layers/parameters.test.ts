// Every entry that Keras writes for a layer of ours (fixtures/make_parameters.py) is a parameter here, or refused by its name.

import { describe, expect, test } from 'vitest';
import { defaults, type Fields } from '../lib/fields.ts';
import parameters from './fixtures/parameters.json' with { type: 'json' };
import { layerIds, layerOf } from './index.ts';
import { fromKerasConfig, toKerasConfig } from './kerasConfig.ts';
import type { AnyLayer } from './layer.ts';

const written = parameters.layers as Readonly<Record<string, Readonly<Record<string, unknown>>>>;
/** The writer's, and the input's shape, which an exporter takes from the data. */
const others = ['name', 'dtype', 'trainable', 'batch_shape'];
/** Refused where set: a seed (ours comes from the run), weights of 8 bits, masks of somebody's own, ways that Keras gave up or forgets (SimpleRNN). */
const refused = ['seed', 'quantization_config', 'noise_shape', 'renorm_clipping', 'activity_regularizer'];

const ours = layerIds.flatMap((id) => {
  const layer = layerOf(id) as AnyLayer;
  return layer.keras ? [[layer.keras.className, layer] as const] : [];
});

describe.each(ours)('%s', (name, layer) => {
  const config = written[name] ?? {};
  const own = toKerasConfig(layer, defaults(layer.fields as Fields));
  // Keras writes it only where it is set.
  const isKnown = (entry: string) => entry in own || (entry === 'activity_regularizer' && 'activityL1' in layer.fields);
  const unknown = Object.keys(config).filter((entry) => !isKnown(entry) && !others.includes(entry));

  test('has all its parameters', () => {
    expect(Object.keys(config).length).toBeGreaterThan(2);
    expect(unknown.filter((entry) => !refused.includes(entry))).toEqual([]);
    expect(unknown.includes('activity_regularizer')).toBe(name === 'SimpleRNN');
    expect(fromKerasConfig(layer, config).unsupported).toEqual([]);
  });
  if (unknown.length > 0)
    test('refuses the others by their names', () => {
      const strange = Object.fromEntries(unknown.map((entry) => [entry, { class_name: 'SomebodysOwn' }]));
      expect(fromKerasConfig(layer, { ...config, ...strange }).unsupported.toSorted()).toEqual(Object.keys(strange).toSorted());
    });
});
