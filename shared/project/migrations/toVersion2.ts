// Version 2 knows layers that share weights, are frozen or bypassed, outputs with settings of their own, and blocks. Version 1 could
// hold none of them, so nothing changes; an older Netwright refuses such a file instead of training something else.

import type { Migration } from './index.ts';

export const toVersion2: Migration = {
  to: 2,
  name: 'Knows shared, frozen and bypassed layers, several outputs, and blocks',
  migrate: (document) => document,
};
