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
const apart = (group: Group, title: string, glyph: GlyphName): PaletteGroup => ({
  id: group,
  title,
  family: 'core',
  glyph,
  layers: those((layer) => layer.group === group),
});

/** In the order the palette shows them. */
export const groups: readonly PaletteGroup[] = [
  ...byFamily,
  apart('activations', 'Activations', 'activation'),
  apart('reshaping', 'Reshaping', 'reshape'),
  apart('images', 'Preprocessing', 'input'),
  apart('further', 'Further', 'core'),
];
