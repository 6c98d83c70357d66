// What the lists of losses, metrics, optimizers, schedules and callbacks share: looking one up by the name a project or a command gives.

import { NetwrightError } from '../lib/errors.ts';

/** @throws NetwrightError that lists the known ones */
export function lookUp<T>(list: Readonly<Record<string, T>>, id: string, what: 'loss' | 'metric' | 'optimizer' | 'schedule' | 'callback', where: string): T {
  const found = Object.hasOwn(list, id) ? list[id] : undefined;
  if (found) return found;
  const known = Object.keys(list).join(', ');
  throw new NetwrightError({ kind: 'project', code: `unknown-${what}`, where, message: `There is no ${what} “${id}” (${where}). Known: ${known}.` });
}
