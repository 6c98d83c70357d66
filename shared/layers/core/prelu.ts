// PReLU: a leaky ReLU that learns its slopes. He et al., 2015.

import { optionalShape } from '../../lib/fields.ts';
import type { Shape } from '../../tensor/types.ts';
import { initializerField } from '../initializers/index.ts';
import { held, heldFields, heldKeras } from '../holding.ts';
import { LayerError, layer, only } from '../layer.ts';

export const prelu = layer({
  id: 'prelu',
  title: 'PReLU',
  family: 'core',
  group: 'activations',
  keepsShape: true,
  sight: 'place',
  help: {
    text: 'Like LeakyReLU, but the slope below 0 is learned, one for every value of a sample. Over images, sharing rows and columns leaves one slope for each channel.',
    formula: 'y = x if x > 0, alpha · x otherwise',
    source: 'https://keras.io/api/layers/activation_layers/prelu/',
  },
  synonyms: ['activation', 'nonlinearity', 'parametric relu', 'learned slope'],
  fields: {
    alphaInitializer: initializerField({ label: 'Alpha initializer', default: 'zeros', vector: true }),
    ...heldFields('alpha', 'Alpha', false),
    sharedAxes: optionalShape({
      label: 'Shared axes',
      help: 'Axes along which all values share one slope, counted from 1 after the batch. For images 1 and 2: one slope for each channel.',
      level: 'advanced',
      default: null,
    }),
  },
  inputs: 1,
  masking: 'keeps',
  describe: (p) => (p.sharedAxes ? `shared over ${p.sharedAxes.length === 1 ? 'axis' : 'axes'} ${p.sharedAxes.join(', ')}` : 'one slope for each value'),
  lower(context, inputs, p) {
    const { builder } = context;
    const input = only(inputs);
    const alpha = held(context, 'alpha', slopes(input.shape.slice(1), p.sharedAxes ?? []), p.alphaInitializer, p, 'alpha');
    return builder.subtract(builder.relu(input), builder.multiply(alpha, builder.relu(builder.negate(input))));
  },
  keras: { className: 'PReLU', ...heldKeras({ alpha: 1 }) },
});

/** One slope for each value of a sample, or one for all along a shared axis. @throws LayerError for an axis that is not there */
function slopes(sample: Shape, shared: readonly number[]): Shape {
  const missing = shared.find((axis) => axis > sample.length);
  if (missing !== undefined) {
    throw new LayerError({
      code: 'axis',
      parameter: 'sharedAxes',
      what: `Axis ${missing} cannot be shared: a sample has ${sample.length} ${sample.length === 1 ? 'axis' : 'axes'}.`,
      why: 'Axes are counted from 1, after the batch.',
      repairs: [{ label: 'Share no axis', parameters: { sharedAxes: null } }],
    });
  }
  return sample.map((size, i) => (shared.includes(i + 1) ? 1 : size));
}
