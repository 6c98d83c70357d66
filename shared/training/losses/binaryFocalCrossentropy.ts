// Binary focal cross-entropy: cross-entropy that looks at what is still wrong. Lin et al., 2017.

import { boolean, number } from '../../lib/fields.ts';
import type { Builder } from '../../tensor/builder.ts';
import type { Tensor } from '../../tensor/types.ts';
import { loss } from '../contracts.ts';
import { binaryEntropy, complement } from './binaryCrossentropy.ts';
import { fromLogitsField, labelSmoothingField, meanOfLast, smoothed } from './probabilities.ts';

export const binaryFocalCrossentropy = loss({
  id: 'binaryFocalCrossentropy',
  title: 'Binary focal cross-entropy',
  keras: 'binary_focal_crossentropy',
  help: 'Binary cross-entropy that hardly counts what is already answered well, so that rare and difficult samples get their say. For yes-or-no questions where one answer is much rarer.',
  formula: '−mean((1 − p_t)^gamma · log(p_t)), p_t the probability given to the right answer',
  fields: {
    gamma: number({
      label: 'Gamma',
      help: 'How strongly easy samples are discounted; 0 is plain cross-entropy.',
      min: 0,
      max: 100,
      level: 'advanced',
      default: 2,
    }),
    alpha: number({ label: 'Alpha', help: 'The weight of “yes” against “no” where classes are balanced.', min: 0, max: 1, level: 'advanced', default: 0.25 }),
    applyClassBalancing: boolean({ label: 'Balance classes', help: 'Weighs “yes” by alpha and “no” by 1 − alpha.', level: 'advanced', default: false }),
    fromLogits: fromLogitsField(),
    labelSmoothing: labelSmoothingField(),
  },
  labels: 'binary',
  values(builder, given, prediction, p) {
    const labels = smoothed(builder, given, p.labelSmoothing, 2);
    const probability = p.fromLogits ? builder.sigmoid(prediction) : prediction;
    const wrong = builder.power(complement(builder, mixed(builder, labels, probability, complement(builder, probability))), builder.constant(p.gamma));
    const focal = builder.multiply(wrong, binaryEntropy(builder, labels, probability, false));
    const weight = mixed(builder, labels, builder.constant(p.alpha), builder.constant(1 - p.alpha));
    return meanOfLast(builder, p.applyClassBalancing ? builder.multiply(weight, focal) : focal);
  },
});

/** `yes` where the label is 1, `no` where it is 0. */
const mixed = (builder: Builder, labels: Tensor, yes: Tensor, no: Tensor): Tensor =>
  builder.add(builder.multiply(labels, yes), builder.multiply(complement(builder, labels), no));
