// The recurrent operations' samples. Part of no shipped feature.

import type { Draw } from './sampleDraw.ts';
import type { Generator } from './samples.ts';
import type { Attributes, Shape } from './types.ts';

/** A sequence, both kernels and a bias for so many gates. */
export const recurrent =
  (gates: number, attributes: (draw: Draw) => Attributes): Generator =>
  (draw) => {
    const batch = draw.integer(1, 3),
      steps = draw.integer(1, 5),
      features = draw.integer(1, 3),
      units = draw.integer(1, 3);
    const chosen = attributes(draw),
      width = gates * units;
    const bias = chosen.resetAfter ? [2, width] : [width];
    return {
      inputs: [draw.floats([batch, steps, features]), draw.floats([features, width]), draw.floats([units, width]), draw.floats(bias)],
      attributes: chosen,
    };
  };
/** The usual ones most often: engines have kernels for them. */
export const gateActivations = (draw: Draw): Attributes =>
  draw.of(
    { activation: 'tanh', recurrentActivation: 'sigmoid' },
    { activation: draw.of('tanh', 'softplus', 'linear'), recurrentActivation: draw.of('sigmoid', 'tanh') },
  );

export const gruAttributes = (draw: Draw): Attributes => ({ ...gateActivations(draw), resetAfter: draw.of(true, false) });

/** The inputs of a recurrent operation with so many states at its end, and gradients of some of its outputs. */
const withGradients =
  (forward: Generator, states: number, some: readonly (readonly number[])[]): Generator =>
  (draw) => {
    const { inputs, attributes } = forward(draw);
    const [[batch, steps], , [units]] = inputs.map(({ shape }) => shape) as [[number, number], Shape, [number]];
    const outputs: readonly Shape[] = [[batch, steps, units], ...Array.from({ length: states }, () => [batch, units])];
    const by = [...draw.of(...some)];
    return {
      inputs: [...inputs, draw.floats(outputs[0] as Shape), ...by.map((output) => draw.floats(outputs[output] as Shape))],
      attributes: { ...attributes, by },
    };
  };
export const lstmGradient = withGradients(recurrent(4, gateActivations), 2, [[0], [1], [0, 2], [1, 2], [0, 1, 2]]);
export const gruGradient = withGradients(recurrent(3, gruAttributes), 1, [[0], [1], [0, 1]]);
