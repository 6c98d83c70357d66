// Perceptron: the criterion whose gradient is Rosenblatt's rule of 1958. One sample a step, plain SGD and a rate of η make the classic
// update w ← w + η · (y − ŷ) · x exactly.

import type { Builder } from '../../tensor/builder.ts';
import type { Tensor } from '../../tensor/types.ts';
import { loss } from '../contracts.ts';
import { meanOfLast } from './probabilities.ts';

export const perceptron = loss({
  id: 'perceptron',
  title: 'Perceptron',
  keras: null,
  help: 'How far wrong answers lie on the wrong side of 0; right answers cost nothing. With a binary step at the end, plain SGD and one sample a step it is the perceptron’s learning rule. It ends at 0 where a straight line separates the classes, and never where none does.',
  formula: 'mean((ŷ − y) · z), z = w · x + b, ŷ = 1 where z ≥ 0, else 0;  so w ← w + η · (y − ŷ) · x',
  fields: {},
  labels: 'binary',
  values(builder, labels, prediction) {
    const score = scoreBehind(builder, prediction);
    const answer = builder.cast(builder.greaterEqual(score, builder.constant(0)), { dtype: 'float32' });
    return meanOfLast(builder, builder.multiply(builder.subtract(answer, labels), score));
  },
});

/** What a binary step at the end has cut to 0 and 1; without one, the prediction itself. The step has no slope: the rule passes it by. */
function scoreBehind(builder: Builder, prediction: Tensor): Tensor {
  const cast = builder.producerOf(prediction);
  const [answer] = cast?.operation === 'cast' ? cast.inputs : [];
  const comparison = answer && builder.producerOf(answer);
  return (comparison?.operation === 'greaterEqual' && comparison.inputs[0]) || prediction;
}
