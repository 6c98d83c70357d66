// Numbers as people type them. Pure: the field that uses it is NumberField.

import { locale, t } from '../text/text.ts';
import { evaluate } from './expression.ts';

export interface NumberRule {
  readonly min?: number;
  readonly max?: number;
  readonly exclusiveMin?: boolean;
  readonly integer?: boolean;
  /** An empty field is a value (null), not a mistake. */
  readonly nullable?: boolean;
}
export type ParsedNumber = { readonly ok: true; readonly value: number | null } | { readonly ok: false; readonly reason: string };

const plain = (value: number): string => (Math.abs(value) >= 1000 && Math.abs(value) < 1e15 ? value.toLocaleString(locale()) : String(value));

/** Reads `128`, `60,000`, `0.001`, `1e-3`, `−2`, `32*2`; says what is wrong and what would be right. */
export function parseNumber(text: string, rule: NumberRule, name = t('This')): ParsedNumber {
  const trimmed = asInCode(text.trim(), rule);
  if (trimmed === '') return rule.nullable ? { ok: true, value: null } : { ok: false, reason: t`${name} needs a number.` };
  const value = readNumber(trimmed) ?? evaluate(trimmed);
  if (value === null) return { ok: false, reason: t`“${trimmed}” is not a number. Write it like 128, 0.001, 1e-3 or 32*2.` };
  const broken = brokenRule(value, rule);
  return broken ? { ok: false, reason: t`${name} is ${plain(value)}. It must be ${broken}.` } : { ok: true, value };
}

/** Where the comma parts off decimals: `0,5` as code writes it; points may group a whole number (`60.000`), else they are decimal points too. */
function asInCode(text: string, { integer }: NumberRule): string {
  if ((0.5).toLocaleString(locale()) !== '0,5') return text;
  const ungrouped = integer ? text.replace(/(?<=[1-9]\d*)\.(?=\d{3}(\D|$))/g, '') : text;
  return ungrouped.replace(/(\d),(?=\d)/g, '$1.');
}

function readNumber(text: string): number | null {
  const clean = text
    .replace(/−/g, '-')
    .replace(/(\d),(?=\d{3}(\D|$))/g, '$1')
    .replace(/[\s_]/g, '');
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(clean)) return null;
  const value = Number(clean);
  return Number.isFinite(value) ? value : null;
}

function brokenRule(value: number, { min, max, exclusiveMin, integer }: NumberRule): string | null {
  const tooSmall = min !== undefined && (exclusiveMin ? value <= min : value < min);
  const tooLarge = max !== undefined && value > max;
  if (tooSmall) return exclusiveMin ? t`above ${plain(min)}` : t`${plain(min)} or more`;
  if (tooLarge) return t`${plain(max)} or less`;
  if (integer && !Number.isInteger(value)) return t('a whole number');
  return null;
}

/** Two numbers written as one size, `3x5` or `3, 5`; null where the text is something else or one of them breaks the rule. */
export function parsePair(text: string, rule: NumberRule): readonly [number, number] | null {
  const parts = text.trim().split(/\s*[x×,;]\s*/);
  if (parts.length !== 2) return null;
  const [first, second] = parts.map((part) => parseNumber(part, { ...rule, nullable: false }));
  if (!first?.ok || !second?.ok || first.value === null || second.value === null) return null;
  return [first.value, second.value];
}

/** The next value of an arrow key: by factors of about 2 (1, 2, 5, 10 …) on a logarithmic scale, else by `step`; kept inside the range. */
export function stepNumber(value: number, direction: 1 | -1, step: number, rule: NumberRule, scale: 'linear' | 'log' = 'linear'): number {
  const next = scale === 'log' && value > 0 ? nextOfDecade(value, direction) : round(value + direction * step);
  if (rule.max !== undefined && next > rule.max) return rule.max;
  if (rule.min !== undefined && (rule.exclusiveMin ? next <= rule.min : next < rule.min)) return rule.exclusiveMin ? value : rule.min;
  return next;
}

function nextOfDecade(value: number, direction: 1 | -1): number {
  const decade = 10 ** Math.floor(Math.log10(value) + 1e-9);
  const marks = [0.5, 1, 2, 5, 10, 20].map((mark) => round(mark * decade));
  const next = direction > 0 ? marks.find((mark) => mark > value * (1 + 1e-9)) : marks.findLast((mark) => mark < value * (1 - 1e-9));
  return next ?? value;
}

/** Takes away what binary fractions add: 0.30000000000000004 is 0.3. */
const round = (value: number): number => Number(value.toPrecision(12));
