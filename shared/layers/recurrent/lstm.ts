// LSTM: a memory cell with gates for what to forget, what to write and what to show. Hochreiter and Schmidhuber, 1997.

import { boolean } from '../../lib/fields.ts';
import { lstmCell } from '../../tensor/ops/lstm.ts';
import type { Initial, InitializerValue } from '../initializers/index.ts';
import { layer } from '../layer.ts';
import {
  describeRecurrent,
  gateField,
  outputFields,
  recurrentEntries,
  recurrentPenalties,
  restArgument,
  stateFields,
  statePorts,
  stepField,
  stepFields,
  unitsField,
  weightFields,
} from './recurrent.ts';
import { activityFields, activityKeras, allKeras, held, heldActivity } from '../holding.ts';
import { type Recurrence, readingOf, stepFunctions, walk } from './walking.ts';

export const lstm = layer({
  id: 'lstm',
  title: 'LSTM',
  family: 'recurrent',
  help: {
    text: 'Reads a sequence step by step and keeps a memory cell. Three gates decide at every step what to forget, what to write and what to show, so that it can remember over many steps.',
    formula: 'c_t = f · c_(t−1) + i · tanh(x_t · W + h_(t−1) · U + b);  h_t = o · tanh(c_t);  gates i, f, o = sigmoid(…)',
    source: 'https://keras.io/api/layers/recurrent_layers/lstm/',
  },
  synonyms: ['recurrent', 'long short-term memory', 'rnn', 'sequence', 'time series'],
  fields: {
    units: unitsField(),
    activation: stepField({}),
    recurrentActivation: gateField(),
    ...outputFields,
    ...stateFields,
    ...stepFields,
    ...weightFields,
    ...activityFields,
    unitForgetBias: boolean({
      label: 'Remember at first',
      help: 'Starts the forget gate’s bias at 1, so that the memory is kept until training says otherwise.',
      level: 'advanced',
      default: true,
    }),
  },
  inputs: 1,
  ...statePorts(['hidden state', 'memory cell']),
  naturalRank: 2,
  describe: describeRecurrent,
  lower(context, inputs, p) {
    const { builder } = context;
    const reading = readingOf(context, inputs, p);
    const kernel = held(context, 'kernel', [reading.sequence.shape[2] as number, 4 * p.units], p.kernelInitializer, p, 'kernel');
    const recurrentKernel = held(context, 'recurrent_kernel', [p.units, 4 * p.units], p.recurrentInitializer, p, 'recurrent');
    const bias = p.useBias ? held(context, 'bias', [4 * p.units], biasInitial(p), p, 'bias') : builder.constant(0, [4 * p.units]);
    const whole: Recurrence['whole'] = (read, functions) => builder.lstm(read.sequence, read.kernel, recurrentKernel, bias, ...read.initial, functions);
    const step: Recurrence['step'] = (product) => ({ cell: lstmCell(builder, product(recurrentKernel), stepFunctions(p)), inputBias: bias });
    return heldActivity(context, walk(context, reading, { states: 2, gates: 4, kernel, keeping: [-1, 1, 0, 0], whole, step }, p), p);
  },
  keras: { className: 'LSTM', ...recurrentEntries, ...allKeras(recurrentPenalties, activityKeras), weightGroup: () => 'cell', restArgument },
});

/** The bias in the order of the gates: input, forget, cell, output. */
function biasInitial({ units, unitForgetBias, biasInitializer }: { units: number; unitForgetBias: boolean; biasInitializer: InitializerValue }): Initial {
  if (!unitForgetBias) return biasInitializer;
  return [
    { size: units, initializer: biasInitializer },
    { size: units, initializer: 'ones' },
    { size: 2 * units, initializer: biasInitializer },
  ];
}
