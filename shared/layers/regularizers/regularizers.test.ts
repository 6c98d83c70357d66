import { expect, test } from 'vitest';
import { createBuilder } from '../../tensor/builder.ts';
import { interpret, numericArray } from '../../tensor/interpret.ts';
import { penalty, regularizerOfKeras, regularizerToKeras } from './index.ts';

test('adds sizes and squares, and nothing where both are off', () => {
  const builder = createBuilder();
  const x = builder.input('x', [2, 2], 'float32', { kind: 'state' });
  const tensor = penalty(builder, x, { l1: 0.5, l2: 2 });
  if (!tensor) throw new Error('a penalty is expected');
  expect(interpret(builder.build([{ name: 'loss', tensor }]), { x: numericArray([2, 2], [1, -2, 0, 3]) }).outputs['loss']?.data[0]).toBe(0.5 * 6 + 2 * 14);
  expect(penalty(builder, x, { l1: 0, l2: 0 })).toBeNull();
});

test.each([
  [{ l1: 0.1, l2: 0.2 }, 'L1L2', { l1: 0.1, l2: 0.2 }],
  [{ l1: 0.1, l2: 0 }, 'L1', { l1: 0.1 }],
  [{ l1: 0, l2: 0.2 }, 'L2', { l2: 0.2 }],
])('%j stands in Keras’ files as %s', (strengths, className, config) => {
  const written = regularizerToKeras(strengths);
  expect(written).toEqual({ module: 'keras.regularizers', class_name: className, config, registered_name: null });
  expect(regularizerOfKeras(written)).toEqual(strengths);
});

test('reads names and what is left out as Keras does, and no other regularizer', () => {
  expect(regularizerToKeras({ l1: 0, l2: 0 })).toBeNull();
  expect([null, 'l2', 'l1_l2', { class_name: 'L2', config: {} }, { class_name: 'L1L2', config: { l2: 0.3 } }].map(regularizerOfKeras)).toEqual([
    { l1: 0, l2: 0 },
    { l1: 0, l2: 0.01 },
    { l1: 0.01, l2: 0.01 },
    { l1: 0, l2: 0.01 },
    { l1: 0, l2: 0.3 },
  ]);
  expect([{ class_name: 'OrthogonalRegularizer', config: {} }, 'mine', 3].map(regularizerOfKeras)).toEqual([null, null, null]);
});
