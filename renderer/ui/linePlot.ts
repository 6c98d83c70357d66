// Options and drawing of a line chart on uPlot: axes from tokens, what is still to come, labels at the lines' ends. No React.

import uPlot from 'uplot';
import { localNumber, t } from '../text/text.ts';
import type { LineChartProps, Series } from './chartTypes.ts';
import { decimate } from './decimate.ts';
import { formatNumber } from './format.ts';
import { token } from './tokens.ts';

const textSize = (): number => Number.parseFloat(token('--text-xs'));
const font = (): string => `${textSize()}px ${token('--font-ui')}`;
const measure = (text: string): number => {
  const context = document.createElement('canvas').getContext('2d');
  if (!context) return 0;
  context.font = font();
  return context.measureText(text).width;
};

/** The columns uPlot wants: one ascending x for all, null where a series has no point. */
export function plotData(series: readonly Series[], width: number): uPlot.AlignedData {
  const thin = series.map((one) => decimate(one, Math.max(50, width)));
  if (thin.length === 0) return [[]];
  return uPlot.join(thin.map(({ x, y }) => [[...x], [...y]]));
}

function yRange(logY: boolean): uPlot.Range.Function {
  return (_plot, low, high) => {
    if (low === null || high === null || !Number.isFinite(low) || !Number.isFinite(high)) return logY ? [0.1, 1] : [0, 1];
    if (logY) return uPlot.rangeLog(low, high === low ? high * 1.1 : high, 10, false);
    const room = (high - low || Math.abs(high) || 1) * 0.08;
    return [low >= 0 ? Math.max(0, low - room) : low - room, high + room];
  };
}

const xRange =
  (start: number, end: number | undefined): uPlot.Range.Function =>
  (_plot, low, high) => {
    const to = end ?? high ?? 1;
    return [Math.min(start, low ?? start), to > start ? to : start + 1];
  };

/** Everything but the data. A new plot is made only when this changes in kind; colours are read as they are drawn. */
export function plotOptions(props: LineChartProps, width: number, height: number, onCursor: (plot: uPlot) => void): uPlot.Options {
  const { series, logY = false, xEnd, xStart = 0, formatX = formatNumber, formatY = formatNumber } = props;
  const labelRoom = Math.max(12, ...series.map((one) => (one.endLabel === undefined ? 0 : measure(one.endLabel) + 14)));
  const axis = { stroke: () => token('--text-3'), font: font(), labelFont: font(), gap: 6 };
  return {
    width,
    height,
    padding: [10, labelRoom, 0, 4],
    legend: { show: false },
    cursor: { y: false, points: { size: 7 }, drag: { x: false, y: false }, dataIdx: lastKnown },
    scales: { x: { time: false, range: xRange(xStart, xEnd) }, y: { distr: logY ? 3 : 1, range: yRange(logY) } },
    axes: [
      {
        ...axis,
        size: 26,
        space: 56,
        incrs: wholeSteps,
        grid: { show: false },
        ticks: { show: false },
        border: { show: true, stroke: () => token('--line-strong'), width: 1 },
        values: (_plot, ticks) => ticks.map((tick) => formatX(tick)),
      },
      {
        ...axis,
        size: (_plot, values) => Math.max(24, ...(values ?? []).map((text) => measure(text ?? '') + 12)),
        space: 34,
        grid: { stroke: () => token('--grid'), width: 1 },
        ticks: { show: false },
        values: (_plot, ticks) => evenly(ticks.map((tick) => (tick === null ? '' : formatY(tick)))),
      },
    ],
    series: [{}, ...series.map(seriesOptions)],
    hooks: { drawAxes: [drawToCome(xEnd)], draw: [drawEndLabels(series)], setCursor: [onCursor] },
  };
}

/** The mark of a series stands on its last point at or before the pointer, where its value in the readout comes from. */
function lastKnown(plot: uPlot, index: number, hovered: number): number {
  const column = plot.data[index];
  for (let place = hovered; column && place >= 0; place--) {
    if (column[place] !== null && column[place] !== undefined) return place;
  }
  return hovered;
}

/** Plain decimals get equally many digits: `0.0`, `0.5`, `1.0`. */
export function evenly(texts: readonly string[]): string[] {
  const point = localNumber('0.5').charAt(1);
  const digits = (text: string): number => text.split(point)[1]?.length ?? 0;
  const isPlain = (text: string) => /^−?\d+(\.\d+)?$/.test(text.replace(point, '.')) && (point === '.' || !text.includes('.'));
  if (!texts.every((text) => text === '' || isPlain(text))) return [...texts];
  const most = Math.max(0, ...texts.map(digits));
  return texts.map((text) => (text === '' || digits(text) === most ? text : `${text}${digits(text) === 0 ? point : ''}${'0'.repeat(most - digits(text))}`));
}

/** Steps of x that stay readable: epochs and steps are whole, seconds may be short. */
const wholeSteps = [0.05, 0.1, 0.2, 0.5, ...[0, 1, 2, 3, 4, 5, 6, 7].flatMap((power) => [1, 2, 5].map((mark) => mark * 10 ** power))];

/** One point makes no line: it is drawn as a dot, so that a chart with a value in it never looks empty. */
const isAlone = (plot: uPlot, series: number): boolean => holdsOne(plot.data[series] ?? []);

/** Whether exactly one place has a value. */
export const holdsOne = (column: ArrayLike<number | null | undefined>): boolean =>
  Array.from(column).filter((value) => value !== null && value !== undefined).length === 1;

function seriesOptions(one: Series): uPlot.Series {
  return {
    label: one.label,
    stroke: () => token(one.colour),
    width: 1.75,
    dash: one.dashed ? [5, 3.5] : undefined,
    spanGaps: true,
    points: { show: one.marked ?? isAlone, size: 5, fill: () => token(one.colour), stroke: () => token(one.colour) },
  };
}

function drawToCome(xEnd: number | undefined): (plot: uPlot) => void {
  return (plot) => {
    const last = plot.data[0].at(-1);
    if (xEnd === undefined || last === undefined || last >= xEnd) return;
    const { ctx, bbox } = plot;
    const from = plot.valToPos(last, 'x', true);
    ctx.save();
    ctx.fillStyle = token('--bg-sunken');
    ctx.fillRect(from, bbox.top, bbox.left + bbox.width - from, bbox.height);
    ctx.fillStyle = token('--text-3');
    ctx.font = scaledFont();
    ctx.textAlign = 'right';
    ctx.textBaseline = 'top';
    const text = t('still to come');
    if (ctx.measureText(text).width + 24 * devicePixelRatio < bbox.left + bbox.width - from)
      ctx.fillText(text, bbox.left + bbox.width - 8 * devicePixelRatio, bbox.top + 6 * devicePixelRatio);
    ctx.restore();
  };
}

const scaledFont = (): string => `500 ${textSize() * devicePixelRatio}px ${token('--font-ui')}`;

function drawEndLabels(series: readonly Series[]): (plot: uPlot) => void {
  return (plot) => {
    const { ctx, bbox } = plot;
    const line = 13 * devicePixelRatio;
    const labels = series.flatMap((one, index) => {
      const end = lastPoint(plot, index + 1);
      return one.endLabel === undefined || !end
        ? []
        : [{ text: one.endLabel, colour: token(one.colour), x: plot.valToPos(end.x, 'x', true), y: plot.valToPos(end.y, 'y', true) }];
    });
    ctx.save();
    ctx.font = scaledFont();
    ctx.textAlign = 'left';
    ctx.textBaseline = 'middle';
    for (const label of spread(labels, line, bbox.top + line / 2, bbox.top + bbox.height - line / 2)) {
      ctx.fillStyle = label.colour;
      ctx.fillText(label.text, Math.min(label.x, bbox.left + bbox.width) + 7 * devicePixelRatio, label.y);
    }
    ctx.restore();
  };
}

function lastPoint(plot: uPlot, index: number): { x: number; y: number } | null {
  const column = plot.data[index];
  const place = column?.findLastIndex((value) => value !== null && value !== undefined) ?? -1;
  const x = plot.data[0][place];
  const y = column?.[place];
  return x === undefined || y === undefined || y === null ? null : { x, y };
}

/** Moves labels apart so that none covers another, keeping their order from top to bottom. */
export function spread<L extends { readonly y: number }>(labels: readonly L[], gap: number, top: number, bottom: number): readonly L[] {
  const placed: L[] = [];
  for (const label of labels.toSorted((a, b) => a.y - b.y)) {
    const above = placed.at(-1);
    placed.push({ ...label, y: Math.max(label.y, above ? above.y + gap : top) });
  }
  for (let index = placed.length - 1, limit = bottom; index >= 0; index--, limit -= gap) {
    const label = placed[index];
    if (label && label.y > limit) placed[index] = { ...label, y: limit };
  }
  return placed;
}
