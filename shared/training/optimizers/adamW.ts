// AdamW: Adam with weights that shrink by themselves. Loshchilov and Hutter, 2019.

import { optionalNumber } from '../../lib/fields.ts';
import { optimizer } from '../contracts.ts';
import { commonFields } from './commonFields.ts';
import { adamFields, adamStep } from './adamStep.ts';

export const adamW = optimizer({
  id: 'adamW',
  title: 'AdamW',
  keras: 'AdamW',
  help: 'Adam that also shrinks every weight a little at each step, beside the gradient. Works against memorizing; usual for transformers.',
  formula: 'w ← w − rate · decay · w, then a step of Adam',
  fields: {
    ...adamFields,
    weightDecay: optionalNumber({ ...commonFields.weightDecay, level: 'common', default: 0.004 }),
  },
  lower: (context, weight, gradient, p) => adamStep(context, weight, gradient, p),
});
