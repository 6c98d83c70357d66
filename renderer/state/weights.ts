// The weights of one run as the window last read them. Read when someone asks, never by progress events.

import { create } from 'zustand';
import { errorDetails } from '../../shared/lib/errors.ts';
import { client } from './client.ts';

export interface KnownWeights {
  /** Steps done when the run kept them. */
  readonly step: number;
  /** By name: `dense_1/kernel`. */
  readonly weights: Readonly<Record<string, { readonly shape: readonly number[]; readonly data: Float32Array }>>;
}
interface Reading {
  readonly run: string;
  /** Whether the run was over when they were asked for: nothing newer comes then. */
  readonly isFinal: boolean;
  readonly isBusy: boolean;
  /** Null: not read yet, or the run has kept nothing. */
  readonly known: KnownWeights | null;
  readonly fault: string | null;
}
interface WeightsState {
  /** Only one run's: they may be large. */
  readonly reading: Reading | null;
}
export const useWeightStore = create<WeightsState>()(() => ({ reading: null }));

const numbersIn = (text: string): Float32Array => new Float32Array(Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0)).buffer);

/** What a run has learned so far; null where it has kept nothing yet. @throws what the main process says is wrong */
export async function fetchWeights(run: string): Promise<KnownWeights | null> {
  const found = await client()['runs.weights'](run);
  if (!found) return null;
  const decoded = Object.entries(found.weights).map(([name, { shape, data }]) => [name, { shape, data: numbersIn(data) }] as const);
  return { step: found.step, weights: Object.fromEntries(decoded) };
}

/** Reads a run's weights anew. What was known of it stays visible meanwhile. */
export async function readWeights(run: string, isFinal: boolean): Promise<void> {
  const before = useWeightStore.getState().reading;
  const asked: Reading = { run, isFinal, isBusy: true, known: before?.run === run ? before.known : null, fault: null };
  useWeightStore.setState({ reading: asked });
  const told = await fetchWeights(run).then(
    (known) => ({ known, fault: null }),
    (error: unknown) => ({ known: asked.known, fault: errorDetails(error).message }),
  );
  // Another run, or the same one later, may have been asked for meanwhile.
  if (useWeightStore.getState().reading === asked) useWeightStore.setState({ reading: { ...asked, ...told, isBusy: false } });
}

/** What was read of a run; null where nothing was asked for yet. */
export const useReadWeights = (run: string | null): Reading | null => useWeightStore(({ reading }) => (reading && reading.run === run ? reading : null));
