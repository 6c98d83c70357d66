// An augmentation layer at work: its result for one small image and chosen random numbers.

import { type Fields, schemaOf, type Values } from '../../lib/fields.ts';
import { interpret, numericArray } from '../../tensor/interpret.ts';
import { type Shape, sizeOf } from '../../tensor/types.ts';
import type { LayerDefinition } from '../layer.ts';
import { lowered } from './lowered.ts';

/** The values of the image after the layer. @param random the numbers it draws, each filling what is drawn at once; left out: it is predicting */
export function augmented<F extends Fields>(
  layer: LayerDefinition<F>,
  parameters: Partial<Values<F>>,
  shape: Shape,
  image: readonly number[],
  random?: readonly number[],
): number[] {
  const { program, outputShape } = lowered(layer, schemaOf(layer.fields).parse(parameters), [shape], { training: random !== undefined });
  const drawn = program.inputs.filter(({ role }) => role.kind === 'random');
  if (drawn.length !== (random?.length ?? 0)) throw new Error(`${layer.title} draws ${drawn.length} times.`);
  const numbers = Object.fromEntries(
    drawn.map(({ name, tensor }, i) => [name, numericArray(tensor.shape, new Array<number>(sizeOf(tensor.shape)).fill(random?.[i] ?? 0))]),
  );
  const { outputs } = interpret(program, { ...numbers, input0: numericArray(shape, [...image]), probe: numericArray(outputShape, 0) });
  return [...(outputs['y']?.data ?? [])];
}
