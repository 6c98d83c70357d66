// The one way in which this room refuses a model file: by name, with the place, what was expected and what to do.

import { NetwrightError } from '../../shared/lib/errors.ts';

export const modelError = (code: string, where: string, message: string): NetwrightError => new NetwrightError({ kind: 'project', code, where, message });
