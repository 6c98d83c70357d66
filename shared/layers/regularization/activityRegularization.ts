// ActivityRegularization: large outputs cost something.

import { layer, only } from '../layer.ts';
import { penalty, strengthField } from '../regularizers/index.ts';

export const activityRegularization = layer({
  id: 'activityRegularization',
  title: 'ActivityRegularization',
  family: 'regularization',
  keepsShape: true,
  sight: 'place',
  help: {
    text: 'Lets values pass as they are, but adds to the loss how large they are. L1 makes most of them 0, as in a sparse autoencoder; L2 keeps them small.',
    formula: 'loss ← loss + (l1 · Σ |x| + l2 · Σ x²) / batch size',
    source: 'https://keras.io/api/layers/regularization_layers/activity_regularization/',
  },
  synonyms: ['regularization', 'sparse', 'penalty', 'l1', 'l2'],
  fields: {
    l1: strengthField({ label: 'L1', help: 'How much the sum of the sizes costs; makes most values 0.' }),
    l2: strengthField({ label: 'L2', help: 'How much the sum of the squares costs; keeps values small.' }),
  },
  inputs: 1,
  masking: 'keeps',
  describe: (p) => [p.l1 > 0 && `L1 ${p.l1}`, p.l2 > 0 && `L2 ${p.l2}`].filter(Boolean).join(' · ') || 'no penalty',
  lower(context, inputs, p) {
    const input = only(inputs);
    const sum = penalty(context.builder, input, p);
    if (sum) context.addLoss(context.builder.multiply(sum, context.builder.constant(1 / (input.shape[0] as number))));
    return input;
  },
  keras: { className: 'ActivityRegularization' },
});
