// SimpleRNN: a layer that feeds its output back in at the next step.

import { layer } from './layer.ts';
import { describeRecurrent, outputFields, outputOf, recurrentExtra, sequenceOf, stepField, unitsField, weightFields } from './recurrent.ts';

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
  fields: { units: unitsField(), activation: stepField({}), ...outputFields, ...weightFields },
  inputs: 1,
  naturalRank: 2,
  describe: describeRecurrent,
  lower(context, inputs, p) {
    const { builder } = context;
    const sequence = sequenceOf(context, inputs, p.goBackwards);
    const kernel = context.weight('kernel', [sequence.shape[2] as number, p.units], { initializer: p.kernelInitializer });
    const recurrentKernel = context.weight('recurrent_kernel', [p.units, p.units], { initializer: p.recurrentInitializer });
    const bias = p.useBias ? context.weight('bias', [p.units], { initializer: p.biasInitializer }) : builder.constant(0, [p.units]);
    return outputOf(builder.simpleRnn(sequence, kernel, recurrentKernel, bias, { activation: p.activation }), p.returnSequences);
  },
  keras: { className: 'SimpleRNN', extra: recurrentExtra },
});
