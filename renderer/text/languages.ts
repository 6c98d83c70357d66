// The languages the app speaks, and which of them a person sees. Not the words themselves: those are a folder for each language.

/** English is what the code says; every other language has a catalogue. */
export type Language = 'en' | 'de';

/** Each by its own name, and as `Intl` calls it. */
export const languages: Readonly<Record<Language, { readonly name: string; readonly locale: string }>> = {
  en: { name: 'English', locale: 'en-US' },
  de: { name: 'Deutsch', locale: 'de-DE' },
};

export type Catalogue = Readonly<Record<string, string>>;

/** Fetched when its language is first shown. */
export const catalogues: Readonly<Record<Exclude<Language, 'en'>, () => Promise<Catalogue>>> = {
  de: async () => (await import('./de/index.ts')).german,
};

const isLanguage = (id: string | undefined): id is Language => id !== undefined && Object.hasOwn(languages, id);

/** The first of the wanted languages (`de-AT`, `en`) that there is; else English. */
export function bestLanguage(wanted: readonly string[]): Language {
  return wanted.map((one) => one.toLowerCase().split('-')[0]).find(isLanguage) ?? 'en';
}
