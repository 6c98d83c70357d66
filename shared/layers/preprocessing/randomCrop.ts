// RandomCrop: another part of the images at every training step. When predicting it takes the middle, as Keras' documentation says;
// Keras 3.15 itself leaves images whole there, so that layers behind it do not fit.

import type { Tensor } from '../../tensor/types.ts';
import { augmentingExtra, imagesOf } from './augmenting.ts';
import { cutOut, type Frame, frameFields, inProportion, proportionalPart, resizedTo } from './frames.ts';
import { type LayerContext, layer } from '../layer.ts';
import { lookedUp } from './pixels.ts';
import { pairWords } from '../windows.ts';

export const randomCrop = layer({
  id: 'randomCrop',
  title: 'RandomCrop',
  family: 'core',
  group: 'images',
  help: {
    text: 'While training, cuts a part out of the images, at another place in every step (the same for all images of a batch), reproducibly from the run’s seed. When predicting it takes the largest part from the middle that has the same proportions and brings it to the size.',
    formula: 'y = x[top …, left …], top ~ U{0 … rows − height}, left ~ U{0 … columns − width}',
    source: 'https://keras.io/api/layers/preprocessing_layers/image_augmentation/random_crop/',
  },
  synonyms: ['augmentation', 'cut', 'part', 'image'],
  fields: frameFields,
  inputs: 1,
  naturalRank: 3,
  describe: (p) => pairWords([p.height, p.width]),
  lower(context, inputs, frame) {
    const images = imagesOf(inputs);
    const [, rows = 1, columns = 1] = images.shape;
    if (!context.training) return resizedTo(context.builder, inProportion(context.builder, images, frame), frame, 'bilinear');
    return rows > frame.height && columns > frame.width ? somewhere(context, images, frame) : asFarAsItReaches(context, images, frame);
  },
  // Keras writes a seed that it drew itself; ours comes from the run.
  keras: { className: 'RandomCrop', extra: augmentingExtra, toConfig: () => ({ seed: null }), fromConfig: () => ({}) },
});

/** Where images are no larger than the part: what there is of it from the edge of the middle on, brought to the size. */
function asFarAsItReaches({ builder }: LayerContext, images: Tensor, frame: Frame): Tensor {
  const [, rows = 1, columns = 1] = images.shape;
  const { top, left } = proportionalPart(images, frame);
  const part = { height: Math.min(frame.height, rows - top), width: Math.min(frame.width, columns - left) };
  return resizedTo(builder, cutOut(builder, images, top, left, part), frame, 'bilinear');
}

function somewhere(context: LayerContext, images: Tensor, { height, width }: Frame): Tensor {
  const { builder } = context;
  const [, rows = 1, columns = 1] = images.shape;
  const places = (length: number, part: number, shape: readonly number[]) => {
    const start = builder.floor(builder.multiply(context.random('uniform', [1, 1, 1]), builder.constant(length - part + 1)));
    return builder.add(
      start,
      builder.constant(
        Float32Array.from({ length: part }, (_, i) => i),
        shape,
      ),
    );
  };
  const row = places(rows, height, [1, height, 1]);
  return lookedUp(builder, images, { row, column: places(columns, width, [1, 1, width]) }, { fillMode: 'nearest', fillValue: 0, interpolation: 'nearest' });
}
