// Curves over time: training solid, validation dashed, names at the lines' ends, all values under the pointer. Moves by new data only.

import { useEffect, useMemo, useRef, useState } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { t } from '../text/text.ts';
import styles from './Charts.module.css';
import type { LineChartProps, Series } from './chartTypes.ts';
import { valueAt } from './decimate.ts';
import { formatNumber } from './format.ts';
import { plotData, plotOptions } from './linePlot.ts';
import { useShownTheme } from './tokens.ts';
import { useSize } from './useSize.ts';

interface Hover {
  readonly x: number;
  readonly left: number;
  readonly flip: boolean;
}

/** What makes a new plot necessary; data alone does not. */
const kindOf = ({ series, logY, formatX, formatY }: LineChartProps): string =>
  JSON.stringify([
    series.map(({ id, label, colour, dashed, marked, endLabel }) => [id, label, colour, dashed, marked, endLabel]),
    logY ?? false,
    formatX?.name,
    formatY?.name,
  ]);

/** Fills its parent, which gives it a height. */
export function LineChart(props: LineChartProps) {
  const { label, series, xLabel, describeX, formatX = formatNumber, formatY = formatNumber, xEnd, xStart } = props;
  const { ref, size } = useSize<HTMLDivElement>();
  const theme = useShownTheme();
  const plot = useRef<uPlot | null>(null);
  const [hover, setHover] = useState<Hover | null>(null);
  const kind = kindOf(props);
  const ready = size.width > 0 && size.height > 0;
  const latest = useRef(props);
  latest.current = props;

  // biome-ignore lint/correctness/useExhaustiveDependencies: a plot lives as long as its kind and its range; data, size and theme are handed to it below
  useEffect(() => {
    const host = ref.current;
    if (!host || !ready) return;
    const made = new uPlot(
      plotOptions(latest.current, size.width, size.height, (own) => setHover(hoverOf(own))),
      plotData(latest.current.series, size.width),
      host,
    );
    plot.current = made;
    return () => {
      made.destroy();
      plot.current = null;
      setHover(null);
    };
  }, [kind, ready, xEnd, xStart]);

  useEffect(() => plot.current?.setSize(size), [size]);
  // A canvas does not redraw itself when a font arrives.
  useEffect(() => {
    let here = true;
    document.fonts.ready.then(() => here && plot.current?.redraw(false, true));
    return () => {
      here = false;
    };
  }, []);
  useEffect(() => plot.current?.setData(plotData(series, size.width)), [series, size.width]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another theme means other colours of the same drawing
  useEffect(() => plot.current?.redraw(false, true), [theme]);

  const summary = useMemo(() => `${label}. ${series.map((one) => endOf(one, formatY)).join(', ')}`, [label, series, formatY]);
  return (
    <figure className={styles.chart} role="img" aria-label={summary}>
      <div ref={ref} className={styles.plot} />
      {xLabel && <figcaption className={styles.xLabel}>{xLabel}</figcaption>}
      {hover && (
        <div className={styles.readout} data-flip={hover.flip} style={{ left: hover.left }}>
          <p>{describeX ? describeX(hover.x) : formatX(hover.x)}</p>
          <dl>
            {series.map((one) => (
              <Reading key={one.id} series={one} x={hover.x} formatY={formatY} />
            ))}
          </dl>
        </div>
      )}
    </figure>
  );
}

function hoverOf(plot: uPlot): Hover | null {
  const { idx, left } = plot.cursor;
  const x = idx === null || idx === undefined ? undefined : plot.data[0][idx];
  if (x === undefined || left === undefined || left < 0) return null;
  const place = plot.valToPos(x, 'x');
  return { x, left: place + plot.bbox.left / devicePixelRatio, flip: place > plot.width / 2 };
}

const endOf = (one: Series, formatY: (y: number) => string): string => {
  const last = one.y.at(-1);
  return `${one.label} ${last === undefined ? t('no value yet') : formatY(last)}`;
};

function Reading({ series, x, formatY }: { readonly series: Series; readonly x: number; readonly formatY: (y: number) => string }) {
  const value = valueAt(series, x);
  return (
    <>
      <dt>
        <LineSample colour={series.colour} dashed={series.dashed} />
        {series.label}
      </dt>
      <dd>{value === null ? '–' : formatY(value)}</dd>
    </>
  );
}

/** A short piece of a line as it is drawn in the chart. */
export function LineSample({ colour, dashed }: { readonly colour: string; readonly dashed?: boolean }) {
  return (
    <svg className={styles.sample} viewBox="0 0 18 4" aria-hidden>
      <path d="M1 2h16" stroke={`var(${colour})`} strokeWidth="2" strokeDasharray={dashed ? '5 3.5' : undefined} />
    </svg>
  );
}

/** Names of the lines with their samples, to stand in a heading. */
export function ChartLegend({ series }: { readonly series: readonly Pick<Series, 'id' | 'label' | 'colour' | 'dashed'>[] }) {
  return (
    <ul className={styles.legend}>
      {series.map((one) => (
        <li key={one.id}>
          <LineSample colour={one.colour} dashed={one.dashed} />
          {one.label}
        </li>
      ))}
    </ul>
  );
}
