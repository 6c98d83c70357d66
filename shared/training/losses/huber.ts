// Huber: squared for small differences, straight for large ones. Huber, 1964.

import { number } from '../../lib/fields.ts';
import { loss } from '../contracts.ts';
import { meanOfLast } from './probabilities.ts';

export const huber = loss({
  id: 'huber',
  title: 'Huber',
  keras: 'huber',
  help: 'Squares small differences and takes large ones as they are, so that a few wild values in the data do not rule the training.',
  formula: 'mean(½ · e² if |e| ≤ delta, delta · |e| − ½ · delta² otherwise), e = y − ŷ',
  fields: {
    delta: number({
      label: 'Delta',
      help: 'The difference from which on it is no longer squared.',
      min: 0,
      exclusiveMin: true,
      max: 1_000_000,
      level: 'advanced',
      default: 1,
    }),
  },
  labels: 'numbers',
  values(builder, labels, prediction, p) {
    const size = builder.abs(builder.subtract(prediction, labels));
    const inner = builder.minimum(size, builder.constant(p.delta));
    const outer = builder.multiply(builder.subtract(size, inner), builder.constant(p.delta));
    return meanOfLast(builder, builder.add(builder.multiply(builder.square(inner), builder.constant(0.5)), outer));
  },
});
