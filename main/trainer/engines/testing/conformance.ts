// What every engine must pass: each operation with its gradient, and each layer forward and backward, against the float64 reference
// interpreter, over random valid inputs from fixed seeds. Knows no engine: it is handed a function that runs a program.

import { expect, it } from 'vitest';
import { layers } from '../../../../shared/layers/index.ts';
import { type AnyLayer, type Field, LayerError } from '../../../../shared/layers/layer.ts';
import { lowered, randomNumbers } from '../../../../shared/layers/testing/lowered.ts';
import { randomKey, uniformAt } from '../../../../shared/lib/random.ts';
import { createBuilder, operationNamed } from '../../../../shared/tensor/builder.ts';
import { gradients } from '../../../../shared/tensor/gradient.ts';
import { interpret } from '../../../../shared/tensor/interpret.ts';
import type { NumericArray } from '../../../../shared/tensor/operation.ts';
import { ShapeError } from '../../../../shared/tensor/operation.ts';
import { operationNames, sampleOf } from '../../../../shared/tensor/samples.ts';
import { simplify } from '../../../../shared/tensor/simplify.ts';
import type { Program, Shape, Tensor } from '../../../../shared/tensor/types.ts';

export type Numbers = Readonly<Record<string, NumericArray>>;
/** Runs a program and gives outputs and updates (as `next/…`) by name. */
export type RunProgram = (program: Program, inputs: Numbers) => Promise<Readonly<Record<string, ArrayLike<number>>>>;

/** float32 against float64: relative to the largest number of the tensor. */
const TOLERANCE = 2e-5;

function expectClose(got: ArrayLike<number> | undefined, want: NumericArray, what: string): void {
  expect(got?.length, `${what}: how many numbers`).toBe(want.data.length);
  const scale = Math.max(1, ...want.data.map(Math.abs).filter(Number.isFinite));
  const worst = Array.from(want.data, (value, i) => (Object.is(value, got?.[i]) ? 0 : Math.abs(value - (got?.[i] as number)))).reduce(
    (a, b) => (b > a || Number.isNaN(b) ? b : a),
    0,
  );
  expect(worst / scale, `${what}: largest difference`).toBeLessThanOrEqual(TOLERANCE);
}

/** Compares every output and update of a program. */
export async function expectEqualRuns(run: RunProgram, program: Program, inputs: Numbers, what: string, want = interpret(program, inputs)): Promise<void> {
  const got = await run(program, inputs);
  for (const { name } of program.outputs) expectClose(got[name], want.outputs[name] as NumericArray, `${what}, ${name}`);
  for (const { name } of program.updates) expectClose(got[`next/${name}`], want.updates[name] as NumericArray, `${what}, ${name} after the step`);
}

/** An operation on sample inputs with the derivatives of a weighted sum of its float outputs. */
function operationProgram(name: (typeof operationNames)[number], seed: number): { readonly program: Program; readonly inputs: Numbers } {
  const { inputs, attributes } = sampleOf(name, seed);
  const builder = createBuilder();
  const tensors = inputs.map(({ shape, dtype }, i) => builder.input(`in/${i}`, shape, dtype, { kind: 'data' }));
  const results = builder.apply(operationNamed(name), tensors as never, attributes as never);
  const outputs = results.map((tensor, i) => ({ name: `out/${i}`, tensor }));
  const floats = results.filter(({ dtype }) => dtype === 'float32');
  const total = floats
    .map((tensor, i) => builder.reduceSum(builder.multiply(tensor, builder.constant(0.5 + i)), { axes: tensor.shape.map((_, axis) => axis) }))
    .reduce<Tensor | null>((sum, one) => (sum ? builder.add(sum, one) : one), null);
  const differentiable = tensors.filter(({ dtype }) => dtype === 'float32');
  const derivatives = total && operationNamed(name).gradient !== 'none' ? gradients(builder, total, differentiable) : [];
  for (const [i, tensor] of derivatives.entries()) if (tensor) outputs.push({ name: `d/${i}`, tensor });
  return { program: simplify(builder.build(outputs)), inputs: Object.fromEntries(inputs.map((input, i) => [`in/${i}`, input])) };
}

/** A test for each operation. */
export function proveOperations(run: RunProgram, seeds: number): void {
  it.each(operationNames)('%s', async (name) => {
    for (let seed = 0; seed < seeds; seed++) {
      const { program, inputs } = operationProgram(name, seed);
      await expectEqualRuns(run, program, inputs, `${name}, seed ${seed}`);
    }
  });
}

type Draw = (low: number, high: number) => number;

/** A valid value of any field, small enough to compute with. */
function randomValue(field: Field<unknown>, draw: Draw, inputs: readonly Shape[]): unknown {
  const whole = (low: number, high: number) => Math.floor(draw(low, high + 1));
  switch (field.kind) {
    case 'integer':
      return whole(Math.max(field.min ?? 1, 1), 4);
    case 'optionalInteger':
      return draw(0, 1) < 0.5 ? null : whole(1, 3);
    case 'number':
      return field.default;
    case 'boolean':
      return draw(0, 1) < 0.5;
    case 'pair':
      return [whole(1, 3), whole(1, 3)];
    case 'optionalPair':
      return draw(0, 1) < 0.5 ? null : [whole(1, 3), whole(1, 3)];
    case 'nested': {
      const kind = field.choices[whole(0, field.choices.length - 1)]?.value ?? '';
      return { kind, parameters: Object.fromEntries(Object.entries(field.fieldsOf(kind)).map(([name, inner]) => [name, randomValue(inner, draw, inputs)])) };
    }
    case 'choice':
      return field.choices[whole(0, field.choices.length - 1)]?.value;
    case 'shape':
      if (field.length !== undefined && (!field.nullable || draw(0, 1) < 0.5)) return Array.from({ length: field.length }, () => whole(1, 3));
      return field.nullable ? null : field.allowUnknown ? [-1, inputs[0]?.at(-1) ?? 1] : field.default;
    default:
      return field.default;
  }
}

interface LayerCase {
  readonly inputs: readonly Shape[];
  readonly parameters: Record<string, unknown>;
  /** Which inputs come with a mask. */
  readonly masks: readonly boolean[];
}

/** The states that a recurrent layer of such parameters starts with. */
function statesFor(layer: AnyLayer, parameters: Readonly<Record<string, unknown>>, [batch = 1]: Shape): Shape[] {
  const ports = layer.family === 'recurrent' ? layer.inputsWith?.(parameters) : undefined;
  const inner = parameters['layer'] as { readonly parameters: Readonly<Record<string, unknown>> } | undefined;
  const units = (inner?.parameters ?? parameters)['units'];
  return Array.isArray(ports) && typeof units === 'number' ? ports.slice(1).map(() => [batch, units]) : [];
}

function layerCase(layer: AnyLayer, seed: number): LayerCase {
  let count = 0;
  const key = randomKey('conformance', layer.id, seed);
  const draw: Draw = (low, high) => low + (high - low) * uniformAt(key, count++);
  const rank = layer.naturalRank ?? 1 + Math.floor(draw(0, 3));
  const shape = [2, ...Array.from({ length: rank }, () => 2 + Math.floor(draw(0, 5)))];
  const [fewest, tooMany] = typeof layer.inputs === 'object' ? [1, layer.inputs.length + 1] : layer.inputs === 'many' ? [layer.fewestInputs ?? 2, 4] : [1, 1];
  const inputs = Array.from({ length: Math.floor(draw(fewest, tooMany)) }, () => shape);
  const fields = Object.entries(layer.fields as Readonly<Record<string, Field<unknown>>>);
  const parameters = Object.fromEntries(fields.map(([name, field]) => [name, randomValue(field, draw, inputs)]));
  const masks = inputs.map((input) => input.length > 2 && draw(0, 1) < 0.3);
  return { inputs: [...inputs, ...statesFor(layer, parameters, shape)], parameters, masks };
}

/** A memory without a bound (linear gates) soon leaves what float32 can hold: such a case proves nothing. */
const fitsFloat32 = ({ data }: NumericArray): boolean => data.every((x) => Math.abs(x) < 1e30);

/** One random case of a layer on an engine and on the interpreter; false when the drawn parameters do not fit the drawn shapes, or the numbers leave all bounds. */
async function proveCase(run: RunProgram, layer: AnyLayer, seed: number): Promise<boolean> {
  const { inputs, parameters, masks } = layerCase(layer, seed);
  const whole = layer.id === 'embedding' ? (parameters.inputDim as number) : undefined;
  try {
    const { program } = lowered(layer, parameters, inputs, { training: seed % 2 === 0, dtype: whole === undefined ? 'float32' : 'int32', masks });
    const simple = simplify(program),
      numbers = randomNumbers(program, randomKey('numbers', seed), whole) as Numbers,
      want = interpret(simple, numbers);
    if (!Object.values(want.outputs).every(fitsFloat32)) return false;
    await expectEqualRuns(run, simple, numbers, `${layer.id} ${JSON.stringify(parameters)} on ${JSON.stringify(inputs)}`, want);
    return true;
  } catch (thrown) {
    if (thrown instanceof LayerError || thrown instanceof ShapeError) return false;
    throw thrown;
  }
}

/** A test for each layer: so many cases that fit, forward and backward, training and not. */
export function proveLayers(run: RunProgram, cases: number): void {
  it.each(Object.values(layers) as AnyLayer[])('$title', async (layer) => {
    let proved = 0;
    for (let seed = 0; proved < cases && seed < Math.max(cases, 8) * 100; seed++) if (await proveCase(run, layer, seed)) proved += 1;
    expect(proved, 'random cases that fit').toBe(cases);
  });
}
