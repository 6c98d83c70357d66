// LSTM and GRU by cuDNN's kernels: one for all steps forward, one for all steps backward. They read the steps first, then the batch, and one list of all
// parameters: the gates' kernels, their recurrent kernels, their biases of both, every matrix as [units, inputs]. cuDNN's gates of an LSTM lie in our order
// (input, forget, cell, output); of a GRU it has the reset gate before the update gate. This is how Keras hands them over too (`_cudnn_lstm`, `_cudnn_gru`
// and `_standardize_cudnn_weights` of its TensorFlow backend; `npm run cudnn` compares). Only for a device where the engine has seen that these kernels
// compute right (trainer/engines/tensorflow/cudnn.ts); what they cannot is expanded before it comes here (emit.ts).

import type { Shape } from '../../../../shared/tensor/types.ts';
import type { GraphWriter } from '../graphWriter.ts';
import { at, type Lowering, type LoweringInput } from '../lowering.ts';
import { cut, derivativesOf, joined, moved, reshaped, type Sizes, sizesOf, turned, zeros } from './recurrentParts.ts';

interface Kind {
  readonly mode: 'lstm' | 'gru';
  readonly gates: number;
  /** Which of our gates stands at each place of cuDNN's; it is its own inverse. */
  readonly order: readonly number[];
}
const lstmKind: Kind = { mode: 'lstm', gates: 4, order: [0, 1, 2, 3] };
const gruKind: Kind = { mode: 'gru', gates: 3, order: [1, 0, 2] };

/** A list of `groups` times all gates' numbers, from our order to cuDNN's or back. */
function reordered(graph: GraphWriter, list: string, { gates, order }: Kind, groups: number): string {
  if (order.every((gate, place) => gate === place)) return list;
  const split = graph.float('Split', [graph.scalar(0, 'int32'), list], { num_split: { int: groups * gates } });
  const places = Array.from({ length: groups }, (_, group) => order.map((gate) => group * gates + gate)).flat();
  return joined(
    graph,
    places.map((place) => (place === 0 ? split : `${split}:${place}`)),
  );
}

/** All parameters in one list. An LSTM has one bias for both products: that of the input is 0. */
function parameters(input: LoweringInput, kind: Kind, { units }: Sizes): string {
  const { graph, nodes } = input;
  const matrix = (place: number) => reordered(graph, reshaped(graph, moved(graph, at(nodes, place), [1, 0]), [-1]), kind, 1);
  const bias = kind.mode === 'lstm' ? [zeros(graph, [kind.gates * units]), at(nodes, 3)] : [reordered(graph, reshaped(graph, at(nodes, 3), [-1]), kind, 2)];
  return joined(graph, [matrix(1), matrix(2), ...bias]);
}

/** The derivatives by both kernels and by our bias, from the list of those by all parameters. */
function byWeights(graph: GraphWriter, list: string, kind: Kind, { features, units }: Sizes): readonly string[] {
  const width = kind.gates * units;
  const part = (begin: number, size: number) => cut(graph, list, [begin], [size]);
  const matrix = (begin: number, rows: number) => moved(graph, reshaped(graph, reordered(graph, part(begin, width * rows), kind, 1), [width, rows]), [1, 0]);
  const biases = width * (features + units);
  const bias = kind.mode === 'lstm' ? part(biases + width, width) : reshaped(graph, reordered(graph, part(biases, 2 * width), kind, 2), [2, width]);
  return [matrix(0, features), matrix(width * features, units), bias];
}

const settings = ({ mode }: Kind) =>
  ({
    rnn_mode: { text: mode },
    input_mode: { text: 'linear_input' },
    direction: { text: 'unidirectional' },
    dropout: { float: 0 },
    seed: { int: 0 },
    seed2: { int: 0 },
    num_proj: { int: 0 },
    time_major: true,
  }) as const;

/** A state as the kernels have it, [layers, batch, units]; a GRU has no cell. */
const stateShape = ({ batch, units }: Sizes): Shape => [1, batch, units];
const cellOr = ({ mode }: Kind, graph: GraphWriter, given: () => string): string => (mode === 'lstm' ? given() : graph.scalar(0));

const forwards =
  (kind: Kind): Lowering =>
  (input) => {
    const { graph, nodes, isDifferentiated } = input,
      sizes = sizesOf(input);
    const { batch, steps, units } = sizes;
    const lengths = graph.integers(Array.from({ length: batch }, () => steps));
    const state = (place: number) => (nodes.length > 4 ? reshaped(graph, at(nodes, 4 + place), stateShape(sizes)) : zeros(graph, stateShape(sizes)));
    const given = [turned(graph, at(nodes, 0)), state(0), cellOr(kind, graph, () => state(1)), parameters(input, kind, sizes), lengths];
    const all = graph.float('CudnnRNNV3', given, { ...settings(kind), is_training: isDifferentiated });
    const results = [all, ...[1, 2, 3, 4].map((output) => `${all}:${output}`)];
    const [sequence = '', hidden = '', cell = ''] = results;
    const last = (value: string) => reshaped(graph, value, [batch, units]);
    return [turned(graph, sequence), last(hidden), ...(kind.mode === 'lstm' ? [last(cell)] : []), ...given, ...results];
  };

const backwards =
  (kind: Kind): Lowering =>
  (input) => {
    const { graph, inputs, beside } = input,
      sizes = sizesOf(input);
    const ours = kind.mode === 'lstm' ? 3 : 2;
    const [x = '', hidden = '', cell = '', list = '', lengths = '', sequence = '', ...kept] = beside(at(inputs, 4)).slice(ours);
    const [lastHidden = '', lastCell = '', ...reserves] = kept;
    const { given, initial } = derivativesOf(input);
    const bySequence = given.get(0);
    const byState = (output: number) => {
      const node = given.get(output);
      return node === undefined ? zeros(graph, stateShape(sizes)) : reshaped(graph, node, stateShape(sizes));
    };
    const { batch, steps, units } = sizes;
    const derivatives = [
      bySequence === undefined ? zeros(graph, [steps, batch, units]) : turned(graph, bySequence),
      byState(1),
      cellOr(kind, graph, () => byState(2)),
    ];
    const all = [x, hidden, cell, list, lengths, sequence, lastHidden, lastCell, ...derivatives, ...reserves];
    const byX = graph.float('CudnnRNNBackpropV3', all, settings(kind));
    const byInitial = initial.map((_, i) => reshaped(graph, `${byX}:${1 + i}`, [batch, units]));
    return [turned(graph, byX), ...byWeights(graph, `${byX}:3`, kind, sizes), ...byInitial];
  };

/** In place of the lowerings of the same names elsewhere. */
export const cudnnLowerings = {
  lstm: forwards(lstmKind),
  lstmGradient: backwards(lstmKind),
  gru: forwards(gruKind),
  gruGradient: backwards(gruKind),
} satisfies Record<string, Lowering>;
