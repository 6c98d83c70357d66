// In which order layers are shown: what is used most comes first. A layer that is not named here stands behind those of its group, by its name.

import type { AnyLayer, Family, Group } from './layer.ts';

/** The groups in their order, each with the layers that come first in it. Names that no layer has mean nothing. */
const first: Readonly<Record<Family | Group, readonly string[]>> = {
  core: ['input', 'dense', 'activation', 'flatten', 'reshape', 'embedding'],
  activations: ['relu', 'softmax'],
  reshaping: ['permute', 'repeatVector', 'zeroPadding1d', 'zeroPadding2d', 'zeroPadding3d'],
  images: ['rescaling', 'normalization', 'resizing', 'centerCrop', 'randomFlip', 'randomRotation', 'randomZoom', 'randomTranslation', 'randomContrast'],
  further: ['expression', 'identity', 'masking', 'sampling'],
  convolution: ['conv1d', 'conv2d', 'conv3d', 'conv2dTranspose', 'conv1dTranspose', 'conv3dTranspose', 'depthwiseConv2d', 'depthwiseConv1d', 'separableConv2d'],
  pooling: [
    'maxPooling1d',
    'maxPooling2d',
    'maxPooling3d',
    'averagePooling1d',
    'averagePooling2d',
    'averagePooling3d',
    'globalMaxPooling1d',
    'globalMaxPooling2d',
    'globalMaxPooling3d',
  ],
  recurrent: ['lstm', 'gru', 'simpleRnn'],
  attention: ['multiHeadAttention', 'groupedQueryAttention', 'attention'],
  normalization: ['batchNormalization', 'layerNormalization', 'groupNormalization', 'unitNormalization'],
  regularization: ['dropout', 'spatialDropout1d', 'spatialDropout2d', 'spatialDropout3d', 'alphaDropout', 'gaussianDropout', 'gaussianNoise'],
  merge: ['add', 'subtract', 'multiply', 'average', 'maximum', 'minimum'],
};
const groups = Object.keys(first) as (Family | Group)[];
const byName = new Intl.Collator('en', { numeric: true });

/** Its place: its group's, and within that one its own; the same for all that are not named. */
function placeOf({ id, family, group }: AnyLayer): number {
  const key = group ?? family;
  const place = first[key].indexOf(id);
  return groups.indexOf(key) + (place < 0 ? 0.99 : place / 100);
}

/** The same layers, in the order in which they are shown. */
export function inOrder<const L extends Readonly<Record<string, AnyLayer>>>(layers: L): L {
  const placed = Object.entries(layers).map(([id, layer]) => ({ id, layer, place: placeOf(layer) }));
  placed.sort((a, b) => a.place - b.place || byName.compare(a.id, b.id));
  return Object.fromEntries(placed.map(({ id, layer }) => [id, layer])) as L;
}
