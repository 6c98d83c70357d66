// Settings described in English (shared/lib/fields.ts) as a person reads them: label, help, unit and choices in their language.

import type { Choice, Field } from '../../shared/lib/fields.ts';
import { t } from './text.ts';

const maybe = (text: string | undefined): string | undefined => (text === undefined ? undefined : t(text));

/** Choices with their words in the language of the person. */
const tChoices = (choices: readonly Choice[]): readonly Choice[] => choices.map((choice) => ({ ...choice, label: t(choice.label), help: maybe(choice.help) }));

/** The same setting in the words of the language; its values and names stay. */
export function tField<F extends Field<unknown>>(field: F): F {
  const words: Record<string, unknown> = { label: t(field.label), help: maybe(field.help) };
  if ('unit' in field) words['unit'] = maybe(field.unit);
  if ('placeholder' in field) words['placeholder'] = maybe(field.placeholder);
  if ('choices' in field) words['choices'] = tChoices(field.choices);
  return { ...field, ...words };
}
