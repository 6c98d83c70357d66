// Points in the plane, coloured and marked by class.

import { classesOf } from '../../shared/datasets/reading.ts';
import type { DatasetPreview, DatasetState } from '../../shared/protocol/contract.ts';
import { t } from '../text/text.ts';
import { formatNumber } from '../ui/format.ts';
import { seriesColour } from '../ui/tokens.ts';
import { classCounts, isLine } from './preview.ts';
import styles from './DataView.module.css';

const side = 400;
const edge = 24;

export function PointsPlot({ dataset, preview }: { readonly dataset: DatasetState; readonly preview: DatasetPreview }) {
  const ofNumbers = isLine(dataset);
  const points = preview.features.map(([x = 0, y = 0], index) => {
    const label = preview.labels[index] ?? [];
    const [sort = 0] = ofNumbers ? [0] : classesOf(dataset, label);
    return { x, y: ofNumbers ? (label[0] ?? 0) : y, sort, index: preview.indices[index] ?? index };
  });
  const reach = Math.max(...points.flatMap(({ x, y }) => [Math.abs(x), Math.abs(y)]), 1e-9) * 1.06;
  const low = points.every(({ x, y }) => x >= 0 && y >= 0) ? -reach * 0.08 : -reach;
  const to = (value: number) => edge + ((value - low) / (reach - low)) * (side - 2 * edge);
  return (
    <figure className={styles.plane}>
      <svg viewBox={`0 0 ${side} ${side}`} role="img" aria-label={t`${points.length} samples of ${dataset.title} as points`}>
        <path className={styles.axes} d={`M${to(low)} ${side - to(0)}H${to(reach)}M${to(0)} ${side - to(low)}V${side - to(reach)}`} />
        <text x={side - edge} y={side - to(0) - 5} textAnchor="end">
          {formatNumber(reach, 2)}
        </text>
        {points.map(({ x, y, sort, index }) => (
          <path key={index} className={styles.point} d={markAt(sort, to(x), side - to(y))} fill={`var(${seriesColour(sort)})`} />
        ))}
      </svg>
      <figcaption>
        {ofNumbers && t`${dataset.features.name} to the right, ${dataset.labels.name} upwards`}
        {(ofNumbers ? [] : classCounts(dataset, preview)).map((one, sort) => (
          <span key={t(one.name)}>
            <svg viewBox="0 0 10 10" aria-hidden>
              <path d={markAt(sort, 5, 5)} fill={`var(${seriesColour(sort)})`} />
            </svg>
            {t(one.name)}
          </span>
        ))}
      </figcaption>
    </figure>
  );
}

/** A circle, a square, a triangle or a diamond: hue is not alone. */
function markAt(sort: number, x: number, y: number): string {
  const shapes = [
    `M${x - 3.2} ${y}a3.2 3.2 0 1 0 6.4 0a3.2 3.2 0 1 0 -6.4 0Z`,
    `M${x - 2.8} ${y - 2.8}h5.6v5.6h-5.6Z`,
    `M${x} ${y - 3.8}l3.6 6.4h-7.2Z`,
    `M${x} ${y - 4}l4 4l-4 4l-4 -4Z`,
  ];
  return shapes[sort % shapes.length] ?? '';
}
