// The proof every layer passes, called by its own test file: shapes, parameter counts and numbers as tfjs-layers (an independent
// implementation of Keras) has them, derivatives as finite differences have them, and Keras' configuration there and back.

import '@tensorflow/tfjs-backend-cpu';
import * as core from '@tensorflow/tfjs-core';
import type { layers as tfLayers } from '@tensorflow/tfjs-layers';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { defaults, type Field, type Fields, schemaOf, type Values } from '../../lib/fields.ts';
import { closeTo } from '../../lib/testing/closeTo.ts';
import { normalAt, randomKey } from '../../lib/random.ts';
import { interpret } from '../../tensor/interpret.ts';
import { type Shape, sizeOf } from '../../tensor/types.ts';
import { createInitial } from '../initializers/index.ts';
import { fromKerasConfig, toKerasConfig } from '../kerasConfig.ts';
import type { AnyLayer, LayerDefinition } from '../layer.ts';
import { lowered, type Numbers, randomNumbers, slope } from './lowered.ts';

type TfLayer = InstanceType<typeof tfLayers.Layer>;

export interface Example<F extends Fields> {
  readonly parameters: Partial<Values<F>>;
  /** With the batch axis. */
  readonly inputs: readonly Shape[];
}

export interface LayerProof<F extends Fields> {
  /** Valid parameters with input shapes that fit. */
  readonly examples: fc.Arbitrary<Example<F>>;
  /** The same layer of tfjs-layers; null for parameters it does not know. Left out: it has no such layer, and the fixtures of real Keras alone speak for it. */
  readonly oracle?: (parameters: Values<F>) => TfLayer | null;
  /** Data inputs are whole numbers below this one. */
  readonly whole?: (parameters: Values<F>) => number;
  /** Whether the output follows inputs and weights smoothly nearly everywhere; default: yes. */
  readonly differentiable?: (parameters: Values<F>) => boolean;
  readonly runs?: number;
}

const seed = 20240607;

/** Registers the tests of one layer. */
export function proveLayer<F extends Fields>(definition: LayerDefinition<F>, proof: LayerProof<F>): void {
  const layer: AnyLayer = definition;
  const settings = { seed, numRuns: proof.runs ?? 25 };
  const complete = (given: Partial<Values<F>>): Values<F> => schemaOf(definition.fields).parse(given);

  describe(`${definition.title} as every layer`, () => {
    test('has defaults its own check accepts, and words', () => {
      expect(complete({})).toEqual(defaults(definition.fields));
      expect(definition.describe(complete({}))).not.toBe('');
      expect(definition.help.text.length).toBeGreaterThan(40);
    });

    const { oracle } = proof;
    if (oracle)
      test('has the shape, the weights and the numbers of tfjs-layers', () => {
        let compared = 0;
        fc.assert(
          fc.property(proof.examples, fc.nat(), (example, key) => {
            const parameters = complete(example.parameters);
            const same = oracle(parameters);
            if (same) compared += compareWithOracle(layer, parameters, example.inputs, same, { key, whole: proof.whole?.(parameters) });
          }),
          settings,
        );
        expect(compared).toBeGreaterThan(settings.numRuns / 4);
      });

    if (layer.keepsShape)
      test('keeps the shape of its input, as it says', () => {
        fc.assert(
          fc.property(proof.examples, ({ parameters, inputs }) => {
            expect(lowered(layer, complete(parameters), inputs, { training: true }).outputShape).toEqual(inputs[0]);
          }),
          settings,
        );
      });

    test('can draw its first weights', () => {
      fc.assert(
        fc.property(proof.examples, fc.nat(), (example, key) => {
          for (const { shape, options } of lowered(layer, complete(example.parameters), example.inputs, { training: true }).weights) {
            const first = createInitial(options.initializer, shape, key);
            expect(first.length).toBe(sizeOf(shape));
            expect(first.every(Number.isFinite)).toBe(true);
          }
        }),
        settings,
      );
    });

    test.each([false, true])('has the derivatives of finite differences (training: %s)', (training) => {
      fc.assert(
        fc.property(proof.examples, fc.nat(), (example, key) => {
          const parameters = complete(example.parameters);
          if (proof.differentiable?.(parameters) !== false)
            compareDerivatives(layer, parameters, example.inputs, { training, key, whole: proof.whole?.(parameters) });
        }),
        settings,
      );
    });

    if (layer.keras !== null)
      test('comes back from a Keras configuration', () => {
        fc.assert(
          fc.property(anyParameters(definition.fields), (given) => {
            const parameters = complete(given);
            const config = JSON.parse(JSON.stringify(toKerasConfig(layer, parameters)));
            const read = fromKerasConfig(layer, config);
            expect(read.unsupported).toEqual([]);
            expect(toKerasConfig(layer, read.parameters)).toEqual(toKerasConfig(layer, parameters));
            expect(complete(read.parameters as Partial<Values<F>>)).toEqual(read.parameters);
          }),
          settings,
        );
      });
  });
}

/** Compares with tfjs-layers given the same weights. @returns 1, to be counted */
function compareWithOracle(
  layer: AnyLayer,
  parameters: Parameters<AnyLayer['lower']>[2],
  inputs: readonly Shape[],
  oracle: TfLayer,
  o: { key: number; whole: number | undefined },
): number {
  const { outputShape, weights, program } = lowered(layer, parameters, inputs, { training: false });
  const numbers = randomNumbers(program, o.key, o.whole);
  core.engine().startScope();
  try {
    const given = inputs.map((shape, i) => core.tensor(Float32Array.from(numbers[`input${i}`]?.data ?? []), [...shape]));
    const call = () => oracle.apply(given.length > 1 ? given : (given[0] as core.Tensor)) as core.Tensor;
    // The first call builds it.
    call();
    expect(oracle.countParams()).toBe(weights.reduce((sum, { shape }) => sum + sizeOf(shape), 0));
    oracle.setWeights(weights.map(({ name, shape }) => core.tensor(Float32Array.from(numbers[name]?.data ?? []), [...shape])));
    const result = call();
    expect(outputShape).toEqual(result.shape);
    closeTo(interpret(program, numbers).outputs['y']?.data ?? [], result.dataSync(), 2e-4);
  } finally {
    core.engine().endScope();
  }
  return 1;
}

function compareDerivatives(
  layer: AnyLayer,
  parameters: Parameters<AnyLayer['lower']>[2],
  inputs: readonly Shape[],
  o: { training: boolean; key: number; whole: number | undefined },
): void {
  const { program, differentiated } = lowered(layer, parameters, inputs, { training: o.training, dtype: o.whole === undefined ? 'float32' : 'int32' });
  const numbers: Numbers = randomNumbers(program, o.key, o.whole);
  const { outputs } = interpret(program, numbers);
  for (const name of differentiated) {
    const derivative = outputs[`d/${name}`]?.data ?? new Float64Array();
    const direction = Float64Array.from(derivative, (_, i) => normalAt(randomKey(o.key, 'direction', name), i));
    const along = derivative.reduce((sum, x, i) => sum + x * (direction[i] as number), 0);
    closeTo([along], [slope(program, numbers, name, direction)], 1e-5);
  }
}

/** Any parameters that the fields' own checks accept, fitting or not. */
function anyParameters<F extends Fields>(fields: F): fc.Arbitrary<Partial<Values<F>>> {
  return fc.record(Object.fromEntries(Object.entries(fields).map(([key, field]) => [key, anyValue(field)]))) as fc.Arbitrary<Partial<Values<F>>>;
}

function anyValue(field: Field<unknown>): fc.Arbitrary<unknown> {
  if (field.kind === 'boolean') return fc.boolean();
  if (field.kind === 'nested')
    return fc
      .constantFrom(...field.choices.map(({ value }) => value))
      .chain((kind) => fc.record({ kind: fc.constant(kind), parameters: anyParameters(field.fieldsOf(kind)) }));
  // Lists of numbers have several spellings: their layers' own tests look at them.
  if (field.kind === 'text') return field.schema.safeParse('any text').success ? fc.string() : fc.constant(field.default);
  // What Keras has no name for (the binary step), or no sound shape (GLU), cannot be in its files.
  if (field.kind === 'choice') return fc.constantFrom(...field.choices.map(({ value }) => value).filter((value) => value !== 'binaryStep' && value !== 'glu'));
  if (field.kind === 'shape' && field.length !== undefined) {
    const sizes = fc.array(fc.integer({ min: 1, max: 20 }), { minLength: field.length, maxLength: field.length });
    return field.nullable ? fc.option(sizes) : sizes;
  }
  if (field.kind === 'shape')
    return field.nullable
      ? fc.option(fc.array(fc.integer({ min: 1, max: 99 }), { minLength: 1, maxLength: 4 }))
      : fc.array(fc.integer({ min: 1, max: 99 }), { maxLength: 4 });
  // JSON knows no −0.
  if (field.kind === 'number')
    return fc.double({ min: field.min ?? -1000, max: field.max ?? 1000, minExcluded: field.exclusiveMin ?? false, noNaN: true }).map((x) => x + 0);
  const whole = fc.integer({ min: field.min ?? -1000, max: field.max ?? 1000 });
  if (field.kind === 'pair') return fc.tuple(whole, whole);
  if (field.kind === 'optionalPair') return fc.option(fc.tuple(whole, whole));
  return field.kind === 'optionalInteger' ? fc.option(whole) : whole;
}
