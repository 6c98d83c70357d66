// Simplifications of pooling's gradients: each window's gradient is handed on whole, so sums over the image need not be spread first.

import type { Rule, Rules } from './rule.ts';

const ROWS = 1,
  COLUMNS = 2;

/** Added up over rows and columns, what pooling hands back is what it was given. */
const sumOfShares: Rule = ({ inputs, attributes }, { builder, producer }) => {
  const axes = attributes.axes as readonly number[];
  const whole = axes.includes(ROWS) && axes.includes(COLUMNS);
  const given = whole ? producer(inputs[0], 'maxPool2dGradient')?.inputs[2] : undefined;
  return given ? [builder.reduceSum(given, { axes, keepDims: attributes.keepDims as boolean })] : null;
};

export const poolingRules: Rules = { reduceSum: [sumOfShares] };
