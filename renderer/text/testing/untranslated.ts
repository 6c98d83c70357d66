// Layers that nobody has begun to translate: a new one needs no German to be used, its words are shown in English until somebody does. For tests only.

import { layers } from '../../../shared/layers/index.ts';
import type { AnyLayer } from '../../../shared/layers/layer.ts';
import { german } from '../de/index.ts';

/** The ids of layers whose help is not German yet. Once it is, all their words must be. */
export const untranslated: ReadonlySet<string> = new Set(
  Object.values<AnyLayer>(layers)
    .filter(({ help }) => !Object.hasOwn(german, help.text))
    .map(({ id }) => id),
);
