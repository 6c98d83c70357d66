// What is wrong with a network, said before anything is computed.

import type { DatasetDescriptor } from '../../datasets/descriptor.ts';
import { NetwrightError } from '../../lib/errors.ts';
import type { Network } from '../../network/network.ts';
import type { Problem } from '../../network/problem.ts';
import { analyze } from './analyze.ts';

interface RefusalOptions {
  /** Which errors stand in the way; default: all. */
  readonly matters?: (problem: Problem) => boolean;
  /** The settings' loss. */
  readonly loss?: string;
}

/** @throws NetwrightError with the first error that matters, if there is one */
export function refuseProblems(network: Network, dataset: DatasetDescriptor, { matters = () => true, loss = 'auto' }: RefusalOptions): void {
  const problem = analyze(network, { dataset, loss }).problems.find((one) => one.severity === 'error' && matters(one));
  if (!problem) return;
  const repair = problem.repairs[0] ? ` To mend it: ${problem.repairs[0].label}.` : '';
  const why = problem.why ? ` ${problem.why}` : '';
  throw new NetwrightError({
    kind: 'project',
    code: problem.code,
    where: problem.where,
    message: `${problem.what} (${problem.where}, in network “${network.name}”.)${why}${repair}`,
  });
}
