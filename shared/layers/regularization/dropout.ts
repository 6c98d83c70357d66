// Dropout: some values are silenced at random while training.

import { optionalShape } from '../../lib/fields.ts';
import { formatShape, type Shape, type Tensor } from '../../tensor/types.ts';
import { LayerError, layer, only } from '../layer.ts';
import { dropped, rateField } from './noise.ts';

export const dropout = layer({
  id: 'dropout',
  title: 'Dropout',
  family: 'regularization',
  keepsShape: true,
  sight: 'place',
  help: {
    text: 'While training, sets a random share of the values to 0 and enlarges the others so that their sum stays the same on average. No unit can rely on a single other one, which works against memorizing. When predicting it does nothing.',
    formula: 'y = x · mask / (1 − rate), each mask value 0 with probability rate',
    source: 'https://keras.io/api/layers/regularization_layers/dropout/',
  },
  synonyms: ['regularization', 'overfitting', 'noise'],
  fields: {
    rate: rateField('The share of values that is dropped.', 0.5),
    noiseShape: optionalShape({
      label: 'Noise shape',
      help: 'The sizes of what is drawn for a sample: 1 where one draw serves a whole axis, −1 as the axis is. 1 × 1 × 1 drops whole images, as in residual branches (stochastic depth). Automatic: every value for itself.',
      level: 'advanced',
      allowUnknown: true,
      default: null,
    }),
  },
  inputs: 1,
  masking: 'keeps',
  describe: (p) => [`rate ${p.rate}`, p.noiseShape && `noise ${formatShape(p.noiseShape)}`].filter(Boolean).join(' · '),
  lower(context, inputs, p) {
    const input = only(inputs);
    const noise = p.noiseShape ? noiseOf(input, p.noiseShape) : input.shape;
    return context.training && p.rate > 0 ? dropped(context, input, noise, p.rate) : input;
  },
  keras: {
    className: 'Dropout',
    toConfig: ({ noiseShape }) => ({ noise_shape: noiseShape ? [null, ...noiseShape.map((size) => (size === -1 ? null : size))] : undefined }),
    fromConfig({ noise_shape: shape = null }) {
      if (shape === null) return { noiseShape: null };
      const [batch, ...sample] = (Array.isArray(shape) ? shape : [0]) as readonly (number | null)[];
      // One draw for several samples is another thing.
      return batch === null ? { noiseShape: sample.map((size) => size ?? -1) } : null;
    },
  },
});

/** The shape of what is drawn. @throws LayerError where it does not stretch over the input */
function noiseOf({ shape: [batch = 1, ...sample] }: Tensor, noise: readonly number[]): Shape {
  const fits = noise.length === sample.length && noise.every((size, i) => size === 1 || size === -1 || size === sample[i]);
  if (fits) return [batch, ...noise.map((size, i) => (size === -1 ? (sample[i] as number) : size))];
  throw new LayerError({
    code: 'noise-shape',
    input: 0,
    parameter: 'noiseShape',
    what: `Its noise shape ${formatShape(noise)} does not stretch over ${formatShape(sample)}.`,
    why: 'Each size is that of the input’s axis, or 1 where one draw serves all of it.',
    repairs: [{ label: 'Draw for every value', parameters: { noiseShape: null } }],
  });
}
