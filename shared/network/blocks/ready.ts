// What a ready block is: a part of a network that people use again and again, drawn for the shape it is put behind. Not placed here: place.ts.

import { formatShape, type Shape } from '../../tensor/types.ts';
import type { Placed } from '../templates/template.ts';

/** Sizes without the batch axis: rows × columns × channels, steps × features, or anything that ends in features. */
const ranks = { images: [3], sequences: [2], features: [1, 2, 3, 4] } as const;
const words = { images: 'images (rows × columns × channels)', sequences: 'sequences (steps × features)', features: 'features' } as const;

export interface ReadyBlock {
  /** As definitions' ids begin: `residual`. */
  readonly id: string;
  readonly title: string;
  /** One or two sentences: what it does, and what for. */
  readonly about: string;
  /** Other words it is found by. */
  readonly synonyms: readonly string[];
  readonly takes: keyof typeof ranks;
  /** The shape it is drawn for where what comes in is not known. */
  readonly usual: Shape;
  /** Where rows and columns must be even. */
  readonly halves?: true;
  /** Its layers; the first is where data enters, and is called `in`. */
  layers(channels: number): readonly Placed[];
}

export const channelsOf = (shape: Shape): number => shape.at(-1) ?? 1;

/** Null where the block can stand behind that shape; else why not. */
export function refusalOf({ takes, halves }: ReadyBlock, shape: Shape): string | null {
  if (!(ranks[takes] as readonly number[]).includes(shape.length)) return `It takes ${words[takes]}; what comes in is ${formatShape(shape)}.`;
  if (halves && shape.slice(0, 2).some((size) => size % 2 !== 0))
    return `It halves rows and columns and doubles them again: both must be even; what comes in is ${formatShape(shape)}.`;
  return null;
}
