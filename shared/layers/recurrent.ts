// What the recurrent layers share: parameters, the order of the steps and the choice of what comes out. No layer itself.

import { boolean, integer } from '../lib/fields.ts';
import type { Tensor } from '../tensor/types.ts';
import { type StepActivationId, stepActivationField } from './activations/index.ts';
import { initializerField } from './initializers/index.ts';
import { inputOfRank, type LayerContext } from './layer.ts';

export const unitsField = () =>
  integer({
    label: 'Units',
    help: 'Size of the memory the layer carries from step to step, and of its output.',
    min: 1,
    max: 100_000,
    sliderMax: 512,
    default: 64,
  });

export const outputFields = {
  returnSequences: boolean({
    label: 'Return sequences',
    help: 'Gives the output of every step instead of the last one only; needed before another recurrent layer.',
    default: false,
  }),
  goBackwards: boolean({
    label: 'Go backwards',
    help: 'Reads the sequence from its end. A returned sequence is in the order it was read.',
    level: 'advanced',
    default: false,
  }),
};

export const stepField = (o: { default?: StepActivationId }) =>
  stepActivationField({ label: 'Activation', help: 'Applied to what a step computes.', default: o.default ?? 'tanh' });
export const gateField = () =>
  stepActivationField({ label: 'Gate activation', help: 'Opens and closes the gates; between 0 and 1.', level: 'advanced', default: 'sigmoid' });

export const weightFields = {
  useBias: boolean({ label: 'Bias', help: 'Adds learned constants.', default: true, level: 'advanced' }),
  kernelInitializer: initializerField({ label: 'Kernel initializer', default: 'glorotUniform' }),
  recurrentInitializer: initializerField({ label: 'Recurrent initializer', default: 'orthogonal' }),
  biasInitializer: initializerField({ label: 'Bias initializer', default: 'zeros', vector: true }),
};

/** What Keras writes besides; the parts of it that are not built are at their defaults. */
export const recurrentExtra = {
  return_state: false,
  stateful: false,
  unroll: false,
  zero_output_for_mask: false,
  dropout: 0,
  recurrent_dropout: 0,
};

/** The sequence [batch, steps, features] in the order it is read. @throws LayerError */
export function sequenceOf(context: LayerContext, inputs: readonly Tensor[], goBackwards: boolean): Tensor {
  const why =
    'A recurrent layer reads one step after the other. A Reshape layer before it can split a sample into steps; a recurrent layer before it must return sequences.';
  const input = inputOfRank(inputs, 2, 'a sequence of steps × features', why);
  return goBackwards ? reversed(context, input) : input;
}

/** The same steps, the last first. */
function reversed({ builder }: LayerContext, input: Tensor): Tensor {
  const steps = input.shape[1] as number;
  const order = builder.constant(
    Int32Array.from({ length: steps }, (_, i) => steps - 1 - i),
    [steps],
    'int32',
  );
  const stepsFirst = builder.transpose(input, { permutation: [1, 0, 2] });
  return builder.transpose(builder.gather(stepsFirst, order), { permutation: [1, 0, 2] });
}

/** What a recurrent operation gives: the whole sequence, or its last step. */
export function outputOf([sequence, last]: readonly Tensor[], returnSequences: boolean): Tensor {
  const output = returnSequences ? sequence : last;
  if (!output) throw new Error('A recurrent operation gives a sequence and its last step.');
  return output;
}

/** `128 units`, and `sequence` where it returns one. */
export const describeRecurrent = ({ units, returnSequences }: { units: number; returnSequences: boolean }): string =>
  `${units} ${units === 1 ? 'unit' : 'units'}${returnSequences ? ' · sequence' : ''}`;
