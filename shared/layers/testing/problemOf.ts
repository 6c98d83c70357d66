// What a layer says when it is given inputs and parameters that do not fit.

import { type Fields, schemaOf, type Values } from '../../lib/fields.ts';
import type { Shape } from '../../tensor/types.ts';
import { type LayerDefinition, LayerError, type LayerProblem } from '../layer.ts';
import { lowered } from './lowered.ts';

/** The problem it reports. @throws Error if it reports none */
export function problemOf<F extends Fields>(layer: LayerDefinition<F>, parameters: Partial<Values<F>>, inputs: readonly Shape[]): LayerProblem {
  try {
    lowered(layer, schemaOf(layer.fields).parse(parameters), inputs, { training: true });
  } catch (thrown) {
    if (thrown instanceof LayerError) return thrown;
    throw thrown;
  }
  throw new Error(`${layer.title} accepts ${JSON.stringify(inputs)} with ${JSON.stringify(parameters)}.`);
}

/** The output shape after each of a problem's repairs: a repair must mend. */
export function shapesAfterRepairs<F extends Fields>(
  layer: LayerDefinition<F>,
  parameters: Partial<Values<F>>,
  inputs: readonly Shape[],
): readonly (readonly [string, Shape])[] {
  return (problemOf(layer, parameters, inputs).repairs ?? []).map((repair) => {
    const mended = schemaOf(layer.fields).parse({ ...parameters, ...repair.parameters });
    return [repair.label, lowered(layer, mended, inputs, { training: true }).outputShape.slice(1)] as const;
  });
}
