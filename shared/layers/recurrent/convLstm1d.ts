// ConvLSTM1D: an LSTM that reads sequences along a line. Shi et al., 2015.

import { filtersField, filterWords, dilationStepsField, kernelStepsField, strideStepsField, sizeWords, stepKeras } from '../convolution/convolving.ts';
import { layer } from '../layer.ts';
import { convolvedStepFields, convolvedStepKeras, readPictures } from './convolvingSteps.ts';
import { statePorts } from './recurrent.ts';

/** Its sizes are lists of one in Keras' files. */
const plain = convolvedStepKeras(1);
const listsOfOne = {
  ...stepKeras(plain),
  ...{ extra: plain.extra, meaningless: plain.meaningless, weightGroup: plain.weightGroup, restArgument: plain.restArgument },
};

export const convLstm1d = layer({
  id: 'convLstm1d',
  title: 'ConvLSTM1D',
  family: 'recurrent',
  help: {
    text: 'An LSTM whose every step is a line of values, such as the readings of many sensors in a row. Its gates see neighbours by small filters, so that it remembers what was where, and how it moved.',
    formula: 'c_t = f · c_(t−1) + i · tanh(x_t ∗ W + h_(t−1) ∗ U + b);  h_t = o · tanh(c_t);  gates i, f, o = sigmoid(…);  ∗ is a convolution',
    source: 'https://keras.io/api/layers/recurrent_layers/conv_lstm1d/',
  },
  synonyms: ['recurrent', 'convolutional lstm', 'sensors', 'sequence'],
  fields: {
    filters: filtersField(),
    kernelSize: kernelStepsField(),
    strides: strideStepsField(),
    dilationRate: dilationStepsField(),
    ...convolvedStepFields,
  },
  inputs: 1,
  ...statePorts(['hidden state', 'memory cell']),
  naturalRank: 3,
  describe: (p) => [filterWords(p.filters), sizeWords(p.kernelSize), p.returnSequences && 'sequence'].filter(Boolean).join(' · '),
  lower: (context, inputs, p) => readPictures(context, inputs, { size: [p.kernelSize], strides: [p.strides], dilations: [p.dilationRate] }, p),
  keras: { className: 'ConvLSTM1D', ...listsOfOne },
});
