// Variance scaling: the family of Glorot, He and LeCun with its choices open.

import { choice, number } from '../../lib/fields.ts';
import { fillScaled } from './distributions.ts';
import { initializer } from './initializer.ts';

export const varianceScaling = initializer({
  id: 'varianceScaling',
  title: 'Variance scaling',
  keras: 'VarianceScaling',
  kerasConfig: { seed: null },
  help: 'A variance of scale / fan: Glorot, He and LeCun are its best known members.',
  fields: {
    scale: number({ label: 'Scale', help: '1 for Glorot and LeCun, 2 for He.', min: 0, exclusiveMin: true, max: 1_000_000, default: 1 }),
    mode: choice({
      label: 'Fan',
      help: 'What the variance is divided by.',
      choices: [
        { value: 'fan_in', label: 'fan in', help: 'How many numbers a unit sees: keeps signals’ strength forwards.' },
        { value: 'fan_out', label: 'fan out', help: 'How many units see a number: keeps gradients’ strength.' },
        { value: 'fan_avg', label: 'mean of both' },
      ],
      default: 'fan_in',
    }),
    distribution: choice({
      label: 'Distribution',
      choices: [
        { value: 'truncated_normal', label: 'normal, cut at 2 deviations' },
        { value: 'untruncated_normal', label: 'normal' },
        { value: 'uniform', label: 'uniform' },
      ],
      default: 'truncated_normal',
    }),
  },
  create: (shape, key, p) => fillScaled(shape, key, p),
});
