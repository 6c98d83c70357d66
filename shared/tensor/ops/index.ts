// The list of all operations. Adding one is a file, a line here and an entry in samples.ts.

import { abs } from './abs.ts';
import { add } from './add.ts';
import { argMax } from './argMax.ts';
import { averagePool2d } from './averagePool2d.ts';
import { averagePool2dGradient } from './averagePool2dGradient.ts';
import { batchNormalize } from './batchNormalize.ts';
import { batchNormalizeGradient } from './batchNormalizeGradient.ts';
import { broadcastTo } from './broadcastTo.ts';
import { cast } from './cast.ts';
import { concat } from './concat.ts';
import { conv2d } from './conv2d.ts';
import { conv2dInputGradient } from './conv2dInputGradient.ts';
import { conv2dKernelGradient } from './conv2dKernelGradient.ts';
import { cos } from './cos.ts';
import { divide } from './divide.ts';
import { equal } from './equal.ts';
import { erf } from './erf.ts';
import { exp } from './exp.ts';
import { floor } from './floor.ts';
import { gather } from './gather.ts';
import { greater } from './greater.ts';
import { greaterEqual } from './greaterEqual.ts';
import { gru } from './gru.ts';
import { gruGradient } from './gruGradient.ts';
import { less } from './less.ts';
import { lessEqual } from './lessEqual.ts';
import { log } from './log.ts';
import { logSoftmax } from './logSoftmax.ts';
import { logicalAnd } from './logicalAnd.ts';
import { logicalNot } from './logicalNot.ts';
import { logicalOr } from './logicalOr.ts';
import { lstm } from './lstm.ts';
import { lstmGradient } from './lstmGradient.ts';
import { matMul } from './matMul.ts';
import { maxPool2d } from './maxPool2d.ts';
import { maxPool2dGradient } from './maxPool2dGradient.ts';
import { maximum } from './maximum.ts';
import { minimum } from './minimum.ts';
import { multiply } from './multiply.ts';
import { negate } from './negate.ts';
import { oneHot } from './oneHot.ts';
import { pad } from './pad.ts';
import { power } from './power.ts';
import { reciprocal } from './reciprocal.ts';
import { reduceMax } from './reduceMax.ts';
import { reduceMean } from './reduceMean.ts';
import { reduceMin } from './reduceMin.ts';
import { reduceSum } from './reduceSum.ts';
import { relu } from './relu.ts';
import { reluGradient } from './reluGradient.ts';
import { reshape } from './reshape.ts';
import { scatterRows } from './scatterRows.ts';
import { select } from './select.ts';
import { sigmoid } from './sigmoid.ts';
import { sigmoidGradient } from './sigmoidGradient.ts';
import { sign } from './sign.ts';
import { simpleRnn } from './simpleRnn.ts';
import { sin } from './sin.ts';
import { slice } from './slice.ts';
import { softmax } from './softmax.ts';
import { softplus } from './softplus.ts';
import { split } from './split.ts';
import { sqrt } from './sqrt.ts';
import { stopGradient } from './stopGradient.ts';
import { square } from './square.ts';
import { subtract } from './subtract.ts';
import { tanh } from './tanh.ts';
import { tanhGradient } from './tanhGradient.ts';
import { transpose } from './transpose.ts';

export const operations = {
  // Element by element.
  negate,
  abs,
  sign,
  square,
  sqrt,
  stopGradient,
  reciprocal,
  exp,
  log,
  tanh,
  sigmoid,
  relu,
  softplus,
  erf,
  sin,
  cos,
  floor,
  // Two values, with broadcasting.
  add,
  subtract,
  multiply,
  divide,
  power,
  maximum,
  minimum,
  // Comparisons and choices.
  equal,
  greater,
  greaterEqual,
  less,
  lessEqual,
  logicalAnd,
  logicalOr,
  logicalNot,
  select,
  // Types.
  cast,
  // Over axes.
  reduceSum,
  reduceMean,
  reduceMax,
  reduceMin,
  argMax,
  softmax,
  logSoftmax,
  // Products.
  matMul,
  conv2d,
  conv2dInputGradient,
  conv2dKernelGradient,
  // Layout.
  reshape,
  transpose,
  broadcastTo,
  concat,
  slice,
  split,
  pad,
  // Rows.
  gather,
  scatterRows,
  oneHot,
  // Windows.
  maxPool2d,
  maxPool2dGradient,
  averagePool2d,
  averagePool2dGradient,
  // Over all axes but the last.
  batchNormalize,
  batchNormalizeGradient,
  // Gradients that engines have kernels for.
  reluGradient,
  tanhGradient,
  sigmoidGradient,
  // Composites: defined by their expansion.
  simpleRnn,
  lstm,
  lstmGradient,
  gru,
  gruGradient,
} as const;

export type OperationName = keyof typeof operations;
