// Operations that treat every element alike: they run in whichever order of axes their inputs already have.

import { sizeOf, type Tensor } from '../../../../shared/tensor/types.ts';
import { dataTypeNumber } from '../graphWriter.ts';
import type { Lowering, LoweringInput } from '../lowering.ts';
import type { Layout, Values } from '../values.ts';
import { repeatedOver } from './channels.ts';

/** From this many elements on, repeating is worth its own node. */
const LARGE = 1 << 15;
/** Vectors of so many elements are long enough; and a bias that stands as it is may be joined to the product before it by ONNX Runtime. */
const LONG = 64;

/** An input as the operation takes it: short vectors beside large values repeated. */
function operand(values: Values, tensor: Tensor, { shape }: Tensor, layout: Layout): string {
  const isVector = tensor.shape.length === 1 && shape.length > 1 && tensor.shape[0] === shape.at(-1);
  if (tensor.shape.length === 0) return values.get(tensor);
  if (isVector && layout === 'blocked') return values.plane(tensor, shape);
  if (!isVector || layout !== 'channelsLast' || sizeOf(shape) < LARGE || sizeOf(tensor.shape) >= LONG) return values.get(tensor, layout);
  const over = repeatedOver(shape);
  return values.once(`repeated/${tensor.id}/${over.join()}`, () => values.graph.node('Expand', [values.get(tensor), values.graph.integers(over)]));
}

/** An ONNX operator of the same inputs, kept in the layout of its inputs. */
const elementwise =
  (write: (input: LoweringInput, names: readonly string[]) => string): Lowering =>
  (input) => {
    const layout = input.values.elementwiseLayout(input.inputs, input.output);
    const names = input.inputs.map((tensor) => operand(input.values, tensor, input.output, layout));
    input.values.set(input.output, write(input, names), layout);
  };
const same = (type: string): Lowering => elementwise(({ graph }, names) => graph.node(type, names));

export const elementwiseLowerings = {
  negate: same('Neg'),
  abs: same('Abs'),
  sign: same('Sign'),
  stopGradient: same('Identity'),
  // Mul is vectorized and threaded; there is no square operator.
  square: elementwise(({ graph }, [x = '']) => graph.node('Mul', [x, x])),
  sqrt: same('Sqrt'),
  reciprocal: same('Reciprocal'),
  exp: same('Exp'),
  log: same('Log'),
  tanh: same('Tanh'),
  sigmoid: same('Sigmoid'),
  relu: same('Relu'),
  softplus: same('Softplus'),
  erf: same('Erf'),
  sin: same('Sin'),
  cos: same('Cos'),
  floor: same('Floor'),
  add: same('Add'),
  subtract: same('Sub'),
  multiply: same('Mul'),
  divide: same('Div'),
  power: same('Pow'),
  maximum: same('Max'),
  minimum: same('Min'),
  equal: same('Equal'),
  greater: same('Greater'),
  greaterEqual: same('GreaterOrEqual'),
  less: same('Less'),
  lessEqual: same('LessOrEqual'),
  logicalAnd: same('And'),
  logicalOr: same('Or'),
  logicalNot: same('Not'),
  select: same('Where'),
  cast: elementwise(({ graph, output }, names) => graph.node('Cast', names, { to: dataTypeNumber(output.dtype) })),
  // 1 where y is above 0, in one pass: min(1, max(0, y · 10³⁸)). A comparison and a cast are two, and choosing with Where is several times slower.
  reluGradient: elementwise(({ graph }, [y = '', g = '']) =>
    graph.node('Mul', [g, graph.node('HardSigmoid', [y], { alpha: { float: 1e38 }, beta: { float: 0 } })]),
  ),
  tanhGradient: elementwise(({ graph }, [y = '', g = '']) => graph.node('Mul', [g, graph.node('Sub', [graph.scalar(1), graph.node('Mul', [y, y])])])),
  sigmoidGradient: elementwise(({ graph }, [y = '', g = '']) => graph.node('Mul', [g, graph.node('Mul', [y, graph.node('Sub', [graph.scalar(1), y])])])),
} satisfies Record<string, Lowering>;
