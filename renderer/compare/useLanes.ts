// The project's networks as lanes of the race, live.

import { useMemo } from 'react';
import { analysisOf, useActiveDataset, useNetworks, useRunStore } from '../state/index.ts';
import { seriesColour } from '../ui/tokens.ts';
import { type Lane, runsOfLastRace, sameNetwork } from './raceData.ts';

/** In the order of the tabs; hues go with the place. */
export function useLanes(): readonly Lane[] {
  const networks = useNetworks();
  const dataset = useActiveDataset();
  const { runs, order } = useRunStore();
  return useMemo(() => {
    const raced = runsOfLastRace(
      { runs, order },
      networks.map((network) => network.id),
    );
    return networks.map((network, index) => {
      const analysis = analysisOf(network, dataset);
      const run = raced.findLast((one) => one.networkId === network.id) ?? null;
      return {
        network,
        analysis,
        run,
        colour: seriesColour(index),
        problems: analysis.problems.filter((problem) => problem.severity === 'error'),
        changed: run?.record !== null && run?.record !== undefined && !sameNetwork(run.record.network, network),
      };
    });
  }, [networks, dataset, runs, order]);
}
