// The one way in which this room refuses: bad data, with the file.

import { NetwrightError } from '../../shared/lib/errors.ts';

export const dataError = (code: string, where: string, message: string): NetwrightError => new NetwrightError({ kind: 'data', code, where, message });
