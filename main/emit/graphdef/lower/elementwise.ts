// Operations that treat every element alike.

import type { Lowering } from '../lowering.ts';
import { at } from '../lowering.ts';

/** A TensorFlow operation of the same inputs, typed by the first. */
const same =
  (op: string): Lowering =>
  ({ graph, inputs, nodes }) =>
    graph.typed(op, at(inputs, 0).dtype, nodes);
const logical =
  (op: string): Lowering =>
  ({ graph, nodes }) =>
    graph.node(op, nodes);

/** A vector along the last axis is a bias to TensorFlow, which it can do together with the product before it. */
const add: Lowering = ({ graph, inputs, nodes }) => {
  const [x, y] = [at(inputs, 0), at(inputs, 1)];
  const isBias = x.dtype === 'float32' && y.shape.length === 1 && x.shape.length > 1 && x.shape.at(-1) === y.shape[0];
  return isBias ? graph.float('BiasAdd', nodes) : graph.typed('AddV2', x.dtype, nodes);
};

export const elementwiseLowerings = {
  negate: same('Neg'),
  abs: same('Abs'),
  sign: same('Sign'),
  stopGradient: same('Identity'),
  square: same('Square'),
  sqrt: same('Sqrt'),
  reciprocal: same('Reciprocal'),
  exp: same('Exp'),
  log: same('Log'),
  sin: same('Sin'),
  cos: same('Cos'),
  tanh: same('Tanh'),
  sigmoid: same('Sigmoid'),
  relu: same('Relu'),
  softplus: same('Softplus'),
  erf: same('Erf'),
  floor: same('Floor'),
  add,
  subtract: same('Sub'),
  multiply: same('Mul'),
  divide: same('RealDiv'),
  power: same('Pow'),
  maximum: same('Maximum'),
  minimum: same('Minimum'),
  equal: same('Equal'),
  greater: same('Greater'),
  greaterEqual: same('GreaterEqual'),
  less: same('Less'),
  lessEqual: same('LessEqual'),
  logicalAnd: logical('LogicalAnd'),
  logicalOr: logical('LogicalOr'),
  logicalNot: logical('LogicalNot'),
  select: ({ graph, output, nodes }) => graph.typed('SelectV2', output.dtype, nodes),
  cast: ({ graph, inputs, output, nodes }) => graph.node('Cast', nodes, { SrcT: { type: at(inputs, 0).dtype }, DstT: { type: output.dtype } }),
  // TensorFlow asks for the gradient first here, and for the result first in the next two.
  reluGradient: ({ graph, nodes: [y = '', g = ''] }) => graph.float('ReluGrad', [g, y]),
  tanhGradient: same('TanhGrad'),
  sigmoidGradient: same('SigmoidGrad'),
} satisfies Record<string, Lowering>;
