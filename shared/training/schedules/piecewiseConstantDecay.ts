// Piecewise constant decay: a list of rates and the steps between them.

import { NetwrightError } from '../../lib/errors.ts';
import { numberList, numbersIn } from '../../layers/preprocessing/numberList.ts';
import { schedule } from '../contracts.ts';

const listField = (label: string, help: string, usual: string) =>
  numberList({ label, help, placeholder: 'numbers such as 100, 200', default: usual, accepts: (value) => value >= 0 });

export const piecewiseConstantDecay = schedule({
  id: 'piecewiseConstantDecay',
  title: 'Piecewise constant',
  keras: 'PiecewiseConstantDecay',
  help: 'A rate for each stretch of steps. The learning rate set above is not used: the values stand in its place.',
  formula: 'values[i] up to and including step boundaries[i]',
  fields: {
    boundaries: listField('Boundaries', 'The last step of each stretch but the last.', '1000, 2000'),
    values: listField('Values', 'The rate of each stretch: one more than boundaries.', '0.001, 0.0005, 0.0001'),
  },
  check({ boundaries, values }) {
    const [steps, rates] = [numbersIn(boundaries), numbersIn(values)];
    const isRising = steps.every((step, i) => i === 0 || step > (steps[i - 1] as number));
    if (isRising && rates.length === steps.length + 1) return;
    throw new NetwrightError({
      kind: 'project',
      code: 'schedule-parameter',
      where: 'training.schedule.parameters',
      message: `Piecewise constant needs boundaries that rise and one value more than boundaries, but has boundaries ${boundaries} and values ${values} (training.schedule.parameters).`,
    });
  },
  rate(step, _run, p) {
    const at = numbersIn(p.boundaries).findIndex((boundary) => step <= boundary);
    return numbersIn(p.values).at(at) as number;
  },
});
