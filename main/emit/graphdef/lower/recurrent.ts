// LSTM with its usual activations by TensorFlow's block kernels: one for all steps forward, one for all steps backward. They read the steps first,
// then the batch; their gates lie in our order (input, forget, cell, output). What they cannot is expanded before it comes here (emit.ts).

import type { Instruction } from '../../../../shared/tensor/types.ts';
import type { GraphWriter } from '../graphWriter.ts';
import { at, type Lowering } from '../lowering.ts';
import { cut, derivativesOf, index, joined, reshaped, type Sizes, sizesOf, turned, zeros } from './recurrentParts.ts';

/**
 * From so many multiply-adds in one step's product on, the kernels share it out among threads, and take two to three times the processor time of the same
 * steps written singly, whose product with the input is one for all steps (measured on the CPU, e2e/bench/TRIED.md).
 */
const SHARED_OUT = 1.5 * 2 ** 20;
/** Of more steps than these the graph would be so large that a training of some minutes loses what it gains. */
const MANY_STEPS = 128;

/** Whether a CPU computes an LSTM sooner in single steps than in the kernels for all steps. */
export function isQuickerInSteps(instruction: Pick<Instruction, 'inputs'>): boolean {
  const { batch, steps, features, units } = sizesOf(instruction);
  return batch * (features + units) * 4 * units >= SHARED_OUT && steps <= MANY_STEPS;
}

/**
 * What both kernels ask for first. The parts that look at the cell's value (peepholes) are not used.
 * @param initial our hidden state and cell before the first step; empty: zeros
 */
function common(graph: GraphWriter, { batch, steps, units }: Sizes, x: string, kernels: string, bias: string, initial: readonly string[]): readonly string[] {
  const [hidden, cell] = initial.length > 0 ? initial : Array<string>(2).fill(zeros(graph, [batch, units]));
  const peephole = zeros(graph, [units]);
  return [graph.scalar(steps, 'int64'), x, cell as string, hidden as string, kernels, peephole, peephole, peephole, bias];
}

const lstm: Lowering = (input) => {
  const { graph, nodes } = input,
    sizes = sizesOf(input);
  const { batch, steps, units } = sizes;
  const x = turned(graph, at(nodes, 0));
  const kernels = joined(graph, [at(nodes, 1), at(nodes, 2)]);
  const gates = graph.float('BlockLSTMV2', common(graph, sizes, x, kernels, at(nodes, 3), nodes.slice(4)), { cell_clip: { float: 0 }, use_peephole: false });
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
  const { graph, inputs, nodes, beside } = input,
    sizes = sizesOf(input);
  const { given, initial } = derivativesOf(input);
  const [, , , x = '', kernels = '', ...kept] = beside(at(inputs, 4));
  const cells = stepGradients(graph, sizes, undefined, given.get(2)),
    hidden = stepGradients(graph, sizes, given.get(0), given.get(1));
  const before = common(graph, sizes, x, kernels, at(nodes, 3), initial);
  const byX = graph.float('BlockLSTMGradV2', [...before, ...kept, cells, hidden], { use_peephole: false });
  const { features, units } = sizes,
    byKernels = `${byX}:3`;
  const rows = (first: number, count: number) => cut(graph, byKernels, [first, 0], [count, 4 * units]);
  const byInitial = initial.length > 0 ? [`${byX}:2`, `${byX}:1`] : [];
  return [turned(graph, byX), rows(0, features), rows(features, units), `${byX}:7`, ...byInitial];
};

export const recurrentLowerings = { lstm, lstmGradient } satisfies Record<string, Lowering>;
