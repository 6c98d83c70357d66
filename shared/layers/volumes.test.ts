// Convolution over a volume against the sum it stands for, where fixtures of real Keras cannot speak: TensorFlow has no groups on a CPU.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { closeTo } from '../lib/testing/closeTo.ts';
import { normalAt } from '../lib/random.ts';
import { createBuilder } from '../tensor/builder.ts';
import { interpret, numericArray } from '../tensor/interpret.ts';
import { type Shape, sizeOf } from '../tensor/types.ts';
import { convolveVolume } from './volumes.ts';

const random = (shape: Shape, key: number) =>
  numericArray(
    shape,
    Array.from({ length: sizeOf(shape) }, (_, i) => normalAt(key, i)),
  );
const size = (max: number) => fc.integer({ min: 1, max });

test('groups of channels do not see each other', () => {
  fc.assert(
    fc.property(size(3), size(2), size(2), size(2), size(2), (groups, own, filters, taps, stride) => {
      const x = [1, 4, 2, 2, groups * own] as const,
        kernel = [taps, 1, 1, own, groups * filters] as const;
      const builder = createBuilder();
      const o = {
        strides: [stride, 1, 1],
        dilations: [1, 1, 1],
        padding: [
          [0, 0],
          [0, 0],
          [0, 0],
        ],
        groups,
      } as const;
      const y = convolveVolume(builder, builder.input('x', x, 'float32', { kind: 'data' }), builder.input('k', kernel, 'float32', { kind: 'data' }), o);
      const given = { x: random(x, 1), k: random(kernel, 2) };
      const result = interpret(builder.build([{ name: 'y', tensor: y }]), given).outputs['y'];
      const [, depth = 0, , , all = 0] = y.shape;
      const expected = Array.from({ length: sizeOf(y.shape) }, (_, i) => {
        const filter = i % all,
          place = Math.floor(i / all) % 4,
          slice = Math.floor(i / (all * 4));
        let sum = 0;
        for (let tap = 0; tap < taps; tap++)
          for (let c = 0; c < own; c++) {
            const channel = Math.floor(filter / filters) * own + c;
            const at = ((slice * stride + tap) * 4 + place) * groups * own + channel;
            sum += (given.x.data[at] as number) * (given.k.data[(tap * own + c) * all + filter] as number);
          }
        return sum;
      });
      expect(depth).toBe(Math.floor((4 - taps) / stride) + 1);
      closeTo(result?.data ?? [], expected, 1e-9);
    }),
    { seed: 3, numRuns: 30 },
  );
});
