// One language's words for English sentences: looked up whole, or by the template they were written with. Pure; which language is shown is text.ts.
//
// In a catalogue `{0}` stands for a value as it is, `{0, number}` for a number and nothing else (`{0} layers` must not read `add 3 layers`),
// and `{0, text}` for one that is itself a text of the app.

import { createInstance } from 'i18next';
import { type Catalogue, type Language, languages } from './languages.ts';
import { recognizer } from './recognize.ts';

export interface Translator {
  /** A finished sentence; one that is not known stays as it is. */
  sentence(text: string): string;
  /** A template and what stands in its places, numbers as the language writes them; null where the catalogue has no such template. */
  template(key: string, values: readonly string[]): string | null;
  /** A number as the code writes it (`1,234.5`) with the language’s signs; anything else as it is. */
  number(text: string): string;
}

/** `1,234.5` as the code writes numbers. */
const englishNumber = /^[−±-]?(\d{1,3}(,\d{3})+|\d+)(\.\d+)?$/;
/** Sentences remembered before all are forgotten. */
const remembered = 4000;

function localNumbers(locale: string): (value: string) => string {
  const parts = new Intl.NumberFormat(locale).formatToParts(1234.5);
  const sign = (type: 'group' | 'decimal') => parts.find((part) => part.type === type)?.value ?? '';
  const signs: Readonly<Record<string, string>> = { ',': sign('group'), '.': sign('decimal') };
  return (value) => (englishNumber.test(value) ? value.replace(/[,.]/g, (found) => signs[found] ?? found) : value);
}

/** The translator of a language. */
export function translator(language: Language, catalogue: Catalogue): Translator {
  const texts = createInstance();
  const recognize = recognizer(Object.keys(catalogue), (key, place) => (catalogue[key] ?? '').includes(`{${place}, number}`));
  const localNumber = localNumbers(languages[language].locale);
  const known = new Map<string, string>();

  const template = (key: string, values: readonly string[]) =>
    Object.hasOwn(catalogue, key) ? texts.t(key, Object.fromEntries(values.map((value, i) => [String(i), value]))) : null;
  const work = (asWritten: string): string => {
    // Keys have single spaces, whatever a line of code is set with.
    const text = asWritten.replaceAll(/\s+/g, ' ');
    const whole = template(text, []);
    if (whole !== null) return whole;
    // What begins a sentence somewhere else may stand inside one here: `learning rate` is `Learning rate`.
    const begun = template(text.charAt(0).toUpperCase() + text.slice(1), []);
    if (begun !== null) return begun;
    const found = recognize(text);
    if (found) return template(found.key, found.values.map(localNumber)) ?? text;
    return text.includes(' · ') ? text.split(' · ').map(sentence).join(' · ') : localNumber(text);
  };
  function sentence(text: string): string {
    const before = known.get(text);
    if (before !== undefined) return before;
    if (known.size >= remembered) known.clear();
    const result = work(text);
    known.set(text, result);
    return result;
  }

  void texts.init({
    lng: language,
    resources: { [language]: { translation: catalogue } },
    // Keys are sentences: a full stop or a colon in one means nothing.
    keySeparator: false,
    nsSeparator: false,
    initAsync: false,
    interpolation: { prefix: '{', suffix: '}', escapeValue: false },
  });
  // Numbers come as they are to be written.
  texts.services.formatter?.add('number', String);
  texts.services.formatter?.add('text', (value) => sentence(String(value)));
  return { sentence, template, number: localNumber };
}
