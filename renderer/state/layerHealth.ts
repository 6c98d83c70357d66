// How the layers of a run do, while somebody looks at that run: shown on the cards of the network it trains. Nothing else is known here.

import { create } from 'zustand';
import { type HealthVerdict, type LayerHealth, largestGradient, type NetworkHealth, timesSmaller, verdictOf } from '../../shared/training/health.ts';

export interface ShownHealth extends LayerHealth {
  readonly verdict: HealthVerdict;
  /** How many times smaller its gradient is than the largest of the network. */
  readonly smaller: number;
}

const useStore = create<{ readonly shown: ReadonlyMap<string, ShownHealth> | null }>()(() => ({ shown: null }));

/** Every layer beside the others, in the order of computation. */
export function judged(health: NetworkHealth): ReadonlyMap<string, ShownHealth> {
  const largest = largestGradient(health);
  const besides = (layer: LayerHealth) => ({ ...layer, smaller: timesSmaller(layer.gradient, largest), verdict: verdictOf(layer, largest) });
  return new Map(Object.entries(health).map(([id, layer]) => [id, besides(layer)]));
}

/** Shows them on the cards; null: no longer. */
export const showHealth = (health: NetworkHealth | null): void => useStore.setState({ shown: health && judged(health) });

/** How a layer does; null where nothing is shown of it. @param id in the network with its blocks laid open */
export const useHealth = (id: string): ShownHealth | null => useStore(({ shown }) => shown?.get(id) ?? null);
