// The language of the window: the one chosen, or the first of the browser's that the app speaks.

import { useEffect, useState } from 'react';
import { type LanguageChoice, useSession } from '../state/index.ts';
import { bestLanguage, type Language } from '../text/languages.ts';
import { language, setLanguage } from '../text/text.ts';

/** Speaks what was chosen, and says so to screen readers. @returns what is spoken now */
async function speakChosen(choice: LanguageChoice): Promise<Language> {
  await setLanguage(choice === 'system' ? bestLanguage(navigator.languages) : choice);
  document.documentElement.lang = language();
  return language();
}

/** Before anything is drawn, so that nothing is drawn twice. */
export const speakFirst = (): Promise<Language> => speakChosen(useSession.getState().language);

/** The language of all texts; whoever draws texts is drawn anew when it changes. */
export function useLanguage(): Language {
  const choice = useSession((state) => state.language);
  const [shown, setShown] = useState(language);
  useEffect(() => {
    const speak = () => void speakChosen(choice).then(setShown);
    speak();
    window.addEventListener('languagechange', speak);
    return () => window.removeEventListener('languagechange', speak);
  }, [choice]);
  return shown;
}
