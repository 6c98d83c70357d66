// LSTM with its usual activations by TensorFlow's block kernels: one for all steps forward, one for all steps backward. They read the steps first,
// then the batch; their gates lie in our order (input, forget, cell, output). What they cannot is expanded before it comes here (emit.ts).

import type { Shape } from '../../../../shared/tensor/types.ts';
import type { GraphWriter } from '../graphWriter.ts';
import { at, type Lowering, type LoweringInput, listOf } from '../lowering.ts';

const index = { type: 'int32' } as const;
const zeros = (graph: GraphWriter, shape: Shape): string => graph.constant('float32', shape, { all: 0 });
/** [batch, steps, …] to [steps, batch, …] and back. */
const turned = (graph: GraphWriter, x: string): string => graph.float('Transpose', [x, graph.integers([1, 0, 2])], { Tperm: index });
const reshaped = (graph: GraphWriter, x: string, shape: Shape): string => graph.float('Reshape', [x, graph.integers(shape)], { Tshape: index });
const cut = (graph: GraphWriter, x: string, begin: readonly number[], size: Shape): string =>
  graph.float('Slice', [x, graph.integers(begin), graph.integers(size)], { Index: index });

interface Sizes {
  readonly batch: number;
  readonly steps: number;
  readonly features: number;
  readonly units: number;
}
function sizesOf({ inputs }: LoweringInput): Sizes {
  const [batch, steps, features] = at(inputs, 0).shape as [number, number, number];
  return { batch, steps, features, units: at(at(inputs, 2).shape, 0) };
}

/** What both kernels ask for first. The parts that look at the cell's value (peepholes) are not used. */
function common(graph: GraphWriter, { batch, steps, units }: Sizes, x: string, kernels: string, bias: string): readonly string[] {
  const state = zeros(graph, [batch, units]),
    peephole = zeros(graph, [units]);
  return [graph.scalar(steps, 'int64'), x, state, state, kernels, peephole, peephole, peephole, bias];
}

const lstm: Lowering = (input) => {
  const { graph, nodes } = input,
    sizes = sizesOf(input);
  const { batch, steps, units } = sizes;
  const x = turned(graph, at(nodes, 0));
  const kernels = graph.float('ConcatV2', [at(nodes, 1), at(nodes, 2), graph.scalar(0, 'int32')], { N: { int: 2 }, Tidx: index });
  const gates = graph.float('BlockLSTMV2', common(graph, sizes, x, kernels, at(nodes, 3)), { cell_clip: { float: 0 }, use_peephole: false });
  const [cells, hidden] = [`${gates}:1`, `${gates}:6`];
  const last = (all: string) => reshaped(graph, cut(graph, all, [steps - 1, 0, 0], [1, batch, units]), [batch, units]);
  const kept = [gates, ...[1, 2, 3, 4, 5, 6].map((output) => `${gates}:${output}`)];
  return [turned(graph, hidden), last(hidden), last(cells), x, kernels, ...kept];
};

/** The gradients of one value at all steps: of the whole sequence, of its last step, of both or of none. */
function stepGradients(graph: GraphWriter, { batch, steps, units }: Sizes, sequence: string | undefined, last: string | undefined): string {
  const atEnd = () => {
    const step = reshaped(graph, last as string, [1, batch, units]);
    const before = [[steps - 1, 0] as const, [0, 0] as const, [0, 0] as const];
    return graph.float('Pad', [step, graph.pairs(before)], { Tpaddings: index });
  };
  if (sequence === undefined) return last === undefined ? zeros(graph, [steps, batch, units]) : atEnd();
  return last === undefined ? turned(graph, sequence) : graph.float('AddV2', [turned(graph, sequence), atEnd()]);
}

const lstmGradient: Lowering = (input) => {
  const { graph, attributes, inputs, nodes, beside } = input,
    sizes = sizesOf(input);
  const given = new Map(listOf(attributes, 'by').map((output, i) => [output, at(nodes, 5 + i)]));
  const [, , , x = '', kernels = '', ...kept] = beside(at(inputs, 4));
  const cells = stepGradients(graph, sizes, undefined, given.get(2)),
    hidden = stepGradients(graph, sizes, given.get(0), given.get(1));
  const byX = graph.float('BlockLSTMGradV2', [...common(graph, sizes, x, kernels, at(nodes, 3)), ...kept, cells, hidden], { use_peephole: false });
  const { features, units } = sizes,
    byKernels = `${byX}:3`;
  const rows = (first: number, count: number) => cut(graph, byKernels, [first, 0], [count, 4 * units]);
  return [turned(graph, byX), rows(0, features), rows(features, units), `${byX}:7`];
};

export const recurrentLowerings = { lstm, lstmGradient } satisfies Record<string, Lowering>;
