import { layers as tf } from '@tensorflow/tfjs-layers';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { defaults } from '../../lib/fields.ts';
import { dense } from './dense.ts';
import { shapeOf, size, tfActivation, tfNameOf } from '../testing/arbitraries.ts';
import { proveLayer } from '../testing/proveLayer.ts';
import { problemOf } from '../testing/problemOf.ts';

proveLayer(dense, {
  examples: fc.record({ parameters: fc.record({ units: size(5), activation: tfActivation, useBias: fc.boolean() }), inputs: fc.tuple(shapeOf(1, 3)) }),
  oracle({ units, activation: id, useBias }) {
    const activation = tfNameOf(id);
    return activation ? tf.dense({ units, activation, useBias }) : null;
  },
});

test('says its units and activation on the node', () => {
  expect(dense.describe({ ...defaults(dense.fields), units: 10, activation: 'softmax' })).toBe('10 units · softmax');
  expect(dense.describe({ ...defaults(dense.fields), units: 1 })).toBe('1 unit · linear');
});

test('refuses a sample that is a single number', () => {
  expect(problemOf(dense, {}, [[4]])).toMatchObject({ code: 'rank', what: 'It needs at least one feature per sample, but gets a single number.' });
});
