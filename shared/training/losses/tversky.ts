// Tversky: overlap of areas in which misses and false alarms weigh differently. Salehi et al., 2017.

import { number } from '../../lib/fields.ts';
import { loss } from '../contracts.ts';
import { areaFields, areaSum } from './overlap.ts';
import { epsilon } from './probabilities.ts';

const weight = (label: string, help: string) => number({ label, help, min: 0, max: 1000, default: 0.5 });

export const tversky = loss({
  id: 'tversky',
  title: 'Tversky',
  keras: 'tversky',
  help: 'Like Dice, but what was missed and what was wrongly found can weigh differently. For segmentation where missing something is worse than a false alarm.',
  formula: '1 − Σ y·p / (Σ y·p + alpha · Σ y·(1 − p) + beta · Σ (1 − y)·p)',
  fields: {
    alpha: weight('Alpha', 'The weight of what was missed.'),
    beta: weight('Beta', 'The weight of what was wrongly found.'),
    ...areaFields,
  },
  labels: 'binary',
  values(builder, y, x, p) {
    const sum = areaSum(builder, p),
      one = builder.constant(1);
    const both = sum(builder.multiply(y, x));
    const missed = builder.multiply(sum(builder.multiply(builder.subtract(one, x), y)), builder.constant(p.alpha));
    const wrong = builder.multiply(sum(builder.multiply(x, builder.subtract(one, y))), builder.constant(p.beta));
    const all = builder.add(builder.add(builder.add(both, missed), wrong), builder.constant(epsilon));
    return builder.subtract(one, builder.divide(both, all));
  },
});
