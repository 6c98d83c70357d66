// How the losses of a batch become one number, as every loss lets it be chosen. No loss itself.

import { choice } from '../../lib/fields.ts';

export type Reduction = 'sum_over_batch_size' | 'sum' | 'mean_with_sample_weight';

/** Keras' own words, which stand in its files. */
export const reductionFields = {
  reduction: choice({
    label: 'Reduction',
    help: 'How the losses of a batch become one number.',
    choices: [
      { value: 'sum_over_batch_size', label: 'mean', help: 'The mean over all of them: learning rates fit any batch size.' },
      { value: 'sum', label: 'sum', help: 'The sum: larger batches make larger steps.' },
      { value: 'mean_with_sample_weight', label: 'weighted mean', help: 'The sum divided by the weights of the samples.' },
    ],
    level: 'advanced',
    default: 'sum_over_batch_size',
  }),
} as const;
