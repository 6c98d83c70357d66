// What the recurrent layers share: their parameters, and how Keras writes them. How they walk over the steps is in walking.ts. No layer itself.

import { boolean, integer, number } from '../../lib/fields.ts';
import { type StepActivationId, stepActivationField } from '../activations/index.ts';
import { initializerField } from '../initializers/index.ts';
import type { Inputs } from '../layer.ts';
import { allKeras, heldFields, heldKeras } from '../holding.ts';

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

/** The memory at the end as results of their own, and a memory from elsewhere at the start. */
export const stateFields = {
  returnState: boolean({
    label: 'Return state',
    help: 'Gives the memory at the end too, as results of their own. An encoder hands it to a decoder.',
    level: 'advanced',
    default: false,
  }),
  initialState: boolean({
    label: 'Initial state',
    help: 'Starts with a memory that comes in by further connections, instead of an empty one. A decoder starts with what the encoder has understood.',
    level: 'advanced',
    default: false,
  }),
};

/** What a layer with such states is to the others. @param states their names on screen, in Keras' order */
export const statePorts = (states: readonly string[]) => ({
  inputsWith: ({ initialState }: Readonly<Record<string, unknown>>): Inputs =>
    initialState === true
      ? [{ name: 'sequence', label: 'Sequence' }, ...states.map((label, i) => ({ name: `initial_state_${i}`, label: `Initial ${label}`, optional: true }))]
      : 1,
  furtherOutputs: ({ returnState }: Readonly<Record<string, unknown>>): readonly string[] => (returnState === true ? states : []),
});
/** The initial state stands in the call, not in the configuration. */
const stateKeras = {
  toConfig: () => ({ initial_state: undefined }),
  fromConfig: () => ({}),
};
export const restArgument = { name: 'initial_state', parameter: 'initialState' };

export const stepField = (o: { default?: StepActivationId }) =>
  stepActivationField({ label: 'Activation', help: 'Applied to what a step computes.', default: o.default ?? 'tanh' });
export const gateField = () =>
  stepActivationField({ label: 'Gate activation', help: 'Opens and closes the gates; between 0 and 1.', level: 'advanced', default: 'sigmoid' });

const share = { min: 0, max: 0.99, sliderMax: 0.9, default: 0 } as const;

export const weightFields = {
  useBias: boolean({ label: 'Bias', help: 'Adds learned constants.', default: true, level: 'advanced' }),
  kernelInitializer: initializerField({ label: 'Kernel initializer', default: 'glorotUniform' }),
  recurrentInitializer: initializerField({ label: 'Recurrent initializer', default: 'orthogonal' }),
  biasInitializer: initializerField({ label: 'Bias initializer', default: 'zeros', vector: true }),
  ...heldFields('kernel', 'Kernel'),
  ...heldFields('recurrent', 'Recurrent kernel'),
  ...heldFields('bias', 'Bias', false),
};

/** What a recurrent layer forgets at random while training, and what it does at steps that do not count. */
export const stepFields = {
  dropout: number({ label: 'Dropout', help: 'The share of each step’s features that is dropped while training, the same ones at every step.', ...share }),
  recurrentDropout: number({
    label: 'Recurrent dropout',
    help: 'The share of the memory that a step cannot see while training, the same at every step. It makes training slower.',
    level: 'advanced',
    ...share,
  }),
  zeroOutputForMask: boolean({
    label: 'Zero where masked',
    help: 'At steps that a mask leaves out the returned sequence is 0 instead of the output before.',
    level: 'advanced',
    default: false,
  }),
};

/** How penalties and constraints stand in Keras' files. */
export const recurrentPenalties = allKeras(heldKeras({ kernel: 2, recurrent: 2, bias: 1 }), stateKeras);

/** What Keras writes besides. */
export const recurrentEntries = { extra: { stateful: false, unroll: false }, meaningless: ['unroll'] };

/** `128 units`, and `sequence` where it returns one. */
export const describeRecurrent = ({ units, returnSequences }: { units: number; returnSequences: boolean }): string =>
  `${units} ${units === 1 ? 'unit' : 'units'}${returnSequences ? ' · sequence' : ''}`;
