// Accuracy: the share of right answers, as Keras reads the word `accuracy`.

import type { Builder } from '../../tensor/builder.ts';
import type { Tensor } from '../../tensor/types.ts';
import { metric } from '../contracts.ts';
import { meanOf, meanSums } from './means.ts';

export const accuracy = metric({
  id: 'accuracy',
  title: 'Accuracy',
  keras: 'accuracy',
  help: 'The share of samples answered rightly: the most likely class is the label; with a single output, above 0.5 means yes.',
  better: 'higher',
  tasks: ['classes', 'binary'],
  fields: {},
  lower(builder, labels, prediction, form) {
    const last = prediction.shape.length - 1;
    const single = (prediction.shape[last] ?? 1) === 1;
    if (form !== 'classes' && single) return share(builder, builder.equal(above(builder, prediction), above(builder, labels)));
    const target = form === 'classes' ? labels : builder.argMax(labels, { axis: last });
    return share(builder, builder.equal(cast(builder, builder.argMax(prediction, { axis: last })), cast(builder, target)));
  },
  result: meanOf,
});

const cast = (builder: Builder, x: Tensor): Tensor => builder.cast(x, { dtype: 'float32' });
const above = (builder: Builder, x: Tensor): Tensor => cast(builder, builder.greater(x, builder.constant(0.5)));
const share = (builder: Builder, right: Tensor): Tensor => meanSums(builder, cast(builder, right));
