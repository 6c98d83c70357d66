// Categorical focal cross-entropy: cross-entropy over classes that looks at what is still wrong. Lin et al., 2017.

import { number } from '../../lib/fields.ts';
import { loss } from '../contracts.ts';
import { clipProbability, fromLogitsField, labelSmoothingField, normalized, smoothed, sumOfLast } from './probabilities.ts';

export const categoricalFocalCrossentropy = loss({
  id: 'categoricalFocalCrossentropy',
  title: 'Categorical focal cross-entropy',
  keras: 'categorical_focal_crossentropy',
  help: 'Cross-entropy that hardly counts classes already answered well, so that rare and difficult samples get their say. For many classes of very different size.',
  formula: '−mean(Σ_c alpha · (1 − p_c)^gamma · y_c · log(p_c))',
  fields: {
    alpha: number({ label: 'Alpha', help: 'A factor for the whole loss.', min: 0, max: 1, level: 'advanced', default: 0.25 }),
    gamma: number({
      label: 'Gamma',
      help: 'How strongly easy samples are discounted; 0 is plain cross-entropy.',
      min: 0,
      max: 100,
      level: 'advanced',
      default: 2,
    }),
    fromLogits: fromLogitsField(),
    labelSmoothing: labelSmoothingField(),
  },
  labels: 'oneHot',
  values(builder, labels, prediction, p) {
    const target = smoothed(builder, labels, p.labelSmoothing, labels.shape.at(-1) ?? 1);
    const probability = clipProbability(builder, normalized(builder, p.fromLogits ? builder.softmax(prediction, { axis: -1 }) : prediction));
    const surprise = builder.negate(builder.multiply(target, builder.log(probability)));
    const wrong = builder.power(builder.subtract(builder.constant(1), probability), builder.constant(p.gamma));
    return sumOfLast(builder, builder.multiply(builder.multiply(wrong, builder.constant(p.alpha)), surprise));
  },
});
