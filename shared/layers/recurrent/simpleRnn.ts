// SimpleRNN: a layer that feeds its output back in at the next step.

import { layer } from '../layer.ts';
import { simpleRnnCell } from '../../tensor/ops/simpleRnn.ts';
import {
  describeRecurrent,
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
import { held } from '../holding.ts';
import { type Recurrence, readingOf, stepFunctions, walk } from './walking.ts';

export const simpleRnn = layer({
  id: 'simpleRnn',
  title: 'SimpleRNN',
  family: 'recurrent',
  help: {
    text: 'Reads a sequence step by step and feeds its own output back in at the next step. The simplest memory there is; over many steps it forgets, because its gradient fades or explodes.',
    formula: 'h_t = activation(x_t · W + h_(t−1) · U + b)',
    source: 'https://keras.io/api/layers/recurrent_layers/simple_rnn/',
  },
  synonyms: ['recurrent', 'elman', 'sequence', 'time series'],
  fields: { units: unitsField(), activation: stepField({}), ...outputFields, ...stateFields, ...stepFields, ...weightFields },
  inputs: 1,
  ...statePorts(['hidden state']),
  naturalRank: 2,
  describe: describeRecurrent,
  lower(context, inputs, p) {
    const { builder } = context;
    const reading = readingOf(context, inputs, p);
    const kernel = held(context, 'kernel', [reading.sequence.shape[2] as number, p.units], p.kernelInitializer, p, 'kernel');
    const recurrentKernel = held(context, 'recurrent_kernel', [p.units, p.units], p.recurrentInitializer, p, 'recurrent');
    const bias = p.useBias ? held(context, 'bias', [p.units], p.biasInitializer, p, 'bias') : builder.constant(0, [p.units]);
    const whole: Recurrence['whole'] = (read, { activation }) =>
      builder.simpleRnn(read.sequence, read.kernel, recurrentKernel, bias, ...read.initial, { activation });
    const step: Recurrence['step'] = (product) => ({ cell: simpleRnnCell(builder, product(recurrentKernel), stepFunctions(p).activate), inputBias: bias });
    return walk(context, reading, { states: 1, gates: 1, kernel, whole, step }, p);
  },
  // Keras takes an activity regularizer here, and forgets it.
  keras: { className: 'SimpleRNN', ...recurrentEntries, ...recurrentPenalties, weightGroup: () => 'cell', restArgument },
});
