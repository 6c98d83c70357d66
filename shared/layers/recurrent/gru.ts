// GRU: a recurrent layer with two gates. Cho and others, 2014.

import { boolean } from '../../lib/fields.ts';
import { layer } from '../layer.ts';
import { gruCell, gruParts } from '../../tensor/ops/gru.ts';
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

export const gru = layer({
  id: 'gru',
  title: 'GRU',
  family: 'recurrent',
  help: {
    text: 'Reads a sequence step by step with two gates: one decides how much of the memory to replace, the other how much of it to look at. Close to an LSTM with a quarter fewer weights.',
    formula: 'h_t = z · h_(t−1) + (1 − z) · tanh(x_t · W + r · (h_(t−1) · U) + b);  gates z, r = sigmoid(…)',
    source: 'https://keras.io/api/layers/recurrent_layers/gru/',
  },
  synonyms: ['recurrent', 'gated recurrent unit', 'rnn', 'sequence', 'time series'],
  fields: {
    units: unitsField(),
    activation: stepField({}),
    recurrentActivation: gateField(),
    ...outputFields,
    ...stateFields,
    ...stepFields,
    ...weightFields,
    ...activityFields,
    resetAfter: boolean({
      label: 'Reset after',
      help: 'Applies the reset gate after the multiplication with the recurrent kernel (as GPUs compute it) instead of before; then there are two biases.',
      level: 'advanced',
      default: true,
    }),
  },
  inputs: 1,
  ...statePorts(['hidden state']),
  naturalRank: 2,
  describe: describeRecurrent,
  lower(context, inputs, p) {
    const { builder } = context;
    const reading = readingOf(context, inputs, p);
    const kernel = held(context, 'kernel', [reading.sequence.shape[2] as number, 3 * p.units], p.kernelInitializer, p, 'kernel');
    const recurrentKernel = held(context, 'recurrent_kernel', [p.units, 3 * p.units], p.recurrentInitializer, p, 'recurrent');
    const biasShape = p.resetAfter ? [2, 3 * p.units] : [3 * p.units];
    const bias = p.useBias ? held(context, 'bias', biasShape, p.biasInitializer, p, 'bias') : builder.constant(0, biasShape);
    const whole: Recurrence['whole'] = (read, functions) =>
      builder.gru(read.sequence, read.kernel, recurrentKernel, bias, ...read.initial, { ...functions, resetAfter: p.resetAfter });
    const step: Recurrence['step'] = (product) => {
      const { inputBias, recur } = gruParts(builder, recurrentKernel, bias, p.resetAfter, product);
      return { cell: gruCell(builder, recur, stepFunctions(p)), inputBias };
    };
    return heldActivity(context, walk(context, reading, { states: 1, gates: 3, kernel, whole, step }, p), p);
  },
  keras: { className: 'GRU', ...recurrentEntries, ...allKeras(recurrentPenalties, activityKeras), weightGroup: () => 'cell', restArgument },
});
