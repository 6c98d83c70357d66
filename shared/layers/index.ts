// All layers, by their id and by family. The list is in plain.ts; those that hold another layer are added here.

import { bidirectional } from './recurrent/bidirectional.ts';
import type { AnyLayer, Family } from './layer.ts';
import { inOrder } from './order.ts';
import * as plain from './plain.ts';
import { timeDistributed } from './recurrent/timeDistributed.ts';

/** In the order a palette shows them, within their families. */
export const layers = inOrder({ ...plain, bidirectional, timeDistributed });

export type LayerId = keyof typeof layers;
export const layerIds = Object.keys(layers) as readonly LayerId[];

const familyTitles = {
  core: 'Core',
  convolution: 'Convolution',
  pooling: 'Pooling',
  recurrent: 'Recurrent',
  attention: 'Attention',
  normalization: 'Normalization',
  regularization: 'Regularization',
  merge: 'Merge',
} as const satisfies Readonly<Record<Family, string>>;

/** The families in the order a palette shows them, each with its layers. */
export const families = (Object.keys(familyTitles) as Family[]).map((id) => ({
  id,
  title: familyTitles[id],
  layers: layerIds.filter((layer) => layers[layer].family === id),
}));

/** The layer of that id; undefined for one this version does not know (a document may hold such). */
export const layerOf = (id: string): AnyLayer | undefined => (Object.hasOwn(layers, id) ? layers[id as LayerId] : undefined);
