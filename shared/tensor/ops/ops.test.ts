// Every operation, proved the same way: random valid inputs, gradient against finite differences, definition against expansion.
// Values against an independent implementation stand in tfjs.test.ts, hand-made expectations in cases.test.ts and recurrent.test.ts.

import { describe, expect, test } from 'vitest';
import { closeTo } from '../../lib/testing/closeTo.ts';
import { createBuilder, operationNamed } from '../builder.ts';
import { gradients } from '../gradient.ts';
import { evaluateExpansion, evaluateOperation, interpret } from '../interpret.ts';
import { isComposite, type NumericArray } from '../operation.ts';
import { operationNames, type Sample, type SampleInput, sampleOf } from '../samples.ts';
import { type Attributes, type Program, sizeOf, type Tensor } from '../types.ts';
import type { OperationName } from './index.ts';

const seeds = Array.from({ length: 12 }, (_, seed) => seed);
const isFloat = (input: SampleInput) => input.dtype === 'float32';
const named = (inputs: readonly NumericArray[]) => Object.fromEntries(inputs.map((input, i) => [`${i}`, input]));

/** The outputs, weighted by fixed uneven numbers and added up, and the derivatives of that by every float input. */
function differentiated(name: OperationName, { inputs, attributes }: Sample): Program {
  const builder = createBuilder();
  const tensors = inputs.map(({ shape, dtype }, i) => builder.input(`${i}`, shape, dtype, { kind: 'data' }));
  const terms = builder
    .apply(operationNamed(name), tensors, attributes)
    .filter(({ dtype }) => dtype === 'float32')
    .map((output, k) => {
      const weights = builder.constant(
        Array.from({ length: sizeOf(output.shape) }, (_, i) => Math.cos(1 + i + 7 * k)),
        output.shape,
      );
      return builder.reduceSum(builder.multiply(output, weights), { axes: output.shape.map((_, axis) => axis) });
    });
  const loss = terms.reduce((a, b) => builder.add(a, b), builder.constant(0));
  const floats = tensors.filter((_, i) => isFloat(inputs[i] as SampleInput));
  const found = gradients(builder, loss, floats);
  const list = floats.map((tensor, k) => ({ name: `by ${tensors.indexOf(tensor)}`, tensor: found[k] ?? builder.constant(0, tensor.shape) }));
  return builder.build([{ name: 'loss', tensor: loss }, ...list]);
}

/** Input i with element k moved by h. */
const moved = (inputs: readonly SampleInput[], i: number, k: number, h: number) =>
  named(inputs.map((input, j) => (i === j ? { ...input, data: input.data.map((x, at) => (at === k ? x + h : x)) } : input)));

function finiteDifference(loss: Program, inputs: readonly SampleInput[], i: number, k: number): number {
  const h = 1e-5,
    at = (distance: number) => interpret(loss, moved(inputs, i, k, distance)).outputs.loss?.data[0] ?? Number.NaN;
  // Five points: the error is of the order h⁴.
  return (8 * (at(h) - at(-h)) - (at(2 * h) - at(-2 * h))) / (12 * h);
}

function checkGradient(name: OperationName, seed: number): void {
  const sample = sampleOf(name, seed),
    program = differentiated(name, sample);
  const results = interpret(program, named(sample.inputs)).outputs;
  const loss = { ...program, outputs: program.outputs.slice(0, 1) };
  for (const [i, input] of sample.inputs.entries()) {
    const gradient = results[`by ${i}`];
    if (!gradient) continue;
    expect(gradient.shape).toEqual(input.shape);
    const step = Math.max(1, Math.floor(input.data.length / 10));
    const places = Array.from({ length: input.data.length }, (_, k) => k).filter((k) => k % step === seed % step);
    const expected = places.map((k) => finiteDifference(loss, sample.inputs, i, k));
    const got = places.map((k) => gradient.data[k] as number);
    expect(() => closeTo(got, expected, 5e-6), `${name}, seed ${seed}, by input ${i}`).not.toThrow();
  }
}

const differentiable = (name: OperationName) => operationNamed(name).gradient !== 'none' || isComposite(operationNamed(name));

describe.each(operationNames)('%s', (name) => {
  test('gives what its shape rule says, all finite', () => {
    for (const seed of seeds) {
      const { inputs, attributes } = sampleOf(name, seed),
        definition = operationNamed(name);
      const types = definition.infer(inputs, { ...definition.defaults, ...attributes } as Attributes);
      const outputs = evaluateOperation(name, inputs, attributes);
      expect(outputs.map(({ shape }) => shape)).toEqual(types.map(({ shape }) => shape));
      for (const { data } of outputs) expect(data.every(Number.isFinite)).toBe(true);
    }
  });

  if (differentiable(name))
    test('has the gradient of finite differences', () => {
      for (const seed of seeds) checkGradient(name, seed);
    });

  if (operationNamed(name).expand && operationNamed(name).evaluate)
    test('is what it expands to', () => {
      for (const seed of seeds) {
        const { inputs, attributes } = sampleOf(name, seed),
          defined = evaluateOperation(name, inputs, attributes);
        const expanded = evaluateExpansion(operationNamed(name), inputs, inputs, attributes);
        expect(expanded).toHaveLength(defined.length);
        for (const [k, { data }] of defined.entries())
          expect(() => closeTo(expanded[k]?.data ?? [], data, 1e-11), `${name}, seed ${seed}, output ${k}`).not.toThrow();
      }
    });
});

test('an operation is listed under its own name', () => {
  for (const name of operationNames) expect(operationNamed(name).name).toBe(name);
});

test('no operation computes with a value nobody wants', () => {
  // The derivative by one input alone must not write the instructions of the other's.
  const builder = createBuilder();
  const x = builder.input('x', [4, 3], 'float32', { kind: 'data' }),
    w = builder.input('w', [3, 2], 'float32', { kind: 'state' });
  const loss = builder.reduceSum(builder.matMul(x, w), { axes: [0, 1] });
  const [byW] = gradients(builder, loss, [w]) as [Tensor];
  expect(byW.shape).toEqual([3, 2]);
  expect(builder.instructions.filter(({ operation }) => operation === 'matMul')).toHaveLength(2);
});
