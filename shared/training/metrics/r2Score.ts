// R²: how much of the spread of the labels the network explains.

import type { Tensor } from '../../tensor/types.ts';
import { sizeOf } from '../../tensor/types.ts';
import { metric } from '../contracts.ts';
import { requireComparable } from './comparable.ts';
import { counted, total } from './means.ts';

export const r2Score = metric({
  id: 'r2Score',
  title: 'R² score',
  keras: 'r2_score',
  help: 'The share of the labels’ spread that the answers explain: 1 is perfect, 0 is no better than always answering the mean, below 0 worse. With several outputs, their mean.',
  better: 'higher',
  tasks: ['numbers'],
  fields: {},
  lower(builder, labels, prediction, form, _, counts) {
    requireComparable('R² score', form);
    const column = (x: Tensor) => builder.reduceSum(counted(builder, x, counts), { axes: x.shape.slice(0, -1).map((_, axis) => axis), keepDims: false });
    const rows = labels.shape.slice(0, -1).reduce((product, size) => product * size, 1);
    const errors = column(builder.square(builder.subtract(labels, prediction)));
    const count = counts ? builder.multiply(total(builder, counts), builder.constant(rows / sizeOf(counts.shape))) : builder.constant(rows, [1]);
    return builder.concat(column(labels), column(builder.square(labels)), errors, count, { axis: 0 });
  },
  result(sums) {
    const all = Array.from(sums),
      outputs = (all.length - 1) / 3,
      count = all.at(-1) as number;
    const scores = Array.from({ length: outputs }, (_, i) => {
      const [sum, squares, errors] = [all[i], all[outputs + i], all[2 * outputs + i]] as [number, number, number];
      const score = 1 - errors / (squares - (sum * sum) / count);
      // Labels that are all the same have no spread: Keras says 0.
      return Number.isFinite(score) ? score : 0;
    });
    return scores.reduce((a, b) => a + b, 0) / outputs;
  },
});
