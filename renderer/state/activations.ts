// What the layers make of the sample that is looked at: shown by its panel and on the cards. Nothing while no sample is looked at.

import { create } from 'zustand';
import { expandBlocks } from '../../shared/network/blocks.ts';
import type { Network } from '../../shared/network/network.ts';
import type { Shape } from '../../shared/tensor/types.ts';

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

/** What a layer gives; null where no sample is looked at. @param id in the network with its blocks laid open */
export const useActivation = (id: string): Activation | null => useStore(({ shown }) => shown?.get(id) ?? null);
