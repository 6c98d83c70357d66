// What a training would take, as the main process measured it: asked for when the open network is whole and nothing has happened for a moment.

import { create } from 'zustand';
import type { Analysis } from '../../shared/compile/types.ts';
import { errorDetails } from '../../shared/lib/errors.ts';
import type { Forecast, ForecastRequest } from '../../shared/protocol/contract.ts';
import { client, useClient } from './client.ts';

/** A question is new where any part of it is another object or value. */
export type ForecastQuestion = ForecastRequest & { readonly analysis: Analysis };

export type ForecastState =
  | { readonly kind: 'none' }
  /** Asked, not answered yet. */
  | { readonly kind: 'measuring'; readonly question: ForecastQuestion }
  | { readonly kind: 'known'; readonly question: ForecastQuestion; readonly forecast: Forecast }
  /** Measuring failed; the sentence says why. */
  | { readonly kind: 'failed'; readonly question: ForecastQuestion; readonly code: string; readonly reason: string };

const useStore = create<{ readonly state: ForecastState }>()(() => ({ state: { kind: 'none' } }));
const put = (state: ForecastState): void => useStore.setState({ state });

const sameQuestion = (a: ForecastQuestion, b: ForecastQuestion): boolean => a.analysis === b.analysis && a.dataset === b.dataset && a.settings === b.settings;

/** Whether this very question was answered already. */
export function isForecast(question: ForecastQuestion): boolean {
  const { state } = useStore.getState();
  return (state.kind === 'known' || state.kind === 'failed') && sameQuestion(state.question, question);
}

/** Asks; what comes back too late for the question that then stands is dropped. */
export async function askForecast(question: ForecastQuestion): Promise<void> {
  put({ kind: 'measuring', question });
  const answer = (state: ForecastState) => {
    const now = useStore.getState().state;
    if (now.kind === 'measuring' && now.question === question) put(state);
  };
  try {
    const { network, settings, dataset } = question;
    answer({ kind: 'known', question, forecast: await client()['forecast.measure']({ network, settings, dataset }) });
  } catch (thrown) {
    const { code, message } = errorDetails(thrown);
    answer(code === 'forecast-cancelled' || code === 'forecast-busy' ? { kind: 'none' } : { kind: 'failed', question, code, reason: message });
  }
}

/** The network is no longer the one that was asked about. */
export function dropForecast(): void {
  const { state } = useStore.getState();
  if (state.kind === 'none') return;
  put({ kind: 'none' });
  // Where the line is lost, nobody waits for an answer.
  if (state.kind === 'measuring')
    useClient
      .getState()
      .client?.['forecast.cancel']()
      .catch(() => undefined);
}

export const useForecast = (): ForecastState => useStore(({ state }) => state);
