// One sign per family of layers, so that hue is never alone. Knows names of families and of the layers with a sign of their own.

import { cx } from './classes.ts';
import styles from './FamilyGlyph.module.css';

const paths = {
  /** An arrow into a bracket. */
  input: 'M9.5 3H13v10H9.5M2.5 8h7M6.5 5l3 3-3 3',
  /** Two units into one. */
  core: 'M3.6 5.3a1.6 1.6 0 1 0 0-3.2 1.6 1.6 0 0 0 0 3.2ZM3.6 13.9a1.6 1.6 0 1 0 0-3.2 1.6 1.6 0 0 0 0 3.2ZM12.4 9.6a1.6 1.6 0 1 0 0-3.2 1.6 1.6 0 0 0 0 3.2ZM5 4.5l6 2.8M5 11.5l6-2.8',
  /** A window on a grid. */
  convolution: 'M2.5 2.5h11v11h-11zM2.5 6.2h7.3v7.3M6.2 6.2v7.3M2.5 9.8h7.3',
  /** A large square becomes a small one. */
  pooling: 'M2.5 2.5h6v6h-6zM9.8 9.8h3.7v3.7H9.8zM10.5 4.5h3v3M13.3 4.7 9 9',
  recurrent: 'M3 8a5 5 0 0 1 8.8-3.2L13.5 6.5M13.5 2.8v3.7H9.8M13 8a5 5 0 0 1-8.8 3.2L2.5 9.5M2.5 13.2V9.5h3.7',
  /** One place that looks at several. */
  attention: 'M8 5.6a1.6 1.6 0 1 0 0-3.2 1.6 1.6 0 0 0 0 3.2ZM2.5 13.5v-2M8 13.5v-2M13.5 13.5v-2M7 5.4 2.8 10M8 5.8V10M9 5.4l4.2 4.6',
  /** A bell. */
  normalization: 'M1.5 13h13M2.5 11c2.6 0 2.6-8 5.5-8s2.9 8 5.5 8',
  /** Units, two of them crossed out. */
  regularization: 'M3.5 3.5h.1M8 3.5h.1M3.5 12.5h.1M12.5 8h.1M12.5 12.5h.1M3.5 8h.1M11 2l3 3M14 2l-3 3M6.5 6.5l3 3M9.5 6.5l-3 3',
  merge: 'M8 13.8A5.8 5.8 0 1 0 8 2.2a5.8 5.8 0 0 0 0 11.6ZM8 5.3v5.4M5.3 8h5.4',
  block: 'M2.5 5.5h8v8h-8zM5.5 5.5v-3h8v8h-3',
  /** Core layers that compute no weighted sum. */
  activation: 'M2 12h5.5L14 3.5',
  flatten: 'M2.5 3h4v4h-4zM2.5 11.5h2.2M7 11.5h2.2M11.3 11.5h2.2M8.5 5H12v3.5M10.5 7 12 8.5 13.5 7',
  reshape: 'M2.5 2.5h4v11h-4zM9 6.5h5v4H9z',
  embedding: 'M2.5 3v10M6 5v8M9.5 3v10M13 7v6',
};
export type GlyphName = keyof typeof paths;
/** The sign of a group of the palette that has one. */
const ofGroup: Readonly<Record<string, GlyphName>> = { activations: 'activation', reshaping: 'reshape' };
/** Whether there is a sign of that name. */
const isGlyph = (name: string): name is GlyphName => Object.hasOwn(paths, name);
/** A layer's own sign, or its group's; undefined where it shows its family's. */
export function glyphOf(layer: { readonly id: string; readonly group?: string } | null | undefined): GlyphName | undefined {
  if (!layer) return undefined;
  return isGlyph(layer.id) ? layer.id : ofGroup[layer.group ?? ''];
}

/** The bare sign in the current colour; an unknown family gets the one of blocks. */
export function GlyphIcon({ name }: { readonly name: string }) {
  return (
    <svg className={styles.icon} viewBox="0 0 16 16" aria-hidden>
      <path d={paths[isGlyph(name) ? name : 'block']} />
    </svg>
  );
}

export interface FamilyGlyphProps {
  /** A layer's family: its hue. */
  readonly family: string;
  /** Another sign than the family's own (the input layer). */
  readonly glyph?: GlyphName;
  readonly size?: 'small' | 'medium' | 'large';
}

/** The sign on its tinted tile. */
export function FamilyGlyph({ family, glyph, size = 'medium' }: FamilyGlyphProps) {
  return (
    <span className={cx(styles.tile, styles[size])} data-family={isGlyph(family) ? family : 'block'}>
      <GlyphIcon name={glyph ?? family} />
    </span>
  );
}
