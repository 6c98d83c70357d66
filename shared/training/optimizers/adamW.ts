// AdamW: Adam with weights that shrink by themselves. Loshchilov and Hutter, 2019.

import { number } from '../../lib/fields.ts';
import { optimizer } from '../contracts.ts';
import { adamFields, adamStep } from './adamStep.ts';

export const adamW = optimizer({
  id: 'adamW',
  title: 'AdamW',
  keras: 'AdamW',
  help: 'Adam that also shrinks every weight a little at each step, beside the gradient. Works against memorizing; usual for transformers.',
  formula: 'w ← w − rate · decay · w, then a step of Adam',
  fields: {
    ...adamFields,
    weightDecay: number({
      label: 'Weight decay',
      help: 'How much of every weight is taken away at each step, times the learning rate.',
      min: 0,
      max: 1,
      scale: 'log',
      default: 0.004,
    }),
  },
  lower(context, weight, gradient, p) {
    const { builder, learningRate } = context;
    const decay = builder.multiply(builder.multiply(weight, builder.constant(p.weightDecay)), learningRate);
    return adamStep(context, builder.subtract(weight, decay), gradient, p);
  },
});
