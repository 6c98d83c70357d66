// The recurrent operations' samples. Part of no shipped feature.

import type { Draw } from './sampleDraw.ts';
import type { Generator } from './samples.ts';
import type { Attributes, Shape } from './types.ts';

/** A sequence, both kernels and a bias for so many gates; half of them with so many states to start from. */
const recurrent =
  ({ gates, states }: { readonly gates: number; readonly states: number }, attributes: (draw: Draw) => Attributes): Generator =>
  (draw) => {
    const batch = draw.integer(1, 3),
      steps = draw.integer(1, 5),
      features = draw.integer(1, 3),
      units = draw.integer(1, 3);
    const chosen = attributes(draw),
      width = gates * units;
    const bias = chosen.resetAfter ? [2, width] : [width];
    const weights = [draw.floats([features, width]), draw.floats([units, width]), draw.floats(bias)];
    const initial = Array.from({ length: draw.of(0, states) }, () => draw.floats([batch, units]));
    return { inputs: [draw.floats([batch, steps, features]), ...weights, ...initial], attributes: chosen };
  };
const kinds = { simpleRnn: { gates: 1, states: 1 }, gru: { gates: 3, states: 1 }, lstm: { gates: 4, states: 2 } };
/** The usual ones most often: engines have kernels for them. */
const gateActivations = (draw: Draw): Attributes =>
  draw.of(
    { activation: 'tanh', recurrentActivation: 'sigmoid' },
    { activation: draw.of('tanh', 'softplus', 'linear'), recurrentActivation: draw.of('sigmoid', 'tanh') },
  );

const gruAttributes = (draw: Draw): Attributes => ({ ...gateActivations(draw), resetAfter: draw.of(true, false) });

export const simpleRnn = recurrent(kinds.simpleRnn, (draw) => ({ activation: draw.of('tanh', 'softplus', 'linear') }));
export const lstm = recurrent(kinds.lstm, gateActivations);
export const gru = recurrent(kinds.gru, gruAttributes);

/** The inputs of a recurrent operation, its sequence, and gradients of some of its outputs. */
const withGradients =
  (forward: Generator, states: number, some: readonly (readonly number[])[]): Generator =>
  (draw) => {
    const { inputs, attributes } = forward(draw);
    const [[batch, steps], , [units]] = inputs.map(({ shape }) => shape) as [[number, number], Shape, [number]];
    const outputs: readonly Shape[] = [[batch, steps, units], ...Array.from({ length: states }, () => [batch, units])];
    const by = [...draw.of(...some)];
    const given = by.map((output) => draw.floats(outputs[output] as Shape));
    return { inputs: [...inputs.slice(0, 4), draw.floats(outputs[0] as Shape), ...inputs.slice(4), ...given], attributes: { ...attributes, by } };
  };
export const lstmGradient = withGradients(lstm, kinds.lstm.states, [[0], [1], [2], [0, 2], [1, 2], [0, 1, 2]]);
export const gruGradient = withGradients(gru, kinds.gru.states, [[0], [1], [0, 1]]);
