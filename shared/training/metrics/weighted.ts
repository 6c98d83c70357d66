// Whether a metric looks at the weights of samples: Keras keeps such metrics in a list of their own. No metric itself.

import { boolean } from '../../lib/fields.ts';

export const weightedField = {
  weighted: boolean({
    label: 'Weighted',
    help: 'Counts every sample by its weight, as the loss does: by the data’s own weights or those of its class.',
    level: 'advanced',
    default: false,
  }),
} as const;
