// Small random shapes and parameters that several layers' tests draw from.

import fc from 'fast-check';
import type { Shape } from '../../tensor/types.ts';

export const size = (max: number) => fc.integer({ min: 1, max });
export const pairOf = (max: number) => fc.tuple(size(max), size(max));
/** Shapes with a batch axis and `min` to `max` further axes. */
export const shapeOf = (min: number, max: number): fc.Arbitrary<Shape> => fc.array(size(4), { minLength: min + 1, maxLength: max + 1 });
export const images = (max: number): fc.Arbitrary<Shape> => fc.tuple(size(2), size(max), size(max), size(4));
export const tripleOf = (max: number) => fc.tuple(size(max), size(max), size(max));
/** With at least two places along each axis. */
export const volumes: fc.Arbitrary<Shape> = fc.tuple(size(2), ...[2, 3, 3].map((max) => fc.integer({ min: 2, max })), size(2));
export const sequences: fc.Arbitrary<Shape> = fc.tuple(size(3), size(5), size(4));
/** `least` to `most` inputs of one shape, for a layer without parameters. */
export const branches = (least: number, most: number) =>
  fc
    .record({ shape: shapeOf(1, 3), count: fc.integer({ min: least, max: most }) })
    .map(({ shape, count }) => ({ parameters: {}, inputs: Array.from({ length: count }, () => shape) }));
/** Activations that tfjs-layers has too. */
const tfActivations = ['linear', 'relu', 'sigmoid', 'tanh', 'softmax'] as const;
export const tfActivation = fc.constantFrom(...tfActivations);
/** Its name there; undefined for one that tfjs-layers does not have. */
export const tfNameOf = (id: string) => tfActivations.find((one) => one === id);
export const stepActivation = fc.constantFrom('linear', 'relu', 'sigmoid', 'tanh');
/** Query, and perhaps value and key, for an attention layer. `alike`: whether query and key must have equally many features. */
export const attentionInputs = (alike: fc.Arbitrary<boolean>): fc.Arbitrary<readonly Shape[]> =>
  fc
    .record({ batch: size(2), steps: fc.tuple(size(4), size(4)), features: fc.tuple(size(3), size(3), size(3)), count: size(3), alike })
    .map(({ batch, steps: [asked, seen], features: [own, ofValue, ofKey], count, alike: same }) => {
      const value = same && count === 2 ? own : ofValue;
      return [[batch, asked, own] as const, [batch, seen, value] as const, [batch, seen, same ? own : ofKey] as const].slice(0, count);
    });
