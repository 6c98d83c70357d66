// A network as a small picture: boxes in rows and columns with their family and a few words. For galleries and comparisons; draws nothing itself.

import { defaults } from '../lib/fields.ts';
import { layerOf } from '../layers/index.ts';
import type { Family } from '../layers/layer.ts';
import { columnPitch, layout, rowPitch } from './layout.ts';
import type { Network, NetworkNode } from './network.ts';

export interface PictureBox {
  readonly id: string;
  /** `Dense 512`: the layer and its most telling number, if it has one. */
  readonly label: string;
  readonly kind: string;
  /** Null for a layer that is not in the list. */
  readonly family: Family | null;
  readonly row: number;
  /** The trunk is 0. */
  readonly column: number;
}
export interface Picture {
  readonly boxes: readonly PictureBox[];
  /** Pairs of boxes, from and to, by id. */
  readonly lines: readonly (readonly [string, string])[];
}

/** The number that stands first in a layer's own words: `512 units · ReLU` gives 512. */
function tellingNumber(node: NetworkNode): string {
  const layer = layerOf(node.kind);
  if (!layer) return '';
  try {
    const words = layer.describe({ ...defaults(layer.fields), ...node.parameters });
    return /^([\d,]+) [a-z]+( |$)/i.exec(words)?.[1] ?? '';
  } catch {
    return '';
  }
}

/** The picture of a network, laid out from top to bottom whatever its positions on the canvas are. */
export function pictureOf(network: Network): Picture {
  const places = layout(network);
  const boxes = network.nodes.map((node) => {
    const layer = layerOf(node.kind);
    const place = places[node.id] ?? { x: 0, y: 0 };
    const label = `${layer?.title ?? node.kind} ${tellingNumber(node)}`.trim();
    return { id: node.id, label, kind: node.kind, family: layer?.family ?? null, row: place.y / rowPitch, column: place.x / columnPitch };
  });
  const known = new Set(boxes.map((box) => box.id));
  const lines = network.edges.flatMap((edge) => (known.has(edge.source) && known.has(edge.target) ? [[edge.source, edge.target] as const] : []));
  return { boxes, lines };
}

const telling: readonly Family[] = ['recurrent', 'convolution', 'core'];

/** The family a network is known by: recurrent before convolution before core. */
export function familyOf(network: Network): Family {
  const present = new Set(network.nodes.map((node) => layerOf(node.kind)?.family));
  return telling.find((family) => present.has(family)) ?? 'core';
}
