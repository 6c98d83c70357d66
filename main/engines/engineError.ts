// The errors of this room: an engine cannot be installed, or not be removed.

import { NetwrightError } from '../../shared/lib/errors.ts';

export const engineError = (code: string, where: string, message: string): NetwrightError => new NetwrightError({ kind: 'engine', code, where, message });
