// GroupNormalization: brings groups of channels of every sample to mean 0 and variance 1. Wu and He, 2018.

import { integer } from '../../lib/fields.ts';
import { type Shape, sizeOf, type Tensor } from '../../tensor/types.ts';
import { axisField, sampleAxis } from '../axes.ts';
import { LayerError, layer, only } from '../layer.ts';
import { epsilonField, learned, learnedFields, learnedKeras, standardized } from './scaleAndOffset.ts';

export const groupNormalization = layer({
  id: 'groupNormalization',
  title: 'GroupNormalization',
  family: 'normalization',
  keepsShape: true,
  sight: 'all',
  help: {
    text: 'Splits the channels of every sample into groups and brings each group, over the whole image, to mean 0 and variance 1; then the network chooses scale (gamma) and offset (beta) for every channel. Unlike BatchNormalization it also works with tiny batches. One group looks at all channels together, as many groups as channels at each alone.',
    formula: 'y = gamma · (x − mean) / √(variance + epsilon) + beta, mean and variance within a group',
    source: 'https://keras.io/api/layers/normalization_layers/group_normalization/',
  },
  synonyms: ['groupnorm', 'gn', 'instance normalization', 'norm', 'standardize'],
  fields: {
    groups: integer({
      label: 'Groups',
      help: 'Into how many groups the channels are split; it must divide their number.',
      min: 1,
      max: 100_000,
      sliderMax: 64,
      default: 32,
    }),
    axis: axisField('The axis of the channels.'),
    epsilon: epsilonField(0.001),
    ...learnedFields,
  },
  inputs: 1,
  masking: 'keeps',
  describe: (p) => `${p.groups} ${p.groups === 1 ? 'group' : 'groups'}`,
  lower(context, inputs, p) {
    const input = only(inputs);
    const axis = sampleAxis(input, p.axis);
    const channels = input.shape[axis] as number;
    if (channels % p.groups !== 0) throw doNotDivide(channels, p.groups);
    const weights = learned(context, [channels], [p.groups, channels / p.groups, 1], p);
    const grouped = context.builder.reshape(input, { shape: split(input, axis, p.groups) });
    return context.builder.reshape(standardized(context.builder, grouped, [1, 3, 4], { ...weights, epsilon: p.epsilon }), { shape: input.shape });
  },
  keras: { className: 'GroupNormalization', ...learnedKeras },
});

/** [batch, what stands before, groups, channels of a group, what stands after]. */
const split = ({ shape }: Tensor, axis: number, groups: number): Shape => [
  shape[0] as number,
  sizeOf(shape.slice(1, axis)),
  groups,
  (shape[axis] as number) / groups,
  sizeOf(shape.slice(axis + 1)),
];

/** The largest number of groups, at most the wanted one, that divides the channels. */
function fitting(channels: number, groups: number): number {
  let best = Math.min(groups, channels);
  while (channels % best !== 0) best--;
  return best;
}

const doNotDivide = (channels: number, groups: number) =>
  new LayerError({
    code: 'groups',
    input: 0,
    parameter: 'groups',
    what: `${groups} groups cannot share the input’s ${channels} ${channels === 1 ? 'channel' : 'channels'} evenly.`,
    why: 'Every group takes an equal part of the channels.',
    repairs: [{ label: `Set groups to ${fitting(channels, groups)}`, parameters: { groups: fitting(channels, groups) } }],
  });
