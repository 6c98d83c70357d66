// An optimizer's parameters, checked.

import { NetwrightError } from '../../lib/errors.ts';
import type { AnyOptimizer } from '../contracts.ts';
import { resolveParameters } from '../parameters.ts';

export type Resolved = Record<string, number | boolean | string | null>;

const place = 'training.optimizer.parameters';

/** All parameters, missing ones at their default. @throws NetwrightError for an unknown parameter or a value out of range */
export function resolveOptimizerParameters({ title, fields }: AnyOptimizer, given: Readonly<Record<string, unknown>>): Resolved {
  return refuseTwoClips(resolveParameters({ title, fields, place, what: 'optimizer' }, given));
}

/** @throws NetwrightError where gradients are to be clipped in more than one way, which Keras refuses too */
function refuseTwoClips(parameters: Resolved): Resolved {
  const [first, second] = ['clipnorm', 'globalClipnorm', 'clipvalue'].filter((key) => parameters[key] !== null && parameters[key] !== undefined);
  if (!second) return parameters;
  throw new NetwrightError({
    kind: 'project',
    code: 'optimizer-parameter',
    where: `${place}.${second}`,
    message: `Gradients are clipped in one way only, but ${first} and ${second} are both set (${place}). Leave one of them empty.`,
  });
}
