// One step of what a layer learns from the data alone, computed by the reference interpreter.

import { type Fields, schemaOf, type Values } from '../../lib/fields.ts';
import { interpret } from '../../tensor/interpret.ts';
import type { NumericArray } from '../../tensor/operation.ts';
import { type Shape, sizeOf } from '../../tensor/types.ts';
import type { LayerDefinition } from '../layer.ts';
import type { Numbers } from './lowered.ts';
import { RecordingContext } from './recordingContext.ts';

export interface Prepared {
  /** The weights after the step. */
  readonly updates: Readonly<Record<string, NumericArray>>;
  /** What a person watches. */
  readonly watched: Readonly<Record<string, NumericArray>>;
}

/** @param random the numbers of each draw, in order */
export function prepared<F extends Fields>(
  layer: LayerDefinition<F>,
  given: Partial<Values<F>>,
  input: NumericArray,
  weights: Numbers,
  random: readonly (readonly number[])[] = [],
): Prepared {
  const parameters = schemaOf(layer.fields).parse(given);
  const context = new RecordingContext(true);
  const { builder } = context;
  const { preparation } = layer;
  const plan = preparation?.plan(parameters);
  if (!preparation || !plan) throw new Error(`${layer.title} learns nothing beforehand.`);
  const learningRate = builder.input('learningRate', [], 'float32', { kind: 'scalar' });
  const x = builder.input('input', input.shape, 'float32', { kind: 'data' });
  const watched = preparation.lower(Object.assign(context, { learningRate }), [x], parameters);
  const program = builder.build(
    Object.entries(watched).map(([name, tensor]) => ({ name, tensor })),
    [...context.updates].map(([name, tensor]) => ({ name, tensor })),
  );
  const draws = program.inputs.filter(({ role }) => role.kind === 'random').map(({ name, tensor }, i) => [name, filled(tensor.shape, random[i])] as const);
  const { outputs, updates } = interpret(program, { ...weights, ...Object.fromEntries(draws), input, learningRate: plan.learningRate });
  return { watched: outputs, updates };
}

function filled(shape: Shape, data: readonly number[] = []): NumericArray {
  if (data.length !== sizeOf(shape)) throw new Error(`${sizeOf(shape)} random numbers are drawn, ${data.length} given.`);
  return { shape, data: Float64Array.from(data) };
}
