// What a training with these settings would take, among the settings that decide it.

import { useForecast } from '../state/index.ts';
import { t } from '../text/text.ts';
import { formatBytes, formatSeconds } from '../ui/format.ts';
import { forecastInFull, forecastInShort, measuredHow } from './forecastWords.ts';
import styles from './TrainingDock.module.css';

export function ForecastPart() {
  const state = useForecast();
  if (state.kind !== 'known') {
    return (
      <p className={styles.hint}>
        {forecastInShort(state)}. {forecastInFull(state)}
      </p>
    );
  }
  const { forecast } = state;
  const rows: readonly (readonly [string, string, string?])[] = [
    [t('Time per epoch'), `≈ ${formatSeconds(forecast.secondsPerEpoch)}`],
    [t('All epochs'), `≈ ${formatSeconds(forecast.secondsPerEpoch * forecast.epochs)}`],
    [t('Trainer memory'), `≈ ${formatBytes(forecast.peakMemory)}`],
    [t('Weights and optimizer'), formatBytes(forecast.stateBytes)],
    [t('Values in a step'), formatBytes(forecast.valueBytes)],
    [t('Engine'), forecast.engineTitle, forecast.device.toUpperCase()],
  ];
  return (
    <section className={styles.wide} aria-label={t('Forecast')}>
      <dl className={styles.facts}>
        {rows.map(([name, value, unit]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              {value} {unit && <small>{unit}</small>}
            </dd>
          </div>
        ))}
      </dl>
      <p className={styles.hint}>
        {measuredHow(forecast)} {t('The two rows below the memory are computed from the program.')}
      </p>
    </section>
  );
}
