// Lists of numbers as one text: `0.5, 1, 2`.

import { type Field, text } from '../../lib/fields.ts';

const separators = /[\s,;/]+/;

/** The numbers of a list such as `100, 200`; empty for an empty text. */
export const numbersIn = (list: string): number[] =>
  list
    .split(separators)
    .filter((one) => one !== '')
    .map(Number);

/** A text that is a list of numbers. @param o.accepts which numbers may stand in it; default: all */
export function numberList(o: {
  readonly label: string;
  readonly help: string;
  readonly placeholder: string;
  readonly default: string;
  readonly keras?: string;
  readonly level?: 'advanced';
  readonly accepts?: (value: number) => boolean;
}): Field<string> {
  const { accepts = Number.isFinite, ...common } = o;
  const field = text(common);
  return { ...field, schema: field.schema.refine((list) => numbersIn(list).every(accepts), 'is no list of numbers') };
}
