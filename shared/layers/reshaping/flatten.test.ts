import { layers as tf } from '@tensorflow/tfjs-layers';
import fc from 'fast-check';
import { flatten } from './flatten.ts';
import { shapeOf } from '../testing/arbitraries.ts';
import { proveLayer } from '../testing/proveLayer.ts';

proveLayer(flatten, { examples: fc.record({ parameters: fc.constant({}), inputs: fc.tuple(shapeOf(2, 4)) }), oracle: () => tf.flatten() });
