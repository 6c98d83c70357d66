// Operations that treat every element alike: they run in whichever order of axes their inputs already have.

import { dataTypeNumber } from '../graphWriter.ts';
import type { Lowering, LoweringInput } from '../lowering.ts';

/** An ONNX operator of the same inputs, kept in the layout of its inputs. */
const elementwise =
  (write: (input: LoweringInput, names: readonly string[]) => string): Lowering =>
  (input) => {
    const layout = input.values.layoutFor(input.inputs, input.output.shape.length);
    const names = input.inputs.map((tensor) => input.values.get(tensor, layout));
    input.values.set(input.output, write(input, names), layout);
  };
const same = (type: string): Lowering => elementwise(({ graph }, names) => graph.node(type, names));

export const elementwiseLowerings = {
  negate: same('Neg'),
  abs: same('Abs'),
  sign: same('Sign'),
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
  // A comparison cast to 0 and 1: choosing with Where is several times slower on the CPU.
  reluGradient: elementwise(({ graph }, [y = '', g = '']) =>
    graph.node('Mul', [g, graph.node('Cast', [graph.node('Greater', [y, graph.scalar(0)])], { to: dataTypeNumber('float32') })]),
  ),
  tanhGradient: elementwise(({ graph }, [y = '', g = '']) => graph.node('Mul', [g, graph.node('Sub', [graph.scalar(1), graph.node('Mul', [y, y])])])),
  sigmoidGradient: elementwise(({ graph }, [y = '', g = '']) => graph.node('Mul', [g, graph.node('Mul', [y, graph.node('Sub', [graph.scalar(1), y])])])),
} satisfies Record<string, Lowering>;
