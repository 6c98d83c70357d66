// Operations that move elements without computing: reshaping, cutting, joining, looking up.

import type { Tensor } from '../../../../shared/tensor/types.ts';
import { dataTypeNumber } from '../graphWriter.ts';
import { type Lowering, listOf, numberOf, plain } from '../lowering.ts';
import { axisIn, listIn } from '../values.ts';

/** The input at a place; operations are shape-checked, so it is there. */
function input(inputs: readonly Tensor[], place = 0): Tensor {
  const tensor = inputs[place];
  if (!tensor) throw new Error(`input ${place} is missing`);
  return tensor;
}
const axisOf = (axis: number, rank: number): number => (axis < 0 ? axis + rank : axis);

export const shapeLowerings = {
  reshape: plain(({ graph, values, inputs, output }) => graph.node('Reshape', [values.get(input(inputs)), graph.integers(output.shape)])),
  transpose: plain(({ graph, values, inputs, instruction: { attributes } }) =>
    graph.node('Transpose', [values.get(input(inputs))], { perm: listOf(attributes, 'permutation') }),
  ),
  broadcastTo: plain(({ graph, values, inputs, output }) => graph.node('Expand', [values.get(input(inputs)), graph.integers(output.shape)])),
  concat: ({ graph, values, inputs, output, instruction: { attributes } }) => {
    const layout = values.layoutFor(inputs, output.shape.length);
    const axis = axisIn(axisOf(numberOf(attributes, 'axis'), output.shape.length), layout);
    values.set(
      output,
      graph.node(
        'Concat',
        inputs.map((input) => values.get(input, layout)),
        { axis },
      ),
      layout,
    );
  },
  slice: ({ graph, values, inputs, output, instruction: { attributes } }) => {
    const layout = values.layoutFor(inputs, output.shape.length);
    const begin = listIn(listOf(attributes, 'begin'), layout),
      size = listIn(output.shape, layout);
    const ends = begin.map((start, axis) => start + (size[axis] as number));
    values.set(output, graph.node('Slice', [values.get(input(inputs), layout), graph.integers(begin), graph.integers(ends)]), layout);
  },
  split: ({ graph, values, inputs, outputs, instruction: { attributes } }) => {
    const axis = axisOf(numberOf(attributes, 'axis'), outputs[0]?.shape.length ?? 0);
    const sizes = outputs.map(({ shape }) => shape[axis] as number);
    const names = graph.nodes('Split', [values.get(input(inputs)), graph.integers(sizes)], { axis }, outputs.length);
    for (const [i, output] of outputs.entries()) values.set(output, names[i] as string);
  },
  pad: ({ graph, values, inputs, output, instruction: { attributes } }) => {
    const layout = values.layoutFor(inputs, output.shape.length);
    const pads = [...listIn(listOf(attributes, 'before'), layout), ...listIn(listOf(attributes, 'after'), layout)];
    values.set(output, graph.node('Pad', [values.get(input(inputs), layout), graph.integers(pads), graph.scalar(numberOf(attributes, 'value'))]), layout);
  },
  gather: plain(({ graph, values, inputs }) => graph.node('Gather', [values.get(input(inputs)), values.get(input(inputs, 1))], { axis: 0 })),
  scatterRows: plain(({ graph, values, inputs, output }) => {
    const places = graph.node('Cast', [graph.node('Reshape', [values.get(input(inputs)), graph.integers([-1, 1])])], { to: dataTypeNumber('int64') });
    const rows = graph.node('Reshape', [values.get(input(inputs, 1)), graph.integers([-1, ...output.shape.slice(1)])]);
    const zeros = graph.node('Expand', [graph.scalar(0), graph.integers(output.shape)]);
    return graph.node('ScatterND', [zeros, places, rows], { reduction: 'add' });
  }),
  oneHot: plain(({ graph, values, inputs, output }) => {
    const depth = output.shape.at(-1) as number;
    const column = graph.node('Unsqueeze', [values.get(input(inputs)), graph.integers([output.shape.length - 1])]);
    const classes = graph.constant(
      'int32',
      [depth],
      Array.from({ length: depth }, (_, i) => i),
    );
    return graph.node('Cast', [graph.node('Equal', [column, classes])], { to: dataTypeNumber('float32') });
  }),
} satisfies Record<string, Lowering>;
