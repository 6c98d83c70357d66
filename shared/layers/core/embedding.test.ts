import { layers as tf } from '@tensorflow/tfjs-layers';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { defaults } from '../../lib/fields.ts';
import { interpret, numericArray } from '../../tensor/interpret.ts';
import { embedding } from './embedding.ts';
import { size } from '../testing/arbitraries.ts';
import { lowered } from '../testing/lowered.ts';
import { proveLayer } from '../testing/proveLayer.ts';

proveLayer(embedding, {
  examples: fc.record({ parameters: fc.record({ inputDim: size(6), outputDim: size(4) }), inputs: fc.tuple(fc.tuple(size(3), size(4))) }),
  oracle: ({ inputDim, outputDim }) => tf.embedding({ inputDim, outputDim }),
  whole: ({ inputDim }) => inputDim,
});

test.each(['float32', 'int32'] as const)('takes %s data', (dtype) => {
  const { program, differentiated } = lowered(embedding, { ...defaults(embedding.fields), inputDim: 3, outputDim: 2 }, [[1, 2]], { training: true, dtype });
  const embeddings = numericArray([3, 2], [0, 1, 10, 11, 20, 21]);
  const { outputs } = interpret(program, { input0: numericArray([1, 2], [2, 0]), embeddings, probe: 1 });
  expect([...(outputs['y']?.data ?? [])]).toEqual([20, 21, 0, 1]);
  expect(differentiated).toEqual(['embeddings']);
});

test('says vocabulary and vector size on the node', () =>
  expect(embedding.describe({ ...defaults(embedding.fields), inputDim: 500, outputDim: 16 })).toBe('500 → 16'));
