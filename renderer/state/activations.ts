// What the layers make of the sample that is looked at: shown by its panel and on the cards. Nothing while no sample is looked at.

import { create } from 'zustand';
import { expandBlocks } from '../../shared/network/blocks.ts';
import type { Network } from '../../shared/network/network.ts';
import type { Shape } from '../../shared/tensor/types.ts';
import { prefixOf, useOpenPath } from './blockView.ts';
import { useDocument } from './document.ts';
import { useSession } from './session.ts';

export interface Activation {
  readonly shape: Shape;
  readonly values: Float32Array;
}

const useStore = create<{ readonly shown: ReadonlyMap<string, Activation> | null }>()(() => ({ shown: null }));

export const hideActivations = (): void => useStore.setState({ shown: null });
/** Shows them on the cards. @param layers by their ids in the network with its blocks laid open */
export function showActivations(network: Network, layers: readonly (Activation & { readonly node: string })[]): void {
  const shown = new Map<string, Activation>(layers.map((layer) => [layer.node, layer]));
  // A block gives what its last layer gives.
  for (const [place, [last]] of expandBlocks(network).results) {
    const found = last === undefined ? undefined : shown.get(last);
    if (found) shown.set(place, found);
  }
  useStore.setState({ shown });
}

/** What a layer of what is drawn gives; null where no sample is looked at. */
export function useActivation(id: string): Activation | null {
  const path = useOpenPath();
  const active = useSession((state) => state.activeNetwork);
  // A text, so that a card is drawn anew only where it changes.
  const prefix = useDocument(({ project }) => {
    const network = path.length === 0 ? undefined : project.networks.find(({ id: one }) => one === active);
    return network ? prefixOf(network, path) : '';
  });
  return useStore(({ shown }) => shown?.get(prefix + id) ?? null);
}
