// The groups of the palette: the families of layers, with the long tail of Core in groups of its own. The most used stand first.

import { families, layerIds, layers } from '../../shared/layers/index.ts';
import type { AnyLayer, Family, Group } from '../../shared/layers/layer.ts';
import type { GlyphName } from '../ui/FamilyGlyph.tsx';

export interface PaletteGroup {
  readonly id: string;
  readonly title: string;
  /** Its hue. */
  readonly family: Family;
  readonly glyph: GlyphName;
  readonly layers: readonly AnyLayer[];
}

const those = (is: (layer: AnyLayer) => boolean): readonly AnyLayer[] => layerIds.map((id): AnyLayer => layers[id]).filter(is);

const byFamily = families.map(
  ({ id, title }): PaletteGroup => ({ id, title, family: id, glyph: id, layers: those((layer) => layer.family === id && layer.group === undefined) }),
);
const apart = (group: Pick<PaletteGroup, 'title' | 'glyph'> & { readonly id: Group }): PaletteGroup => ({
  ...group,
  family: 'core',
  layers: those((layer) => layer.group === group.id),
});

/** In the order the palette shows them. */
export const groups: readonly PaletteGroup[] = [
  ...byFamily,
  apart({ id: 'activations', title: 'Activations', glyph: 'activation' }),
  apart({ id: 'reshaping', title: 'Reshaping', glyph: 'reshape' }),
  apart({ id: 'images', title: 'Preprocessing', glyph: 'input' }),
  apart({ id: 'further', title: 'Further', glyph: 'core' }),
];
