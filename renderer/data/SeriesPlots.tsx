// Windows of a series, each with the value that is asked for after it.

import type { DatasetPreview, DatasetState } from '../../shared/protocol/contract.ts';
import { t } from '../text/text.ts';
import { formatCount } from '../ui/format.ts';
import { labelWords } from './preview.ts';
import styles from './DataView.module.css';

const width = 260;
const height = 96;
const edge = 8;

export function SeriesPlots({ dataset, preview }: { readonly dataset: DatasetState; readonly preview: DatasetPreview }) {
  const [steps = 1, channels = 1] = dataset.features.shape;
  const all = [...preview.features.flat(), ...preview.labels.flat()];
  const low = Math.min(...all);
  const span = Math.max(...all) - low || 1;
  const toX = (step: number) => edge + (step / steps) * (width - 2 * edge);
  const toY = (value: number) => height - edge - ((value - low) / span) * (height - 2 * edge);
  return (
    <ul className={styles.series} aria-label={t('Samples')}>
      {preview.indices.map((index, place) => {
        const values = (preview.features[place] ?? []).filter((_, at) => at % channels === 0);
        const target = dataset.task === 'numbers' ? preview.labels[place]?.[0] : undefined;
        return (
          <li key={index}>
            <svg
              viewBox={`0 0 ${width} ${height}`}
              role="img"
              aria-label={t`Sample ${index}, ${dataset.labels.name} ${labelWords(dataset, preview.labels[place] ?? [])}`}
            >
              <polyline points={values.map((value, step) => `${toX(step).toFixed(1)},${toY(value).toFixed(1)}`).join(' ')} />
              {target !== undefined && <circle cx={toX(steps)} cy={toY(target)} r="3.5" />}
            </svg>
            <span>
              {t`sample ${formatCount(index + 1)} · ${dataset.labels.name}`} <b>{labelWords(dataset, preview.labels[place] ?? [])}</b>
            </span>
          </li>
        );
      })}
    </ul>
  );
}
