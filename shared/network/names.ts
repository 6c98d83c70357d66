// Names of layers: unique in a network, in Keras' manner (`dense_1`), because weights and exports are found by them.

import type { Network } from './network.ts';

/** `MaxPooling2D` → `max_pooling2d`, as Keras names a layer that was given no name. */
export function snakeCase(title: string): string {
  return title
    .replace(/([A-Z]+)([A-Z][a-z]+)/g, '$1_$2')
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .replace(/[^A-Za-z0-9]+/g, '_')
    .toLowerCase();
}

/** The longest name of a layer or a block, and of a network, as files hold them. */
export const longestName = 64;
export const longestTitle = 100;

/** What a text begins with, no longer than that; no sign is cut in two. */
const cut = (text: string, most: number): string => (text.length <= most ? text : text.slice(0, most).replace(/[\uD800-\uDBFF]$/, ''));

/** The first of `stem_1`, `stem_2`, … that is not taken. */
function numberedName(names: readonly string[], stem: string): string {
  const taken = new Set(names);
  const numbered = (number: number) => `${cut(stem, longestName - `_${number}`.length)}_${number}`;
  let number = 1;
  while (taken.has(numbered(number))) number++;
  return numbered(number);
}

const namesIn = ({ nodes }: Network): string[] => nodes.map(({ name }) => name);

/** A name for a new layer of that kind: `dense_1`. */
export const nextName = (network: Network, layer: { readonly title: string }): string => numberedName(namesIn(network), snakeCase(layer.title));

/** The wanted name, or, where it is taken, the same stem with the next free number. */
export const freeName = (network: Network, wanted: string): string => freeNameAmong(namesIn(network), wanted);

/** The same where other names than a network's layers are taken. */
export function freeNameAmong(taken: readonly string[], wanted: string): string {
  return taken.includes(wanted) ? numberedName(taken, wanted.replace(/_\d+$/, '')) : wanted;
}

/** `wanted`, or `wanted 2`, `wanted 3`, …: for networks, whose names are titles. */
export function freeTitle(taken: readonly string[], wanted: string): string {
  if (!taken.includes(wanted)) return wanted;
  const stem = wanted.replace(/ \d+$/, '');
  const numbered = (number: number) => `${cut(stem, longestTitle - ` ${number}`.length)} ${number}`;
  let number = 2;
  while (taken.includes(numbered(number))) number++;
  return numbered(number);
}
