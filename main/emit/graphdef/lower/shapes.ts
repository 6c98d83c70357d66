// Operations that move elements without computing: reshaping, cutting, joining, looking up.

import { at, type Lowering, listOf, numberOf, positive } from '../lowering.ts';

const index = { type: 'int32' } as const;

export const shapeLowerings = {
  reshape: ({ graph, output, nodes }) => graph.typed('Reshape', output.dtype, [at(nodes, 0), graph.integers(output.shape)], { Tshape: index }),
  transpose: ({ graph, output, attributes, nodes }) =>
    graph.typed('Transpose', output.dtype, [at(nodes, 0), graph.integers(listOf(attributes, 'permutation'))], { Tperm: index }),
  broadcastTo: ({ graph, output, nodes }) => graph.typed('BroadcastTo', output.dtype, [at(nodes, 0), graph.integers(output.shape)], { Tidx: index }),
  concat: ({ graph, output, attributes, nodes }) => {
    if (nodes.length === 1) return at(nodes, 0);
    const axis = graph.scalar(positive(numberOf(attributes, 'axis'), output.shape.length), 'int32');
    return graph.typed('ConcatV2', output.dtype, [...nodes, axis], { N: { int: nodes.length }, Tidx: index });
  },
  slice: ({ graph, output, attributes, nodes }) =>
    graph.typed('Slice', output.dtype, [at(nodes, 0), graph.integers(listOf(attributes, 'begin')), graph.integers(output.shape)], { Index: index }),
  split: ({ graph, output, outputs, attributes, nodes }) => {
    const axis = graph.scalar(positive(numberOf(attributes, 'axis'), output.shape.length), 'int32');
    const name = graph.typed('Split', output.dtype, [axis, at(nodes, 0)], { num_split: { int: outputs.length } });
    return outputs.map((_, i) => (i === 0 ? name : `${name}:${i}`));
  },
  pad: ({ graph, output, attributes, nodes }) => {
    const after = listOf(attributes, 'after');
    const borders = graph.pairs(listOf(attributes, 'before').map((before, axis) => [before, at(after, axis)] as const));
    return graph.typed('PadV2', output.dtype, [at(nodes, 0), borders, graph.scalar(numberOf(attributes, 'value'), output.dtype)], { Tpaddings: index });
  },
  gather: ({ graph, output, nodes }) =>
    graph.node('GatherV2', [...nodes, graph.scalar(0, 'int32')], {
      Tparams: { type: output.dtype },
      Tindices: index,
      Taxis: index,
    }),
  scatterRows: ({ graph, output, nodes }) =>
    graph.float('UnsortedSegmentSum', [at(nodes, 1), at(nodes, 0), graph.scalar(at(output.shape, 0), 'int32')], { Tindices: index, Tnumsegments: index }),
  oneHot: ({ graph, output, nodes }) =>
    graph.float('OneHot', [at(nodes, 0), graph.scalar(output.shape.at(-1) ?? 1, 'int32'), graph.scalar(1), graph.scalar(0)], {
      TI: index,
      axis: { int: -1 },
    }),
} satisfies Record<string, Lowering>;
