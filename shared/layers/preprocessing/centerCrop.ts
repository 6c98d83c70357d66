// CenterCrop: the middle of an image.

import type { Builder } from '../../tensor/builder.ts';
import type { Tensor } from '../../tensor/types.ts';
import { imagesOf } from './augmenting.ts';
import { cutOut, type Frame, frameFields, inProportion, resizedTo } from './frames.ts';
import { layer } from '../layer.ts';
import { pairWords } from '../windows.ts';

export const centerCrop = layer({
  id: 'centerCrop',
  title: 'CenterCrop',
  family: 'core',
  group: 'images',
  help: {
    text: 'Cuts the middle out of every image. An image that is smaller than that in one direction is cut to the same proportions and enlarged. It learns nothing.',
    formula: 'y = x[⌊(rows − height) / 2⌋ …, ⌊(columns − width) / 2⌋ …]',
    source: 'https://keras.io/api/layers/preprocessing_layers/image_preprocessing/center_crop/',
  },
  synonyms: ['preprocessing', 'cut', 'middle', 'image'],
  fields: frameFields,
  inputs: 1,
  naturalRank: 3,
  describe: (p) => pairWords([p.height, p.width]),
  lower: ({ builder }, inputs, p) => middle(builder, imagesOf(inputs), p),
  keras: { className: 'CenterCrop', extra: { data_format: 'channels_last' } },
});

function middle(builder: Builder, images: Tensor, frame: Frame): Tensor {
  const [, rows = 1, columns = 1] = images.shape;
  if (rows < frame.height || columns < frame.width) return resizedTo(builder, inProportion(builder, images, frame), frame, 'bilinear');
  return cutOut(builder, images, Math.floor((rows - frame.height) / 2), Math.floor((columns - frame.width) / 2), frame);
}
