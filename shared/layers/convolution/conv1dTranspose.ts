// Conv1DTranspose: a convolution run backwards, from a short sequence to a longer one.

import { optionalInteger } from '../../lib/fields.ts';
import { activationField } from '../activations/index.ts';
import {
  biasFields,
  convolutionDetail,
  dilationStepsField,
  filtersField,
  filterWords,
  kernelStepsField,
  refuseStridesWithDilation,
  stepKeras,
  strideStepsField,
  withBias,
} from './convolving.ts';
import { initializerField } from '../initializers/index.ts';
import { inputOfRank, layer } from '../layer.ts';
import { activated, kernelPenaltyFields, kernelPenaltyKeras, regularizedWeight } from '../regularizers/index.ts';
import { asRow, asSequence, sequenceWords } from '../steps.ts';
import { transposedAlong } from './transposing.ts';
import { paddingField } from '../windows.ts';

const steps = stepKeras(kernelPenaltyKeras('kernel', 3));

export const conv1dTranspose = layer({
  id: 'conv1dTranspose',
  title: 'Conv1DTranspose',
  family: 'convolution',
  help: {
    text: 'Puts a learned pattern into the output for every step of the input, as strongly as the input says; patterns that overlap add up. With stride 2 the sequence becomes twice as long: the way up in a decoder of signals.',
    formula: 'y[s·t + r] += x[t] · w[r], then activation(y + b)',
    source: 'https://keras.io/api/layers/convolution_layers/convolution1d_transpose/',
  },
  synonyms: ['deconvolution', 'upsample', 'decoder', 'generator', 'sequence', 'signal', 'audio'],
  fields: {
    filters: filtersField(),
    kernelSize: kernelStepsField(),
    strides: { ...strideStepsField(), help: 'How far apart the input’s steps are put in the output. 2 doubles the length.' },
    padding: {
      ...paddingField(),
      help: 'What happens at the ends: “same” gives an output of exactly stride times the input, “valid” keeps all that the kernel reaches.',
    },
    activation: activationField({ default: 'linear' }),
    outputPadding: optionalInteger({
      label: 'Output padding',
      help: 'Steps added at the end, where several lengths are possible. Automatic: as the padding says.',
      min: 0,
      max: 1000,
      level: 'advanced',
      default: null,
    }),
    dilationRate: dilationStepsField(),
    useBias: biasFields.useBias,
    kernelInitializer: initializerField({ label: 'Kernel initializer', default: 'glorotUniform' }),
    biasInitializer: biasFields.biasInitializer,
    ...kernelPenaltyFields,
  },
  inputs: 1,
  naturalRank: 2,
  describe: (p) => [filterWords(p.filters), `kernel ${p.kernelSize}`, convolutionDetail(p)].join(' · '),
  lower(context, inputs, p) {
    const { builder } = context;
    const input = inputOfRank(inputs, 2, sequenceWords, 'It puts a pattern at every step, so it must know which they are.');
    refuseStridesWithDilation(p.strides, p.dilationRate);
    const [batch, count, channels] = input.shape as [number, number, number];
    const { kernelSize, padding, strides: stride, dilationRate: dilation, outputPadding: extra } = p;
    const along = transposedAlong({ input: count, kernel: kernelSize, dilation, stride, padding, extra, words: 'steps' });
    const weight = regularizedWeight(context, 'kernel', [kernelSize, p.filters, channels], { ...p, initializer: p.kernelInitializer });
    const answer = builder.conv2dInputGradient(builder.reshape(weight, { shape: [1, ...weight.shape] }), asRow(builder, input), {
      strides: [1, stride],
      dilations: [1, dilation],
      padding: [0, 0, ...along.padding],
      inputShape: [batch, 1, along.size, p.filters],
    });
    return activated(context, p, asSequence(builder, withBias(context, answer, p)));
  },
  keras: {
    className: 'Conv1DTranspose',
    ...steps,
    toConfig: (p) => ({ ...steps.toConfig(p), output_padding: p.outputPadding === null ? null : [p.outputPadding] }),
    fromConfig(config) {
      const read = steps.fromConfig(config),
        extra = config['output_padding'] ?? null;
      return read && { ...read, outputPadding: (Array.isArray(extra) ? extra[0] : extra) as number | null };
    },
  },
});
