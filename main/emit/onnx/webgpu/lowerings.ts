// The operations that the WebGPU provider of ONNX Runtime needs in a spelling of its own. All others are spelled as for the CPU.

import { dataTypeNumber } from '../graphWriter.ts';
import { type Lowering, numberOf, plain } from '../lowering.ts';
import { conv2d, conv2dInputGradient } from './convolution.ts';
import { maxPool2dGradient } from './pooling.ts';
import { cos, sin } from './trigonometry.ts';

/** The place of the first maximum: ArgMax gives 64-bit integers, which a device does not have. */
const argMax = plain(({ graph, values, inputs: [x], instruction: { attributes } }) => {
  if (!x) throw new Error('argMax has one input');
  const axis = (numberOf(attributes, 'axis') + x.shape.length) % x.shape.length,
    count = x.shape[axis] as number;
  const along = x.shape.map((_, i) => (i === axis ? count : 1));
  const places = graph.constant(
    'float32',
    along,
    Float32Array.from({ length: count }, (_, i) => i),
  );
  const maximum = graph.node('ReduceMax', [values.get(x), graph.integers([axis])], { keepdims: 1 });
  const hits = graph.node('Where', [graph.node('Equal', [values.get(x), maximum]), places, graph.scalar(count - 1)]);
  return graph.node('Cast', [graph.node('ReduceMin', [hits, graph.integers([axis])], { keepdims: 0 })], { to: dataTypeNumber('int32') });
});

/** By operation. */
export const webGpuLowerings: Readonly<Record<string, Lowering>> = { argMax, conv2d, conv2dInputGradient, cos, maxPool2dGradient, sin };
