// Samples of a dataset, fetched when they are looked at. Kept nowhere else: they can always be asked for again.

import { useEffect, useState } from 'react';
import { errorDetails } from '../../shared/lib/errors.ts';
import type { DatasetPreview, DatasetState } from '../../shared/protocol/contract.ts';
import { client, useConnection } from '../state/index.ts';
import { shownOf } from './preview.ts';

export type Part = 'train' | 'test';
export interface PreviewState {
  readonly preview: DatasetPreview | null;
  readonly fault: string | null;
}
const none: PreviewState = { preview: null, fault: null };

/** The samples from `offset` on; none while the dataset is not here. */
export function usePreview(dataset: DatasetState, part: Part, offset: number): PreviewState {
  const { id, available } = dataset;
  const shown = shownOf(dataset);
  const [state, setState] = useState(none);
  const connected = useConnection() === 'connected';
  useEffect(() => {
    if (!available || !connected) return setState(none);
    let wanted = true;
    const tell = (next: PreviewState) => wanted && setState(next);
    client()
      ['datasets.preview'](id, part, offset, shown)
      .then(
        (preview) => tell({ preview, fault: null }),
        (thrown: unknown) => tell({ preview: null, fault: errorDetails(thrown).message }),
      );
    return () => {
      wanted = false;
    };
  }, [id, shown, available, connected, part, offset]);
  return state;
}
