// The worker of the live sample: one request after the other, so that the window never waits.

import { errorDetails } from '../../shared/lib/errors.ts';
import { activationsOf, type SampleRequest, type SampleResult } from './activations.ts';

export interface Asked {
  readonly id: number;
  readonly request: SampleRequest;
}
export type Answered = { readonly id: number } & ({ readonly result: SampleResult } | { readonly fault: string });

function answerTo({ id, request }: Asked): Answered {
  try {
    return { id, result: activationsOf(request) };
  } catch (error) {
    return { id, fault: errorDetails(error).message };
  }
}

self.onmessage = (event: MessageEvent<Asked>) => self.postMessage(answerTo(event.data));
