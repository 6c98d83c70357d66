// The open network set against another of the project.

import { useMemo } from 'react';
import { type Comparison, compareNetworks } from '../../shared/network/compare.ts';
import type { Network } from '../../shared/network/network.ts';
import { useNetwork } from './document.ts';
import { useSession } from './session.ts';

/** What the network has otherwise than the one it is set against; null while it is set against none. */
export function useComparison(network: Network | null): Comparison | null {
  const other = useNetwork(useSession((state) => state.compareWith));
  return useMemo(() => (network && other && other.id !== network.id ? compareNetworks(other, network) : null), [network, other]);
}
