// Samples as they are: pictures with their labels, points in the plane, series, or rows of numbers.

import { answersEachPlace } from '../../shared/datasets/reading.ts';
import type { DatasetPreview, DatasetState } from '../../shared/protocol/contract.ts';
import { t } from '../text/text.ts';
import { formatCount } from '../ui/format.ts';
import { PictureTile } from './PictureTile.tsx';
import { PointsPlot } from './PointsPlot.tsx';
import { featureWords, isLine, labelWords, pictureSize } from './preview.ts';
import { SeriesPlots } from './SeriesPlots.tsx';
import styles from './DataView.module.css';

export interface SamplesProps {
  readonly dataset: DatasetState;
  readonly preview: DatasetPreview;
}

export function Samples({ dataset, preview }: SamplesProps) {
  const size = pictureSize(dataset.features.shape);
  if (dataset.look === 'image' && size) {
    // Where the answer is one for every pixel, it is a picture too.
    const answer = answersEachPlace(dataset) ? pictureSize(dataset.labels.shape) : null;
    return (
      <ul className={styles.tiles} aria-label={t('Samples')}>
        {preview.indices.map((index, place) => (
          <li key={index}>
            <PictureTile
              features={preview.features[place] ?? []}
              size={size}
              label={t`Sample ${formatCount(index + 1)}: ${labelWords(dataset, preview.labels[place] ?? [])}`}
            />
            {answer && <PictureTile features={preview.labels[place] ?? []} size={answer} label={t`What is asked for of sample ${formatCount(index + 1)}`} />}
            {!answer && <span>{labelWords(dataset, preview.labels[place] ?? [])}</span>}
          </li>
        ))}
      </ul>
    );
  }
  if (dataset.look === 'points' || isLine(dataset)) return <PointsPlot dataset={dataset} preview={preview} />;
  if (dataset.look === 'series') return <SeriesPlots dataset={dataset} preview={preview} />;
  return <NumberRows dataset={dataset} preview={preview} />;
}

function NumberRows({ dataset, preview }: SamplesProps) {
  return (
    <table className={styles.rows}>
      <thead>
        <tr>
          <th scope="col">{t('Sample')}</th>
          <th scope="col">{t(dataset.features.name)}</th>
          <th scope="col">{t(dataset.labels.name)}</th>
        </tr>
      </thead>
      <tbody>
        {preview.indices.map((index, place) => (
          <tr key={index}>
            <th scope="row">{formatCount(index + 1)}</th>
            <td className={dataset.features.symbols && styles.sampleText}>{featureWords(dataset, preview.features[place] ?? [])}</td>
            <td>{labelWords(dataset, preview.labels[place] ?? [])}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
