// RandomZoom: images are seen from nearer or farther while training.

import { boolean, number } from '../../lib/fields.ts';
import type { Tensor } from '../../tensor/types.ts';
import { augmentingExtra, bothSides, drawn, imagesOf, lookingFields, onlyInTraining, rangeOfKeras, rangeWords } from './augmenting.ts';
import { type LayerContext, layer } from '../layer.ts';
import { affinePlaces, lookedUp } from './pixels.ts';

const share = { min: -1, exclusiveMin: true, max: 1 };
const nearer = 'Below 0 the image comes nearer, above 0 it moves away; Keras’ height and width factor.';

export const randomZoom = layer({
  id: 'randomZoom',
  title: 'RandomZoom',
  family: 'core',
  group: 'images',
  help: {
    text: `Shows every image larger or smaller by a random share: −0.2 brings it a fifth nearer, 0.2 moves it as much away. ${onlyInTraining}`,
    formula: 'zoom = 1 + U(lower, upper);  y[i, j] = x[centre + zoom · ([i, j] − centre)]',
    source: 'https://keras.io/api/layers/preprocessing_layers/image_augmentation/random_zoom/',
  },
  synonyms: ['augmentation', 'scale', 'magnify', 'image'],
  fields: {
    heightLower: number({ ...share, label: 'Height from', help: nearer, default: -0.1 }),
    heightUpper: number({ ...share, label: 'Height to', help: nearer, default: 0.1 }),
    keepAspect: boolean({ label: 'Same both ways', help: 'Widths follow the heights, so that nothing is stretched.', default: true }),
    widthLower: number({ ...share, label: 'Width from', help: 'As for heights, where they do not follow them.', level: 'advanced', default: -0.1 }),
    widthUpper: number({ ...share, label: 'Width to', help: 'As for heights, where they do not follow them.', level: 'advanced', default: 0.1 }),
    ...lookingFields,
  },
  inputs: 1,
  naturalRank: 3,
  describe: (p) => rangeWords(p.heightLower, p.heightUpper) + (p.keepAspect ? '' : ` · ${rangeWords(p.widthLower, p.widthUpper)}`),
  lower(context, inputs, p) {
    const images = imagesOf(inputs);
    if (!context.training) return images;
    const { builder } = context;
    const [batch = 1, rows = 1, columns = 1] = images.shape;
    const zoom = (lower: number, upper: number) => drawn(context, [batch, 1, 1], [1 + lower, 1 + upper]);
    const height = zoom(p.heightLower, p.heightUpper);
    const width = p.keepAspect ? height : zoom(p.widthLower, p.widthUpper);
    const none = builder.constant(0);
    const affine = {
      column: [width, none, aroundCentre(context, columns, width)],
      row: [none, height, aroundCentre(context, rows, height)],
    } as const;
    return lookedUp(builder, images, affinePlaces(builder, rows, columns, affine), p);
  },
  keras: {
    className: 'RandomZoom',
    extra: augmentingExtra,
    toConfig: (p) => ({
      height_lower: undefined,
      height_upper: undefined,
      width_lower: undefined,
      width_upper: undefined,
      keep_aspect: undefined,
      height_factor: [p.heightLower, p.heightUpper],
      width_factor: p.keepAspect ? null : [p.widthLower, p.widthUpper],
    }),
    fromConfig({ height_factor, width_factor }) {
      const height = rangeOfKeras(height_factor, bothSides);
      const width = width_factor === null || width_factor === undefined ? height : rangeOfKeras(width_factor, bothSides);
      if (!height || !width) return null;
      const widths = width === height ? {} : { widthLower: width[0], widthUpper: width[1] };
      return { heightLower: height[0], heightUpper: height[1], keepAspect: width === height, ...widths };
    },
  },
});

/** The shift that keeps the centre of an axis in its place. */
function aroundCentre({ builder }: LayerContext, length: number, zoom: Tensor): Tensor {
  return builder.multiply(builder.constant((length - 1) / 2), builder.subtract(builder.constant(1), zoom));
}
