// Squared hinge: a hinge that weighs large mistakes more.

import { loss } from '../contracts.ts';
import { missingMargin } from './margins.ts';
import { meanOfLast } from './probabilities.ts';

export const squaredHinge = loss({
  id: 'squaredHinge',
  title: 'Squared hinge',
  keras: 'squared_hinge',
  help: 'Like hinge, but the missing margin is squared: small misses matter little, large ones much. Labels 0 and 1 count as −1 and 1.',
  formula: 'mean(max(0, 1 − y · ŷ)²), y = ±1',
  fields: {},
  labels: 'binary',
  values: (builder, labels, prediction) => meanOfLast(builder, builder.square(missingMargin(builder, labels, prediction))),
});
