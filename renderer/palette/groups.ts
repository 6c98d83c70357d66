// The groups of the palette: the families of layers, with the long tail of Core in groups of its own. The most used stand first.

import { families, type LayerId, layerIds, layers } from '../../shared/layers/index.ts';
import type { AnyLayer, Family } from '../../shared/layers/layer.ts';
import type { GlyphName } from '../ui/FamilyGlyph.tsx';

export interface PaletteGroup {
  readonly id: string;
  readonly title: string;
  /** Its hue. */
  readonly family: Family;
  readonly glyph: GlyphName;
  readonly layers: readonly AnyLayer[];
}

const activations: readonly LayerId[] = ['relu', 'softmax', 'leakyRelu', 'prelu', 'elu'];
const reshaping: readonly LayerId[] = layerIds.filter((id) => /^(permute|repeatVector|zeroPadding|cropping|upSampling)/.test(id));
const further: readonly LayerId[] = layerIds.filter((id) => /^(expression|identity|masking|sampling|rbm)$/.test(id));
const images: readonly LayerId[] = [
  'rescaling',
  'normalization',
  'resizing',
  'centerCrop',
  'randomFlip',
  'randomRotation',
  'randomZoom',
  'randomTranslation',
  'randomContrast',
  'randomBrightness',
  'randomCrop',
];
const apart = new Set<LayerId>([...activations, ...reshaping, ...images, ...further]);
const named = (ids: readonly LayerId[]): readonly AnyLayer[] => ids.map((id) => layers[id]);

const byFamily = families.map(
  ({ id, title, layers: ids }): PaletteGroup => ({ id, title, family: id, glyph: id, layers: named(ids.filter((layer) => !apart.has(layer))) }),
);

/** In the order the palette shows them. */
export const groups: readonly PaletteGroup[] = [
  ...byFamily,
  { id: 'activations', title: 'Activations', family: 'core', glyph: 'activation', layers: named(activations) },
  { id: 'reshaping', title: 'Reshaping', family: 'core', glyph: 'reshape', layers: named(reshaping) },
  { id: 'images', title: 'Preprocessing', family: 'core', glyph: 'input', layers: named(images) },
  { id: 'further', title: 'Further', family: 'core', glyph: 'core', layers: named(further) },
];
