// The languages as one chooses them: for the command palette, the setup and the first page.

import { Languages } from 'lucide-react';
import { chooseLanguage, type LanguageChoice } from '../state/index.ts';
import { type Language, languages } from '../text/languages.ts';
import { t } from '../text/text.ts';
import type { Action } from './action.ts';

const ids = Object.keys(languages) as readonly Language[];

/** Each language by its own name, so that everybody finds theirs, and the browser's own choice first. */
export const languageOptions = (): readonly { readonly value: LanguageChoice; readonly label: string }[] => [
  { value: 'system', label: t('System') },
  ...ids.map((id) => ({ value: id, label: languages[id].name })),
];

const use = (id: LanguageChoice, label: string): Action => ({
  id: `view.language.${id}`,
  label,
  group: 'View',
  icon: Languages,
  words: 'language sprache english deutsch german translation',
  run: () => chooseLanguage(id),
});

export const languageActions: readonly Action[] = [use('system', 'Use the system’s language'), ...ids.map((id) => use(id, `Language: ${languages[id].name}`))];
