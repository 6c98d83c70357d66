// Has the open network measured: once it is whole, its data is here, no run goes on, and nothing was changed for a moment.

import { useEffect } from 'react';
import {
  askForecast,
  dropForecast,
  isForecast,
  useActiveAnalysis,
  useActiveDataset,
  useActiveNetwork,
  useConnection,
  useIsTraining,
  useSession,
  useTrainingSettings,
} from '../state/index.ts';

/** Milliseconds without a change after which one may be thinking. */
const moment = 1500;

export function useForecasting(): void {
  const network = useActiveNetwork();
  const analysis = useActiveAnalysis();
  const dataset = useActiveDataset();
  const settings = useTrainingSettings();
  const isWanted = useSession((state) => state.forecasts);
  const isConnected = useConnection() === 'connected';
  const isTraining = useIsTraining();
  const isWhole = network !== null && dataset?.available === true && analysis.problems.every(({ severity }) => severity !== 'error');
  const canAsk = isWanted && isConnected && isWhole && !isTraining;
  // biome-ignore lint/correctness/useExhaustiveDependencies: moved or renamed layers make another network, but the same analysis: nothing new to ask
  useEffect(() => {
    const question = network && dataset && isWhole ? { network, analysis, dataset: dataset.id, settings } : null;
    if (question && isForecast(question)) return;
    dropForecast();
    if (!question || !canAsk) return;
    const timer = setTimeout(() => void askForecast(question), moment);
    return () => clearTimeout(timer);
  }, [analysis, dataset?.id, settings, canAsk, isWhole]);
}
