// Light, dark, or as the system has it.

import { useEffect } from 'react';
import { useSession } from '../state/index.ts';

/** Keeps <html data-theme> true to the session. */
export function useTheme(): void {
  const theme = useSession((state) => state.theme);
  useEffect(() => {
    const system = window.matchMedia('(prefers-color-scheme: dark)');
    const apply = () => {
      document.documentElement.dataset.theme = theme === 'system' ? (system.matches ? 'dark' : 'light') : theme;
    };
    apply();
    system.addEventListener('change', apply);
    return () => system.removeEventListener('change', apply);
  }, [theme]);
}
