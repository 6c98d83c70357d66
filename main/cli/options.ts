// Options as commander reads them: values out of range are wrong usage, before anything is started.

import { InvalidArgumentError } from 'commander';

const reject = (message: string): never => {
  throw new InvalidArgumentError(message);
};

/** A whole number from `least` on. */
export const wholeNumber =
  (least: number, most = Number.MAX_SAFE_INTEGER) =>
  (text: string): number => {
    const value = Number(text);
    return /^\d+$/.test(text) && value >= least && value <= most
      ? value
      : reject(`Expected a whole number from ${least}${most === Number.MAX_SAFE_INTEGER ? '' : ` to ${most}`}.`);
  };

/** A number above zero. */
export function positiveNumber(text: string): number {
  const value = Number(text);
  return text.trim() !== '' && Number.isFinite(value) && value > 0 ? value : reject('Expected a number above 0.');
}

/** A share of the whole: from 0, below 1. */
export function share(text: string): number {
  const value = Number(text);
  return text.trim() !== '' && value >= 0 && value < 1 ? value : reject('Expected a number from 0, below 1.');
}

/** `0=1,1=5`: a weight for each class by its number. */
export const weights = (text: string): Record<string, number> =>
  Object.fromEntries(
    list(text).map((pair) => {
      const [number = '', weight = ''] = pair.split('=');
      if (!/^\d+$/.test(number) || weight === '' || !(Number(weight) >= 0)) reject('Expected class numbers with weights, such as 0=1,1=5.');
      return [number, Number(weight)] as const;
    }),
  );

/** An option that may be given several times. */
export const several = (text: string, before: readonly string[] = []): readonly string[] => [...before, text];

export const list = (text: string): string[] =>
  text
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '');
