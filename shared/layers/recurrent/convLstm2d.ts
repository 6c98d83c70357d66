// ConvLSTM2D: an LSTM that reads pictures, one after the other. Shi et al., 2015.

import { filtersField, filterWords, dilationField, kernelSizeField, stridesField, sizeWords } from '../convolution/convolving.ts';
import { layer } from '../layer.ts';
import { convolvedStepFields, convolvedStepKeras, readPictures } from './convolvingSteps.ts';
import { statePorts } from './recurrent.ts';

export const convLstm2d = layer({
  id: 'convLstm2d',
  title: 'ConvLSTM2D',
  family: 'recurrent',
  help: {
    text: 'An LSTM whose every step is a picture: a video, or maps of rain. Its gates see neighbours by small filters, so that it remembers what was where, and how it moved.',
    formula: 'c_t = f · c_(t−1) + i · tanh(x_t ∗ W + h_(t−1) ∗ U + b);  h_t = o · tanh(c_t);  gates i, f, o = sigmoid(…);  ∗ is a convolution',
    source: 'https://keras.io/api/layers/recurrent_layers/conv_lstm2d/',
  },
  synonyms: ['recurrent', 'convolutional lstm', 'video', 'next frame', 'rain', 'sequence'],
  fields: {
    filters: filtersField(),
    kernelSize: kernelSizeField(),
    strides: stridesField(),
    dilationRate: dilationField(),
    ...convolvedStepFields,
  },
  inputs: 1,
  ...statePorts(['hidden state', 'memory cell']),
  naturalRank: 4,
  describe: (p) => [filterWords(p.filters), sizeWords(p.kernelSize), p.returnSequences && 'sequence'].filter(Boolean).join(' · '),
  lower: (context, inputs, p) => readPictures(context, inputs, { size: p.kernelSize, strides: p.strides, dilations: p.dilationRate }, p),
  keras: { className: 'ConvLSTM2D', ...convolvedStepKeras(2) },
});
