// ConvLSTM3D: an LSTM that reads volumes, one after the other. Shi et al., 2015.

import { filtersField, filterWords, dilationVolumeField, kernelVolumeField, strideVolumeField, sizeWords } from '../convolution/convolving.ts';
import { layer } from '../layer.ts';
import { convolvedStepFields, convolvedStepKeras, readPictures } from './convolvingSteps.ts';
import { statePorts } from './recurrent.ts';

export const convLstm3d = layer({
  id: 'convLstm3d',
  title: 'ConvLSTM3D',
  family: 'recurrent',
  help: {
    text: 'An LSTM whose every step is a volume, such as a scan of a beating heart. Its gates see neighbours by small filters, so that it remembers what was where, and how it moved.',
    formula: 'c_t = f · c_(t−1) + i · tanh(x_t ∗ W + h_(t−1) ∗ U + b);  h_t = o · tanh(c_t);  gates i, f, o = sigmoid(…);  ∗ is a convolution',
    source: 'https://keras.io/api/layers/recurrent_layers/conv_lstm3d/',
  },
  synonyms: ['recurrent', 'convolutional lstm', 'volume', 'scan', 'sequence'],
  fields: {
    filters: filtersField(),
    kernelSize: kernelVolumeField(),
    strides: strideVolumeField(),
    dilationRate: dilationVolumeField(),
    ...convolvedStepFields,
  },
  inputs: 1,
  ...statePorts(['hidden state', 'memory cell']),
  naturalRank: 5,
  describe: (p) => [filterWords(p.filters), sizeWords(p.kernelSize), p.returnSequences && 'sequence'].filter(Boolean).join(' · '),
  lower: (context, inputs, p) => readPictures(context, inputs, { size: p.kernelSize, strides: p.strides, dilations: p.dilationRate }, p),
  keras: { className: 'ConvLSTM3D', ...convolvedStepKeras(3) },
});
