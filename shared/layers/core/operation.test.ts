// Operation: every one of them as every layer, against what it says, and at its borders.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { closeTo } from '../../lib/testing/closeTo.ts';
import { interpret, numericArray } from '../../tensor/interpret.ts';
import { operationIds, operations } from '../operations/index.ts';
import { sequences } from '../testing/arbitraries.ts';
import { lowered } from '../testing/lowered.ts';
import { problemOf } from '../testing/problemOf.ts';
import { proveLayer } from '../testing/proveLayer.ts';
import { operation } from './operation.ts';

const chosen = (kind: string, parameters: Record<string, unknown> = {}) => ({ operation: { kind, parameters } });
const along = (kind: string) => fc.constantFrom(1, 2, -1).map((axis) => chosen(kind, { axis }));
const kept = (kind: string) => fc.record({ axis: fc.constantFrom(1, 2), keepdims: fc.boolean() }).map((p) => chosen(kind, p));

proveLayer(operation, {
  examples: fc.oneof(
    fc.record({
      parameters: fc.oneof(
        ...['cumsum', 'cumprod', 'sort', 'argsort'].map(along),
        ...['prod', 'argmax', 'argmin'].map(kept),
        fc.constantFrom(
          chosen('tril'),
          chosen('triu', { k: 1 }),
          chosen('topK', { k: 1 }),
          chosen('take', { indices: '0, -1, 0', axis: 1 }),
          chosen('stopGradient'),
        ),
        fc.constant(chosen('constant', { shape: [2, 1], values: '0.5, -1' })),
      ),
      inputs: fc.tuple(sequences),
    }),
    fc.record({
      parameters: fc.constantFrom(
        chosen('extractPatches', { size: [2, 2] }),
        chosen('extractPatches', { size: [2, 1], strides: [1, 2] }),
        chosen('extractPatches', { size: [2, 3], strides: [1, 1], padding: 'same' }),
      ),
      inputs: fc.constantFrom([[2, 4, 5, 2]], [[1, 3, 3, 1]]),
    }),
  ),
});

/** The results for one sample. */
function given(kind: string, parameters: Record<string, unknown>, shape: readonly number[], x: readonly number[]): number[] {
  const { program } = lowered(operation, chosen(kind, parameters), [[1, ...shape]], { training: false });
  return [...(interpret(program, { input0: numericArray([1, ...shape], x), probe: 1 }).outputs['y']?.data ?? [])];
}

test('running sums and products, differences, the product of all', () => {
  closeTo(given('cumsum', {}, [4], [1, 2, 3, 4]), [1, 3, 6, 10], 1e-12);
  closeTo(given('cumprod', {}, [5], [1, 2, -3, 4, 0.5]), [1, 2, -6, -24, -12], 1e-12);
  closeTo(given('prod', {}, [5], [1, 2, -3, 4, 0.5]), [-12], 1e-12);
  closeTo(given('diff', { n: 2 }, [4], [1, 4, 9, 16]), [2, 2], 1e-12);
});

test('running sums of a million places need no matrix', () => {
  const { program } = lowered(operation, chosen('cumsum'), [[1, 1_000_000]], { training: false });
  expect(Math.max(...program.instructions.flatMap(({ outputs }) => outputs.map(({ shape }) => shape.reduce((a, b) => a * b, 1))))).toBe(1_000_000);
});

test('what is in order, and where it stood; of equals the first comes first', () => {
  closeTo(given('sort', {}, [4], [3, 1, 3, 2]), [1, 2, 3, 3], 1e-12);
  closeTo(given('argsort', {}, [4], [3, 1, 3, 2]), [1, 3, 0, 2], 1e-12);
  closeTo(given('topK', { k: 3 }, [4], [3, 1, 3, 2]), [3, 3, 2], 1e-12);
  closeTo(given('argmin', {}, [4], [3, 1, 1, 2]), [1], 1e-12);
  expect(operation.furtherOutputs?.(chosen('topK'))).toEqual(['indices']);
});

test('rows of one 1, triangles, picked places, patches, matrices', () => {
  closeTo(given('oneHot', { numClasses: 3 }, [2], [2, 5]), [0, 0, 1, 0, 0, 0], 1e-12);
  closeTo(given('tril', { k: -1 }, [2, 2], [1, 2, 3, 4]), [0, 0, 3, 0], 1e-12);
  closeTo(given('take', { indices: '1, -1, 0' }, [3], [7, 8, 9]), [8, 9, 7], 1e-12);
  closeTo(given('extractPatches', { size: [1, 2] }, [2, 2, 1], [1, 2, 3, 4]), [1, 2, 3, 4], 1e-12);
  closeTo(given('matmul', { shape: [2, 1], values: '2, -1' }, [2], [3, 4]), [2], 1e-12);
});

describe('what does not fit is told', () => {
  test.each([
    ['cumsum', { axis: 0 }, [3], 'The axis 0 is the batch: samples do not know of each other.'],
    ['sort', { axis: 2 }, [3], 'There is no axis 2 in 3, the batch counted.'],
    ['topK', { k: 4 }, [3], 'The 4 largest are asked for, but there are 3 values.'],
    ['take', { indices: '3' }, [3], 'Place 3 is asked for, but there are 3, counted from 0.'],
    ['diff', { n: 3 }, [3], '3 differences need more than 3 places, but there are 3.'],
    ['matmul', { shape: [2, 1], values: '1, 1' }, [3], 'The matrix needs 3 rows, as many as features come in, but it has 2.'],
    ['constant', { shape: [2], values: '1' }, [3], '2 values are needed, but there are 1.'],
    ['tril', {}, [3], 'It needs rows and columns, but gets 3.'],
    ['extractPatches', {}, [3], 'It needs images (rows × columns × channels), but gets 3.'],
    ['extractPatches', {}, [2, 2, 1], 'A patch of 4 × 4 is larger than the image, 2 × 2.'],
    ['sort', {}, [2049], 'Up to 2048 places are brought in order, but there are 2049.'],
  ])('%s %o of %o', (kind, parameters, shape, what) => {
    expect(problemOf(operation, chosen(kind, parameters), [[1, ...shape]]).what).toBe(what);
  });
});

test('each has its words', () => {
  for (const id of operationIds) {
    expect(operations[id].id).toBe(id);
    expect(operations[id].help.length).toBeGreaterThan(20);
  }
});
