// The operations that the WebGPU provider of ONNX Runtime needs in a spelling of its own. All others are spelled as for the CPU.

import { sizeOf, type Tensor } from '../../../../shared/tensor/types.ts';
import { dataTypeNumber } from '../graphWriter.ts';
import { shapeLowerings } from '../lower/shapes.ts';
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

/** Up to so many numbers of one-hot rows. */
const MOST_HITS = 1 << 24;

/**
 * As a product with one-hot rows. The provider's own adding up has many threads that add to one place in no fixed order, and a run would not come
 * out the same twice; where the rows are too many for the product, it is taken all the same.
 */
const scatterRows: Lowering = (input) => {
  const { graph, values, inputs, output } = input,
    [indices, rows] = inputs as readonly [Tensor, Tensor];
  const places = output.shape[0] as number,
    count = sizeOf(indices.shape);
  if (places * count > MOST_HITS) return shapeLowerings.scatterRows(input);
  const list = graph.constant(
    'int32',
    [places, 1],
    Int32Array.from({ length: places }, (_, i) => i),
  );
  const hits = graph.node('Equal', [list, graph.node('Reshape', [values.get(indices), graph.integers([1, count])])]);
  const matrix = graph.node('Reshape', [values.get(rows), graph.integers([count, sizeOf(output.shape) / places])]);
  const sum = graph.node('MatMul', [graph.node('Cast', [hits], { to: dataTypeNumber('float32') }), matrix]);
  values.set(output, graph.node('Reshape', [sum, graph.integers(output.shape)]));
};

/** By operation. */
export const webGpuLowerings: Readonly<Record<string, Lowering>> = { argMax, conv2d, conv2dInputGradient, cos, maxPool2dGradient, scatterRows, sin };
