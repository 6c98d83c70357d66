// What is wrong with a network, said before anything is computed.

import type { DatasetDescriptor } from '../datasets/descriptor.ts';
import { NetwrightError } from '../lib/errors.ts';
import type { Network } from '../network/network.ts';
import type { Problem } from '../network/problem.ts';
import { analyze } from './analyze.ts';

/** @param matters which errors stand in the way; default: all @throws NetwrightError with the first of them, if there is one */
export function refuseProblems(network: Network, dataset: DatasetDescriptor, matters: (problem: Problem) => boolean = () => true): void {
  const problem = analyze(network, { dataset }).problems.find((one) => one.severity === 'error' && matters(one));
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
