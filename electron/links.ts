// The only places outside that the app opens. A page may ask for an address, but it is looked up here, so no text from a project can name one.

import { layers } from '../shared/layers/index.ts';

/** Links of the help menu, by id. */
export const links = {
  keras: 'https://keras.io/api/layers/',
  mnist: 'https://keras.io/api/datasets/mnist/',
  onnxruntime: 'https://onnxruntime.ai/docs/',
} as const;
export type LinkId = keyof typeof links;

const allowed: ReadonlySet<string> = new Set([...Object.values(links), ...Object.values(layers).flatMap(({ help }) => help.source ?? [])]);

/** Whether it is one of the addresses that the menu or a layer's help names, to the letter. */
export function isKnownLink(address: string): boolean {
  return allowed.has(address);
}
