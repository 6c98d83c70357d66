// Whether the window is narrow: side panels then give way to the canvas.

import { useSyncExternalStore } from 'react';

const query = '(max-width: 1180px)';
const subscribe = (listener: () => void) => {
  const media = window.matchMedia(query);
  media.addEventListener('change', listener);
  return () => media.removeEventListener('change', listener);
};

export const useNarrow = (): boolean => useSyncExternalStore(subscribe, () => window.matchMedia(query).matches);
