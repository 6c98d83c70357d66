// Light, dark, high contrast, or as the system has it.

import { useEffect } from 'react';
import { useSession } from '../state/index.ts';

/** Keeps <html data-theme> true to the session. */
export function useTheme(): void {
  const theme = useSession((state) => state.theme);
  useEffect(() => {
    const system = window.matchMedia('(prefers-color-scheme: dark)');
    const contrast = window.matchMedia('(prefers-contrast: more)');
    const apply = () => {
      const asSystem = contrast.matches ? 'contrast' : system.matches ? 'dark' : 'light';
      document.documentElement.dataset.theme = theme === 'system' ? asSystem : theme;
    };
    apply();
    for (const media of [system, contrast]) media.addEventListener('change', apply);
    return () => {
      for (const media of [system, contrast]) media.removeEventListener('change', apply);
    };
  }, [theme]);
}
