// The words on screen in the language of the person. Texts are written in English where they arise and translated where they are shown.
// Whatever calls this is drawn anew when the language changes (app/useLanguage.ts); nothing may keep its result outside a function.

import { type Catalogue, catalogues, type Language, languages } from './languages.ts';
import { type Translator, translator } from './translate.ts';

let shown: Language = 'en';
let words: Translator | null = null;

/** What is spoken now. */
export const language = (): Language => shown;
/** For `Intl`. */
export const locale = (): string => languages[shown].locale;

/** Speaks another language from here on, with these words. */
export function speak(wanted: Language, catalogue: Catalogue | null): void {
  shown = wanted;
  words = catalogue === null ? null : translator(wanted, catalogue);
}

/** Fetches a language's words and speaks it from here on. */
export async function setLanguage(wanted: Language): Promise<void> {
  if (wanted !== shown) speak(wanted, wanted === 'en' ? null : await catalogues[wanted]());
}

/** A number as the code writes it (`1,234.5`), with the signs of the language. */
export const localNumber = (text: string): string => words?.number(text) ?? text;

type Told = string | number | null | undefined;

/**
 * A text in the language of the person: t('Undo'), t`${count} layers`, or a sentence that came from elsewhere, t(problem.what).
 * Values stay as they are; a value that is itself a text goes through `t` first. What nobody has translated stays English.
 */
export function t(text: string | TemplateStringsArray, ...values: readonly Told[]): string {
  if (typeof text === 'string') return words ? words.sentence(text) : text;
  const told = values.map((value) => (typeof value === 'number' ? localNumber(String(value)) : String(value)));
  const sentence = () => text.reduce((before, part, i) => `${before}${told[i - 1]}${part}`);
  if (!words) return sentence();
  return (
    words.template(
      text.reduce((before, part, i) => `${before}{${i - 1}}${part}`),
      told,
    ) ?? words.sentence(sentence())
  );
}

/** For the `lang` of what shows `t(text)`: that it is English still, since nobody has translated it; undefined where it is in the language of the page. */
export const langOf = (text: string): 'en' | undefined => (words !== null && words.sentence(text) === text ? 'en' : undefined);

/** A text inside a sentence: English begins it small, other languages as its words are written. */
export const within = (text: string): string => (words ? words.sentence(text) : text.toLowerCase());

/** Choices with their labels in the language of the person. */
export const tLabels = <O extends { readonly label: string }>(options: readonly O[]): readonly O[] =>
  options.map((option) => ({ ...option, label: t(option.label) }));
