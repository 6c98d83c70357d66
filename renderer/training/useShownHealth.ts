// Shows how the layers of a run do on the cards of its network: while it goes on, and while somebody looks at its layers. Only where the network
// is still the one that was trained.

import { useEffect } from 'react';
import { meaningOf } from '../../shared/network/meaning.ts';
import type { Network } from '../../shared/network/network.ts';
import type { RunSnapshot } from '../../shared/protocol/contract.ts';
import { isBusy, showHealth, useActiveNetwork } from '../state/index.ts';
import { healthOf } from './runData.ts';

const isSame = (one: Network, other: Network): boolean => JSON.stringify(meaningOf(one)) === JSON.stringify(meaningOf(other));

/** @param isLookedAt whether the page of its layers is open */
export function useShownHealth(run: RunSnapshot | null, isLookedAt: boolean): void {
  const network = useActiveNetwork();
  const trained = run?.record?.network;
  const isWanted = run !== null && (isBusy(run) || isLookedAt);
  const health = isWanted ? healthOf(run)?.health : undefined;
  useEffect(() => {
    const fits = health !== undefined && network !== null && trained !== undefined && isSame(network, trained);
    showHealth(fits ? health : null);
    return () => showHealth(null);
  }, [health, network, trained]);
}
