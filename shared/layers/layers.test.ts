// All layers at once: against what real Keras 3 computed (fixtures/make.py, make_more.py, make_sequences.py), and that each has its own proof.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, describe, test } from 'vitest';
import { schemaOf } from '../lib/fields.ts';
import { closeTo } from '../lib/testing/closeTo.ts';
import { interpret, numericArray } from '../tensor/interpret.ts';
import type { NumericArray } from '../tensor/operation.ts';
import type { Program, Shape } from '../tensor/types.ts';
import fixtures from './fixtures/layers.json' with { type: 'json' };
import heldWeights from './fixtures/held.json' with { type: 'json' };
import more from './fixtures/more.json' with { type: 'json' };
import pictures from './fixtures/pictures.json' with { type: 'json' };
import sequences from './fixtures/sequences.json' with { type: 'json' };
import volumes from './fixtures/volumes.json' with { type: 'json' };
import { families, layerIds, layerOf, layers } from './index.ts';
import { fromKerasConfig, toKerasConfig } from './kerasConfig.ts';
import type { AnyLayer } from './layer.ts';
import { snakeCase } from './snakeCase.ts';
import { lowered } from './testing/lowered.ts';

interface Numbers {
  readonly shape: readonly number[];
  readonly data: readonly number[];
}
interface Case {
  readonly id: string;
  readonly parameters: Record<string, unknown>;
  readonly training: boolean;
  readonly inputs: readonly Numbers[];
  /** Which steps of each input count, and of the result; left out: all. */
  readonly masks?: readonly (Numbers | null)[];
  readonly mask?: Numbers | null;
  readonly weights: readonly (Numbers & { readonly name: string; readonly trainable: boolean; readonly after: readonly number[] })[];
  /** The numbers drawn in the call, in their order. */
  readonly random?: readonly Numbers[];
  readonly output: Numbers;
  readonly probe: Numbers;
  /** Null where TensorFlow's are no derivatives. */
  readonly gradients: readonly Numbers[] | null;
  readonly config: Record<string, unknown>;
}
const cases = [...fixtures.cases, ...more.cases, ...heldWeights.cases, ...sequences.cases, ...volumes.cases, ...pictures.cases] as unknown as readonly Case[];
const array = ({ shape, data }: Numbers): NumericArray => numericArray(shape, [...data]);

function known(id: string): AnyLayer {
  const layer = layerOf(id);
  if (!layer) throw new Error(`no layer ${id}`);
  return layer;
}

describe.each(cases.map((one) => [`${one.id} ${JSON.stringify(one.parameters)}${one.training ? ', training' : ''}`, one] as const))(
  'as Keras has it: %s',
  (_title, one) => {
    const layer = known(one.id);
    const parameters = schemaOf(layer.fields).parse(one.parameters);
    const { program, weights, differentiated } = lowered(
      layer,
      parameters,
      one.inputs.map(({ shape }) => shape),
      { training: one.training, dtype: one.id === 'embedding' ? 'int32' : 'float32', masks: one.masks?.map((mask) => mask !== null) },
    );
    const numbers = Object.fromEntries([
      ...one.inputs.map((input, i) => [`input${i}`, array(input)]),
      ...(one.masks ?? []).flatMap((mask, i) => (mask ? [[`mask${i}`, array(mask)]] : [])),
      ...one.weights.map((weight) => [weight.name, array(weight)]),
      ...(one.random ?? []).map(({ data }, i) => [`random${i}`, array({ shape: randomShape(program, i), data })]),
      ['probe', array(one.probe)],
    ]);
    const { outputs, updates } = interpret(program, numbers);

    test('weights: names, shapes, order, what is trained', () => {
      expect(weights.map(({ name, shape, options }) => ({ name, shape, trainable: options.trainable !== false }))).toEqual(
        one.weights.map(({ name, shape, trainable }) => ({ name, shape, trainable })),
      );
    });
    test('output', () => {
      expect(outputs['y']?.shape).toEqual(one.output.shape);
      closeTo(outputs['y']?.data ?? [], one.output.data, 1e-5);
    });
    test('mask', () => {
      expect(outputs['mask'] && [...outputs['mask'].data]).toEqual(one.mask?.data);
    });
    const { gradients } = one;
    if (gradients)
      test('derivatives', () => {
        expect(differentiated.length).toBe(gradients.length);
        for (const [i, name] of differentiated.entries()) closeTo(outputs[`d/${name}`]?.data ?? [], gradients[i]?.data ?? [], 1e-4);
      });
    test('weights after the call', () => {
      for (const { name, data, after } of one.weights) closeTo(updates[name]?.data ?? data, after, 1e-5);
    });
    if (layer.keras !== null)
      test('configuration', () => {
        const config = toKerasConfig(layer, parameters);
        expect(one.config).toMatchObject(config);
        const left = Object.keys(one.config).filter((key) => !(key in config) && !['name', 'trainable', 'dtype'].includes(key));
        expect(left.filter((key) => one.config[key] !== null)).toEqual([]);
        const called = layer.keras?.call?.parameters.map((name) => [snakeCase(name), parameters[name]]) ?? [];
        expect(fromKerasConfig(layer, { ...one.config, ...Object.fromEntries(called) })).toEqual({
          parameters: { ...parameters, ...writtenOut(parameters, config) },
          unsupported: [],
        });
      });
  },
);

/** Keras draws the same numbers in other shapes. */
const randomShape = ({ inputs }: Program, i: number): Shape => inputs.find(({ name }) => name === `random${i}`)?.tensor.shape ?? [];

/** Pooling strides that followed the window stand written out in Keras' files, a single one as a list. */
const writtenOut = (parameters: object, { strides }: Readonly<Record<string, unknown>>) =>
  'strides' in parameters && parameters.strides === null ? { strides: Array.isArray(strides) && strides.length === 1 ? strides[0] : strides } : {};

/** Where each layer's own test is, by its name: in the layer's room, beside the layer. */
const tests = new Map(
  readdirSync(import.meta.dirname, { recursive: true, withFileTypes: true })
    .filter(({ name }) => name.endsWith('.test.ts'))
    .map(({ name, parentPath }) => [name.slice(0, -'.test.ts'.length), join(parentPath, name)]),
);
const testOf = (id: string): string => readFileSync(tests.get(id) ?? '', 'utf8');

test('every layer stands under its own id, in a file of that name, with a test beside it that proves it', () => {
  for (const id of layerIds) {
    expect(layers[id].id).toBe(id);
    expect([...tests.keys()], `${layers[id].title} needs a test file`).toContain(id);
    expect(readFileSync(tests.get(id)?.replace('.test.ts', '.ts') ?? '', 'utf8')).toContain(`export const ${id} = `);
    expect(testOf(id), `${id}.test.ts must call proveLayer(${id}, …)`).toContain(`proveLayer(${id}, {`);
  }
});

/** Whether the layer's own test holds it against tfjs-layers. */
const hasOracle = (id: string): boolean => testOf(id).includes('oracle');

test('every layer that Keras has was compared with real Keras, or at least with tfjs-layers', () => {
  // The Input computes nothing.
  expect(layerIds.filter((id) => id !== 'input' && known(id).keras !== null && !cases.some((one) => one.id === id) && !hasOracle(id))).toEqual([]);
});

test('every layer belongs to exactly one family, and class names are unique', () => {
  expect(families.flatMap((family) => family.layers).toSorted()).toEqual([...layerIds].toSorted());
  expect(families.every((family) => family.layers.length > 0)).toBe(true);
  const names = layerIds.flatMap((id) => known(id).keras?.className ?? []);
  expect(new Set(names).size).toBe(names.length);
});

test('an unknown id has no layer, not even one of Object’s own names', () => {
  expect([layerOf('lambda'), layerOf('constructor'), layerOf('__proto__')]).toEqual([undefined, undefined, undefined]);
});

test('what cannot be carried from Keras is named', () => {
  const config = {
    units: 3,
    activation: 'somebodys_own',
    kernel_regularizer: { class_name: 'SomebodysOwn' },
    kernel_initializer: { class_name: 'SomebodysOwn', config: { stddev: 0.2 } },
    bias_initializer: 'zeros',
    dropout: 0,
  };
  const { parameters, unsupported } = fromKerasConfig(layers.dense, config);
  expect(unsupported.toSorted()).toEqual(['activation', 'dropout', 'kernel_initializer', 'kernel_regularizer']);
  expect(parameters).toMatchObject({ units: 3, activation: 'linear', kernelInitializer: 'glorotUniform', biasInitializer: 'zeros' });
  expect(fromKerasConfig(layers.conv2d, { kernel_size: 5 }).parameters).toMatchObject({ kernelSize: [5, 5] });
  expect(snakeCase('recurrentActivation')).toBe('recurrent_activation');
});
