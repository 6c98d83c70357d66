// ReLU as a layer, with its three settings: a ceiling, a slope below the threshold, and the threshold.

import { number, type Values } from '../../lib/fields.ts';
import type { Builder } from '../../tensor/builder.ts';
import type { Tensor } from '../../tensor/types.ts';
import { leak } from '../activations/pieces.ts';
import { layer, only } from '../layer.ts';

const fields = {
  maxValue: number({ label: 'Largest value', help: 'Values above become this one. 0: no limit.', min: 0, max: 1_000_000, sliderMax: 10, default: 0 }),
  negativeSlope: number({
    label: 'Negative slope',
    help: 'The slope below the threshold; 0 cuts everything off there.',
    min: 0,
    max: 100,
    sliderMax: 1,
    level: 'advanced',
    default: 0,
  }),
  threshold: number({
    label: 'Threshold',
    help: 'Where the straight line begins; below it values are cut off.',
    min: 0,
    max: 1_000_000,
    sliderMax: 2,
    level: 'advanced',
    default: 0,
  }),
};
type Parameters = Values<typeof fields>;

export const relu = layer({
  id: 'relu',
  title: 'ReLU',
  family: 'core',
  group: 'activations',
  keepsShape: true,
  sight: 'place',
  help: {
    text: 'Values below 0 become 0, the others stay: the usual activation of hidden layers. As a layer of its own it can also end at a largest value, begin at a threshold, or keep a slope below it.',
    formula: 'y = max_value if x ≥ max_value, x if x > threshold, negative_slope · (x − threshold) otherwise',
    source: 'https://keras.io/api/layers/activation_layers/relu/',
  },
  synonyms: ['activation', 'nonlinearity', 'rectifier', 'relu6'],
  fields,
  inputs: 1,
  masking: 'keeps',
  describe: (p) => {
    const parts = [p.maxValue > 0 && `up to ${p.maxValue}`, p.negativeSlope > 0 && `slope ${p.negativeSlope} below`, p.threshold > 0 && `from ${p.threshold}`];
    return parts.filter(Boolean).join(' · ') || 'max(0, x)';
  },
  lower: ({ builder }, inputs, p) => {
    const input = only(inputs);
    if (p.maxValue === 0 && p.threshold === 0) return leak(builder, input, p.negativeSlope);
    const above = upperPart(builder, input, p);
    if (p.negativeSlope === 0) return above;
    const below = builder.relu(builder.subtract(builder.constant(p.threshold), input));
    return builder.subtract(above, builder.multiply(below, builder.constant(p.negativeSlope)));
  },
  keras: {
    className: 'ReLU',
    toConfig: (p) => ({ max_value: p.maxValue === 0 ? null : p.maxValue }),
    fromConfig: ({ max_value: max = null }) => (max === 0 ? null : { maxValue: typeof max === 'number' ? max : 0 }),
  },
});

/** What is above the threshold, cut at the largest value; 0 elsewhere. */
function upperPart(builder: Builder, input: Tensor, { maxValue, threshold }: Parameters): Tensor {
  const kept =
    threshold === 0 ? builder.relu(input) : builder.multiply(input, builder.cast(builder.greater(input, builder.constant(threshold)), { dtype: 'float32' }));
  return maxValue === 0 ? kept : builder.minimum(kept, builder.constant(maxValue));
}
