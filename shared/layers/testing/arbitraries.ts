// Small random shapes and parameters that several layers' tests draw from.

import fc from 'fast-check';
import type { Shape } from '../../tensor/types.ts';

export const size = (max: number) => fc.integer({ min: 1, max });
export const pairOf = (max: number) => fc.tuple(size(max), size(max));
/** Shapes with a batch axis and `min` to `max` further axes. */
export const shapeOf = (min: number, max: number): fc.Arbitrary<Shape> => fc.array(size(4), { minLength: min + 1, maxLength: max + 1 });
export const images = (max: number): fc.Arbitrary<Shape> => fc.tuple(size(2), size(max), size(max), size(4));
export const sequences: fc.Arbitrary<Shape> = fc.tuple(size(3), size(5), size(4));
/** Activations that tfjs-layers has too. */
export const tfActivation = fc.constantFrom('linear', 'relu', 'sigmoid', 'tanh', 'softmax');
export const stepActivation = fc.constantFrom('linear', 'relu', 'sigmoid', 'tanh');
