import fc from 'fast-check';
import { expect, test } from 'vitest';
import { defaults } from '../../lib/fields.ts';
import { bidirectional } from './bidirectional.ts';
import { fromKerasConfig, toKerasConfig } from '../kerasConfig.ts';
import { sequences, size } from '../testing/arbitraries.ts';
import { lowered } from '../testing/lowered.ts';
import { problemOf } from '../testing/problemOf.ts';
import { proveLayer } from '../testing/proveLayer.ts';

const usual = defaults(bidirectional.fields);

proveLayer(bidirectional, {
  examples: fc.record({
    parameters: fc.record({
      layer: fc.record({
        kind: fc.constantFrom('lstm', 'gru', 'simpleRnn'),
        parameters: fc.record({ units: size(2), returnSequences: fc.boolean(), dropout: fc.constantFrom(0, 0.25), useBias: fc.boolean() }),
      }),
      mergeMode: fc.constantFrom('concat', 'none'),
      backwardLayer: fc.constantFrom(
        { kind: 'same', parameters: {} },
        { kind: 'lstm', parameters: { units: 3 } },
        { kind: 'simpleRnn', parameters: { units: 1, activation: 'relu' } },
      ),
    }),
    inputs: fc.tuple(sequences),
  }),
  runs: 15,
});

test('says what is inside, and how both come together', () => {
  expect(bidirectional.describe(usual)).toBe('LSTM · 64 units');
  expect(
    bidirectional.describe({
      layer: { kind: 'gru', parameters: { units: 8, returnSequences: true } },
      mergeMode: 'sum',
      backwardLayer: usual.backwardLayer,
      returnState: false,
      initialState: false,
    }),
  ).toBe('GRU · 8 units · sequence · sum');
});

test('gives each direction by itself where they are not brought together, as Keras’ null says', () => {
  expect(bidirectional.furtherOutputs?.({ ...usual, mergeMode: 'none', returnState: true })?.slice(0, 2)).toEqual(['read backwards', 'forward hidden state']);
  const config = toKerasConfig(bidirectional, { ...usual, mergeMode: 'none' });
  expect(config['merge_mode']).toBeNull();
  expect(fromKerasConfig(bidirectional, config)).toMatchObject({ parameters: { mergeMode: 'none' }, unsupported: [] });
});

test('has weights for each direction', () => {
  const { weights } = lowered(bidirectional, { ...usual }, [[1, 3, 4]], { training: false });
  expect(weights.map(({ name }) => name)).toEqual([
    'forward_layer/kernel',
    'forward_layer/recurrent_kernel',
    'forward_layer/bias',
    'backward_layer/kernel',
    'backward_layer/recurrent_kernel',
    'backward_layer/bias',
  ]);
});

test('refuses what is not a sequence, and settings that reading both ways decides', () => {
  expect(problemOf(bidirectional, {}, [[1, 8]]).code).toBe('rank');
  expect(bidirectional.fields.layer.schema.safeParse({ kind: 'lstm', parameters: { goBackwards: true } }).success).toBe(false);
  expect(bidirectional.fields.layer.schema.safeParse({ kind: 'dense', parameters: {} }).success).toBe(false);
});

test.each(['sum', 'ave', 'mul'] as const)('brings both ways together by their %s, which asks for as many units', (mergeMode) => {
  expect(lowered(bidirectional, { ...usual, mergeMode }, [[1, 3, 4]], { training: true }).outputShape).toEqual([1, 64]);
  const problem = problemOf(bidirectional, { mergeMode, backwardLayer: { kind: 'gru', parameters: { units: 3 } } }, [[1, 3, 4]]);
  expect(problem.what).toBe('One way gives 64 features and the other 3: they can only stand side by side.');
  expect(bidirectional.describe({ ...usual, backwardLayer: { kind: 'gru', parameters: {} } })).toBe('LSTM · 64 units · GRU backwards');
});

test('a file whose second layer is another one than the first', () => {
  const config = toKerasConfig(bidirectional, { ...usual }) as { backward_layer: { config: object } };
  const other = { ...config, backward_layer: { ...config.backward_layer, config: { ...config.backward_layer.config, units: 3 } } };
  const read = fromKerasConfig(bidirectional, other);
  expect(read.unsupported).toEqual([]);
  expect(read.parameters['backwardLayer']).toMatchObject({ kind: 'lstm', parameters: { units: 3 } });
  // Keras asks that both give every step, or neither.
  const unlike = { ...config, backward_layer: { ...config.backward_layer, config: { ...config.backward_layer.config, return_sequences: true } } };
  expect(fromKerasConfig(bidirectional, unlike).unsupported).toEqual(['layer', 'backward_layer', 'merge_mode']);
  const one = { ...config, backward_layer: null };
  expect(fromKerasConfig(bidirectional, one).unsupported).toEqual([]);
});

test('gives the states of both ways, and starts with as many', () => {
  const states = ['forward hidden state', 'forward memory cell', 'backward hidden state', 'backward memory cell'];
  expect([bidirectional.furtherOutputs?.({}), bidirectional.furtherOutputs?.({ returnState: true })]).toEqual([[], states]);
  const gru = { layer: { kind: 'gru', parameters: {} }, initialState: true };
  const ports = bidirectional.inputsWith?.(gru);
  expect(Array.isArray(ports) && ports.map(({ label }: { label: string }) => label)).toEqual(['Sequence', 'Initial forward state', 'Initial backward state']);
  expect(
    problemOf(bidirectional, gru, [
      [1, 3, 4],
      [1, 2],
      [1, 64],
    ]).what,
  ).toBe('It starts with states of 64 numbers, but gets 2.');
});
