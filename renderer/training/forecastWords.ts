// A forecast in words: short for the status bar, and how it was measured. Says “≈”: the next minute's machine may be busier.

import type { Forecast } from '../../shared/protocol/contract.ts';
import type { ForecastState } from '../state/index.ts';
import { t } from '../text/text.ts';
import { formatBytes, formatCount, formatSeconds } from '../ui/format.ts';

/** `≈ 12 s per epoch, 310 MiB, ONNX Runtime`. */
export function forecastInShort(state: ForecastState): string {
  if (state.kind === 'measuring') return t('Measuring an epoch');
  // What does not fit into memory says how much it would take: the first of its sentences.
  if (state.kind === 'failed') return state.code === 'forecast-too-large' ? (t(state.reason).split('. ')[0] ?? '') : t('No forecast');
  if (state.kind === 'none') return t('Time per epoch not measured yet');
  const { secondsPerEpoch, peakMemory, engineTitle } = state.forecast;
  return t`≈ ${formatSeconds(secondsPerEpoch)} per epoch, ${formatBytes(peakMemory)}, ${engineTitle}`;
}

/** How steps were timed. */
export function measuredHow({ stepsMeasured, batchSize, stepSeconds }: Forecast): string {
  return t`From ${formatCount(stepsMeasured)} steps of ${formatCount(batchSize)} samples on this machine, ${formatSeconds(stepSeconds)} each.`;
}

/** What the number in the status bar is made of, for a tooltip. */
export function forecastInFull(state: ForecastState): string {
  if (state.kind === 'measuring') return t('A few steps are done to see how long an epoch takes. A change or a run ends that.');
  if (state.kind === 'failed') return t(state.reason);
  if (state.kind === 'none') return t('Measured when the network has no problems, its data is here, no run goes on, and nothing was changed for a moment.');
  const { forecast } = state;
  return [
    measuredHow(forecast),
    t`${formatCount(forecast.stepsPerEpoch)} steps an epoch, and its validation.`,
    t`Memory: what the trainer’s process held at most, measured.`,
    t`Computed from the program: ${formatBytes(forecast.stateBytes)} of weights and optimizer state, ${formatBytes(forecast.valueBytes)} of values in a step.`,
  ].join(' ');
}
