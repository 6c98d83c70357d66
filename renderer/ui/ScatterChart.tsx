// Points with names: one measure against another (accuracy against cost). Each has its own mark, so that hue is not alone.

import type { CSSProperties } from 'react';
import styles from './Charts.module.css';
import { formatNumber } from './format.ts';
import { evenly, spread } from './linePlot.ts';
import { useSize } from './useSize.ts';

export interface ScatterPoint {
  readonly id: string;
  readonly label: string;
  readonly x: number;
  readonly y: number;
  /** Half the height of the bar through the point: its standard error. */
  readonly error?: number;
  /** A token's name. */
  readonly colour: string;
}
export interface ScatterChartProps {
  readonly label: string;
  readonly points: readonly ScatterPoint[];
  readonly xLabel: string;
  readonly logX?: boolean;
  /** The axis goes no further (a share ends at 1). */
  readonly maxY?: number;
  readonly formatX?: (x: number) => string;
  readonly formatY?: (y: number) => string;
}

const margin = { left: 46, right: 64, top: 12, bottom: 38 };

/** Fills its parent, which gives it a height. */
export function ScatterChart({
  label,
  points,
  xLabel,
  logX = false,
  maxY = Number.POSITIVE_INFINITY,
  formatX = formatNumber,
  formatY = formatNumber,
}: ScatterChartProps) {
  const { ref, size } = useSize<HTMLDivElement>();
  const inner = { width: size.width - margin.left - margin.right, height: size.height - margin.top - margin.bottom };
  const xAxis = logX ? logAxis(points.map((point) => point.x)) : linearAxis(points.map((point) => point.x));
  const yAxis = linearAxis(
    points.flatMap((point) => [point.y - (point.error ?? 0), point.y + (point.error ?? 0)]),
    maxY,
  );
  const yTexts = evenly(yAxis.ticks.map((tick) => formatY(tick)));
  const place = (value: number, axis: Axis): number => (axis.scale(value) - axis.scale(axis.low)) / (axis.scale(axis.high) - axis.scale(axis.low) || 1);
  const toX = (x: number) => margin.left + place(x, xAxis) * inner.width;
  const toY = (y: number) => margin.top + (1 - place(y, yAxis)) * inner.height;
  const labels = spread(
    points.map((point) => ({ point, y: toY(point.y) })),
    13,
    margin.top,
    size.height - margin.bottom,
  );
  const summary = `${label}. ${points.map((point) => `${point.label}: ${formatX(point.x)}, ${formatY(point.y)}`).join('; ')}`;
  return (
    <div ref={ref} className={styles.plot}>
      {inner.width > 0 && inner.height > 0 && (
        <svg className={styles.scatter} width={size.width} height={size.height} role="img" aria-label={summary}>
          {yAxis.ticks.map((tick, index) => (
            <g key={tick}>
              <line className={styles.grid} x1={margin.left} x2={size.width - margin.right} y1={toY(tick)} y2={toY(tick)} />
              <text x={margin.left - 8} y={toY(tick)} dy="0.35em" textAnchor="end">
                {yTexts[index]}
              </text>
            </g>
          ))}
          <line className={styles.axis} x1={margin.left} x2={size.width - margin.right} y1={size.height - margin.bottom} y2={size.height - margin.bottom} />
          {xAxis.ticks.map((tick) => (
            <text key={tick} x={toX(tick)} y={size.height - margin.bottom + 15} textAnchor="middle">
              {formatX(tick)}
            </text>
          ))}
          <text x={margin.left + inner.width / 2} y={size.height - 6} textAnchor="middle">
            {xLabel}
          </text>
          {points.map((point, index) => (
            <g key={point.id} stroke={`var(${point.colour})`} fill={`var(${point.colour})`}>
              {point.error !== undefined && (
                <path d={errorBar(toX(point.x), toY(point.y - point.error), toY(point.y + point.error))} strokeWidth="1.5" fill="none" />
              )}
              <path d={markPath(index, toX(point.x), toY(point.y))} />
            </g>
          ))}
          {labels.map(({ point, y }) => (
            <text
              key={point.id}
              className={styles.pointLabel}
              x={toX(point.x) + 11}
              y={y}
              dy="0.35em"
              style={{ '--label-colour': `var(${point.colour})` } as CSSProperties}
            >
              {point.label}
            </text>
          ))}
        </svg>
      )}
    </div>
  );
}

const errorBar = (x: number, low: number, high: number): string => `M${x - 4} ${low}h8M${x} ${low}V${high}M${x - 4} ${high}h8`;
const marks = [
  (x: number, y: number) => `M${x - 4.5} ${y}a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0 -9 0Z`,
  (x: number, y: number) => `M${x - 4.5} ${y - 4.5}h9v9h-9Z`,
  (x: number, y: number) => `M${x} ${y - 5.5}l5.5 9.5h-11Z`,
  (x: number, y: number) => `M${x} ${y - 6}l6 6l-6 6l-6 -6Z`,
];
const markPath = (index: number, x: number, y: number): string => (marks[index % marks.length] ?? marks[0]!)(x, y);

interface Axis {
  readonly low: number;
  readonly high: number;
  readonly ticks: readonly number[];
  readonly scale: (value: number) => number;
}

function linearAxis(values: readonly number[], limit = Number.POSITIVE_INFINITY): Axis {
  const least = Math.min(...values);
  const most = Math.max(...values);
  const span = most - least || Math.abs(most) * 0.1 || 1;
  const step = niceStep(span / 3);
  const low = Math.floor((least - span * 0.1) / step) * step;
  const high = Math.min(Math.ceil((most + span * 0.1) / step) * step, Math.max(limit, most));
  const ticks = Array.from({ length: Math.floor((high - low) / step + 1e-6) + 1 }, (_, index) => Number((low + index * step).toPrecision(12)));
  return { low, high, ticks, scale: (value) => value };
}

function niceStep(rough: number): number {
  const decade = 10 ** Math.floor(Math.log10(rough));
  return decade * ([1, 2, 5, 10].find((mark) => mark * decade >= rough) ?? 10);
}

function logAxis(values: readonly number[]): Axis {
  const marksOf = (power: number) => [1, 3].map((mark) => mark * 10 ** power);
  const from = Math.floor(Math.log10(Math.min(...values) * 0.8));
  const to = Math.ceil(Math.log10(Math.max(...values) * 1.25));
  const all = Array.from({ length: to - from + 1 }, (_, index) => marksOf(from + index)).flat();
  const low = all.findLast((tick) => tick <= Math.min(...values) * 0.8) ?? all[0] ?? 1;
  const high = all.find((tick) => tick >= Math.max(...values) * 1.25) ?? all.at(-1) ?? 10;
  return { low, high, ticks: all.filter((tick) => tick >= low && tick <= high).map((tick) => Number(tick.toPrecision(6))), scale: Math.log10 };
}
