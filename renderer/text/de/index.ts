// German: one file of texts for each room of the app.

import type { Catalogue } from '../languages.ts';

export const german: Catalogue = {};
