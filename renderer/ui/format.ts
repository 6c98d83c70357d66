// Numbers, times and sizes as the app writes them: units after a space, digits in groups, no false precision.

import { language, locale, localNumber, t } from '../text/text.ts';

const missing = '–';

/** Making one takes longer than a hundred uses of it; there is one for each language. */
const formats = new Map<string, Intl.NumberFormat>();
function wholeNumbers(): Intl.NumberFormat {
  const known = formats.get(locale()) ?? new Intl.NumberFormat(locale(), { maximumFractionDigits: 0 });
  formats.set(locale(), known);
  return known;
}

/** `60,000`. */
export function formatCount(value: number): string {
  return Number.isFinite(value) ? wholeNumbers().format(Math.round(value)) : missing;
}

const bounds = new Map<string, Intl.NumberFormat>();

/** An end of a range: `4,096`, `0.999`. Making a formatter takes longer than a form may, so each language keeps one. */
export function formatBound(value: number): string {
  const format = bounds.get(locale()) ?? new Intl.NumberFormat(locale(), { maximumSignificantDigits: 6 });
  bounds.set(locale(), format);
  return format.format(value);
}

const largeUnits = [
  [1e12, 'T'],
  [1e9, 'G'],
  [1e6, 'M'],
  [1e3, 'k'],
] as const;

/** Counts too long to read: `407 k`, `8.42 M`, `1.20 G`; below 10,000 as they are. */
export function formatLarge(value: number): string {
  if (!Number.isFinite(value)) return missing;
  if (Math.abs(value) < 1e4) return formatCount(value);
  const rounded = Number(value.toPrecision(3));
  const unit = largeUnits.find(([size]) => Math.abs(rounded) >= size);
  return unit ? `${localNumber((rounded / unit[0]).toPrecision(3))} ${unit[1]}` : formatCount(value);
}

/** A measured value with about four significant digits: `0.4371`, `2.4e-7`, `12.35`. */
export function formatNumber(value: number, digits = 4): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'NaN' : value > 0 ? '∞' : '−∞';
  const size = Math.abs(value);
  if (size === 0) return '0';
  if (size < 1e-3 || size >= 1e7) return minus(shortExponential(value, Math.min(digits, 2)));
  if (size >= 1e4) return minus(formatCount(value));
  return minus(localNumber(Number(value.toPrecision(digits)).toString()));
}

const shortExponential = (value: number, digits: number): string => {
  const [mantissa, exponent] = value.toExponential(digits - 1).split('e') as [string, string];
  return `${localNumber(String(Number(mantissa)))}e${exponent.replace('+', '')}`;
};
const minus = (text: string): string => text.replace(/^-/, '−');

/** A setting as a person would type it: `0.001`, `1e-7`. */
export function formatSetting(value: number): string {
  const size = Math.abs(value);
  return size !== 0 && (size < 1e-4 || size >= 1e15) ? shortExponential(value, 12) : localNumber(String(value));
}

/** A share from 0 to 1: `98.92 %`. */
export function formatPercent(share: number, digits = 2): string {
  return Number.isFinite(share) ? `${minus(localNumber((share * 100).toFixed(digits)))} %` : missing;
}

/** `0.4 s`, `46 s`, `2 min 11 s`, `3 h 5 min`. */
export function formatSeconds(seconds: number): string {
  if (!Number.isFinite(seconds)) return missing;
  if (seconds === 0) return '0 s';
  if (seconds < 0.001) return `${(seconds * 1e6).toFixed(0)} µs`;
  if (seconds < 0.1) return `${localNumber((seconds * 1000).toPrecision(3))} ms`;
  if (seconds < 9.95) return `${localNumber(seconds.toFixed(1))} s`;
  if (seconds < 59.5) return `${Math.round(seconds)} s`;
  return longTime(Math.round(seconds));
}

function longTime(seconds: number): string {
  if (seconds < 3600) return joined(Math.floor(seconds / 60), 'min', seconds % 60, 's');
  const minutes = Math.round(seconds / 60);
  return joined(Math.floor(minutes / 60), 'h', minutes % 60, 'min');
}
const joined = (large: number, largeUnit: string, small: number, smallUnit: string): string =>
  small === 0 ? `${large} ${largeUnit}` : `${large} ${largeUnit} ${small} ${smallUnit}`;

/** `46 s left`; nothing while it is not known. */
export function formatTimeLeft(seconds: number | null): string {
  if (seconds === null || !Number.isFinite(seconds)) return '';
  return seconds < 1 ? t('less than 1 s left') : t`${formatSeconds(Math.ceil(seconds))} left`;
}

/** `84.5 KiB`, `612 MiB`. */
export function formatBytes(bytes: number): string {
  if (!Number.isFinite(bytes)) return missing;
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  const place = bytes < 1024 ? 0 : Math.min(units.length - 1, Math.floor(Math.log2(bytes) / 10));
  const value = bytes / 1024 ** place;
  return `${place === 0 || value >= 100 ? Math.round(value) : localNumber(value.toFixed(value >= 10 ? 1 : 2))} ${units[place]}`;
}

/** `26 × 26 × 32`; a single number has no axes. */
export function formatShape(shape: readonly number[]): string {
  return shape.length === 0 ? t('one number') : shape.map(formatCount).join(' × ');
}

/** A sentence whose shapes stay in one line. */
export const unbroken = (sentence: string): string => sentence.replaceAll(' × ', '\u00a0×\u00a0');

/** A sentence whose whole numbers have their digits in groups: `1,000,000 units`. */
export const grouped = (sentence: string): string => sentence.replace(/(?<![\w.,])\d{4,15}(?![\w.,]*\d)/g, (digits) => formatCount(Number(digits)));

/** Speed: `3,860`, `84.2`. */
export function formatRate(perSecond: number): string {
  if (!Number.isFinite(perSecond)) return missing;
  return perSecond >= 100 ? formatCount(perSecond) : localNumber(perSecond.toPrecision(3));
}

/** `just now`, `12 min ago`, `3 days ago`; the date beyond a month. */
export function formatAgo(iso: string, now: number): string {
  const seconds = (now - Date.parse(iso)) / 1000;
  if (!Number.isFinite(seconds)) return missing;
  if (seconds < 60) return t('just now');
  if (seconds < 3600) return t`${Math.floor(seconds / 60)} min ago`;
  if (seconds < 86_400) return ago(Math.floor(seconds / 3600), 'hour');
  const days = Math.floor(seconds / 86_400);
  return days === 1 ? t('yesterday') : days <= 31 ? ago(days, 'day') : formatDate(iso);
}
const ago = (count: number, unit: 'hour' | 'day'): string => new Intl.RelativeTimeFormat(locale()).format(-count, unit);
/** English dates are written as in files, which every reader of English takes the same way. */
const formatDate = (iso: string): string =>
  language() === 'en' ? iso.slice(0, 10) : new Date(iso).toLocaleDateString(locale(), { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });

/** `1 epoch`, `5 epochs`. */
export function countOf(count: number, one: string, many = `${one}s`): string {
  return t(`${formatCount(count)} ${count === 1 ? one : many}`);
}
