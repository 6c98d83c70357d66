// The chosen sample through the open network: asks for the numbers, hands them to the worker, keeps what comes back.

import { useEffect, useRef, useState } from 'react';
import { errorDetails } from '../../shared/lib/errors.ts';
import type { Analysis } from '../../shared/compile/types.ts';
import type { DatasetDescriptor } from '../../shared/datasets/descriptor.ts';
import type { Network } from '../../shared/network/network.ts';
import { client, fetchWeights, useConnection } from '../state/index.ts';
import type { SampleRequest, SampleResult } from './activations.ts';
import type { Answered, Asked } from './worker.ts';

/** More multiply-adds than this take seconds here. */
const mostWork = 400_000_000;

export interface Sample {
  readonly features: readonly number[];
  readonly label: readonly number[];
}
interface Told<T> {
  readonly value: T | null;
  readonly fault: string | null;
}
const none = { value: null, fault: null } as const;

/** A value that comes from the main process; asked for again when `key` changes, not at all while it is null. */
function useAsked<T>(key: string | null, ask: () => Promise<T | null>): Told<T> {
  const [told, setTold] = useState<Told<T>>(none);
  const connected = useConnection() === 'connected';
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key says what is asked for
  useEffect(() => {
    if (key === null || !connected) return setTold(none);
    let wanted = true;
    ask().then(
      (value) => wanted && setTold({ value, fault: null }),
      (thrown: unknown) => wanted && setTold({ value: null, fault: errorDetails(thrown).message }),
    );
    return () => {
      wanted = false;
    };
  }, [key, connected]);
  return told;
}

/** A sample of the test part. */
export function useDatasetSample(dataset: DatasetDescriptor | null, index: number): Told<Sample> {
  return useAsked(dataset && `${dataset.id}/${index}`, async () => {
    const { features, labels } = await client()['datasets.preview'](dataset?.id ?? '', 'test', index, 1);
    return { features: features[0] ?? [], label: labels[0] ?? [] };
  });
}

type Weights = NonNullable<SampleRequest['weights']>;

/** What a run has learned so far, read again after each of its epochs. */
export function useRunWeights(run: string | null, epochs: number): Told<Weights> {
  return useAsked(run && `${run}/${epochs}`, async () => {
    const found = run === null ? null : await fetchWeights(run);
    return found?.weights ?? null;
  });
}

/** Why nothing can be shown; null where it can. */
export function obstacleOf(network: Network | null, dataset: DatasetDescriptor | null, { problems, totals }: Analysis): string | null {
  if (!network || network.nodes.length === 0) return 'Draw a network first.';
  if (!dataset) return 'Choose a dataset: a sample comes from there.';
  const problem = problems.find(({ severity }) => severity === 'error');
  if (problem) return `As soon as the network is valid. ${problem.what}`;
  if (totals.multiplyAdds > mostWork)
    return `One sample takes ${Math.round(totals.multiplyAdds / 1e6)} million multiply-adds: too many to compute here while you draw.`;
  return null;
}

/** The result of the newest request that is answered; older answers are passed over. */
export function useActivations(request: SampleRequest | null): Told<SampleResult> & { readonly isBusy: boolean } {
  const worker = useRef<Worker | null>(null);
  const last = useRef(0);
  const [told, setTold] = useState<Told<SampleResult> & { readonly of: number }>({ ...none, of: 0 });
  useEffect(() => {
    const made = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
    made.onmessage = ({ data }: MessageEvent<Answered>) => {
      if (data.id === last.current) setTold({ value: 'result' in data ? data.result : null, fault: 'fault' in data ? data.fault : null, of: data.id });
    };
    worker.current = made;
    return () => made.terminate();
  }, []);
  useEffect(() => {
    if (!request) return;
    last.current += 1;
    worker.current?.postMessage({ id: last.current, request } satisfies Asked);
  }, [request]);
  return { ...(request ? told : none), isBusy: request !== null && told.of !== last.current };
}
