import fc from 'fast-check';
import { expect, test } from 'vitest';
import { defaults } from '../../lib/fields.ts';
import { interpret, numericArray } from '../../tensor/interpret.ts';
import { images, sequences, size } from '../testing/arbitraries.ts';
import { lowered } from '../testing/lowered.ts';
import { problemOf, shapesAfterRepairs } from '../testing/problemOf.ts';
import { proveLayer } from '../testing/proveLayer.ts';
import { timeDistributed } from './timeDistributed.ts';

const usual = defaults(timeDistributed.fields);
const holding = (kind: string, parameters: Record<string, unknown> = {}) => ({ layer: { kind, parameters } });

proveLayer(timeDistributed, {
  examples: fc.oneof(
    fc.record({
      parameters: fc.record({ units: size(3) }).map((parameters) => holding('dense', parameters)),
      inputs: fc.tuple(sequences),
    }),
    fc.record({
      parameters: fc
        .record({ filters: size(2), kernelSize: fc.tuple(size(2), size(2)), padding: fc.constant('same') })
        .map((parameters) => holding('conv2d', parameters)),
      inputs: images(3).map(([batch, rows, columns, channels]) => [[batch ?? 1, 2, rows ?? 1, columns ?? 1, channels ?? 1]] as const),
    }),
    fc.record({ parameters: fc.constant(holding('batchNormalization')), inputs: fc.tuple(fc.tuple(fc.constant(4), size(3), size(3))) }),
    fc.record({ parameters: fc.constant(holding('dropout', { rate: 0.25 })), inputs: fc.tuple(sequences) }),
  ),
  runs: 15,
});

test('says what is inside', () => expect(timeDistributed.describe({ ...usual, ...holding('dense', { units: 10 }) })).toBe('Dense · 10 units · linear'));

test('all steps at once where the layer gathers nothing', () => {
  const { program, outputShape, weights } = lowered(timeDistributed, { ...usual }, [[2, 5, 3]], { training: true });
  expect(outputShape).toEqual([2, 5, 64]);
  expect(program.instructions.filter(({ operation }) => operation === 'matMul').length).toBeLessThan(4);
  expect(weights.map(({ name }) => name)).toEqual(['layer/kernel', 'layer/bias']);
});

test('what the weights inside cost is added, what their results cost is not: Keras 3.15 computes the layer inside without it', () => {
  const totalWith = (parameters: Record<string, unknown>): number => {
    const { program, weights } = lowered(timeDistributed, { ...usual, ...holding('dense', { units: 1, ...parameters }) }, [[1, 2, 1]], { training: true });
    const feeds = Object.fromEntries(weights.map(({ name, shape }) => [name, numericArray([...shape], 2)]));
    return interpret(program, { ...feeds, input0: numericArray([1, 2, 1], [1, 3]), probe: 1 }).outputs['total']?.data[0] as number;
  };
  expect(totalWith({ activityL2: 1 })).toBe(totalWith({}));
  expect(totalWith({ kernelL2: 1 })).toBe(totalWith({}) + 4);
});

test('refuses a single step, and what does not fit the layer inside, as its own', () => {
  expect(problemOf(timeDistributed, {}, [[1, 8]])).toMatchObject({
    code: 'rank',
    what: 'It needs a sequence of steps, each with at least one feature, but gets 8.',
  });
  const parameters = holding('conv2d', { kernelSize: [5, 5] });
  expect(problemOf(timeDistributed, parameters, [[1, 2, 3, 3, 1]])).toMatchObject({ code: 'window-too-large', parameter: 'layer' });
  expect(shapesAfterRepairs(timeDistributed, parameters, [[1, 2, 3, 3, 1]])[0]).toEqual(['Set padding to “same”', [2, 3, 3, 32]]);
});

test('takes no layer that is about the steps or the batch as a whole', () => {
  for (const kind of ['timeDistributed', 'add', 'input', 'activityRegularization'])
    expect(timeDistributed.fields.layer.schema.safeParse({ kind, parameters: {} }).success, kind).toBe(false);
});
