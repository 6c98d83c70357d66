// RandomFlip: every second image is mirrored while training.

import { choice } from '../../lib/fields.ts';
import type { Builder } from '../../tensor/builder.ts';
import type { Tensor } from '../../tensor/types.ts';
import { augmentingExtra, imagesOf, onlyInTraining } from './augmenting.ts';
import { layer } from '../layer.ts';
import { lookedUp } from './pixels.ts';

export const randomFlip = layer({
  id: 'randomFlip',
  title: 'RandomFlip',
  family: 'core',
  group: 'images',
  help: {
    text: `Mirrors an image with a chance of one half: left and right, top and bottom, or both at once. A mirrored cat is a cat; a mirrored digit is none. ${onlyInTraining}`,
    formula: 'y[i, j] = x[i, columns − 1 − j] with probability ½, else x[i, j]',
    source: 'https://keras.io/api/layers/preprocessing_layers/image_augmentation/random_flip/',
  },
  synonyms: ['augmentation', 'mirror', 'image', 'horizontal', 'vertical'],
  fields: {
    mode: choice({
      label: 'Mode',
      help: 'Which sides change places. With both, an image is flipped both ways or not at all.',
      choices: [
        { value: 'horizontal', label: 'left and right' },
        { value: 'vertical', label: 'top and bottom' },
        { value: 'horizontal_and_vertical', label: 'both' },
      ],
      default: 'horizontal_and_vertical',
    }),
  },
  inputs: 1,
  naturalRank: 3,
  describe: ({ mode }) => (mode === 'horizontal' ? 'horizontal' : mode === 'vertical' ? 'vertical' : 'horizontal and vertical'),
  lower(context, inputs, { mode }) {
    const images = imagesOf(inputs);
    if (!context.training) return images;
    const { builder } = context;
    const [batch = 1, rows = 1, columns = 1] = images.shape;
    const draw = context.random('uniform', [batch, 1, 1]);
    const flips = builder.cast(builder.lessEqual(draw, builder.constant(0.5)), { dtype: 'float32' });
    const places = {
      row: mirrored(builder, rows, [1, rows, 1], mode === 'horizontal' ? null : flips),
      column: mirrored(builder, columns, [1, 1, columns], mode === 'vertical' ? null : flips),
    };
    return lookedUp(builder, images, places, { fillMode: 'nearest', fillValue: 0, interpolation: 'nearest' });
  },
  keras: { className: 'RandomFlip', extra: augmentingExtra },
});

/** The places along an axis, counted from the other end where `flips` is 1. */
function mirrored(builder: Builder, length: number, shape: readonly number[], flips: Tensor | null): Tensor {
  const places = builder.constant(
    Float32Array.from({ length }, (_, i) => i),
    shape,
  );
  if (!flips) return places;
  const way = builder.subtract(builder.constant(length - 1), builder.multiply(places, builder.constant(2)));
  return builder.add(places, builder.multiply(flips, way));
}
