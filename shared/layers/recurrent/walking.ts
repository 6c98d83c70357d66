// How the recurrent layers walk over a sequence: the order of the steps, what is dropped while training, steps that do not count,
// where the memory comes from and what comes out. One operation does it all where nothing is dropped of the memory. No layer itself.

import type { Builder } from '../../tensor/builder.ts';
import { asSequence, type Cell, type Recur } from '../../tensor/ops/recurrent.ts';
import type { Tensor } from '../../tensor/types.ts';
import { activate, type StepActivationId } from '../activations/index.ts';
import { countedSteps } from './countedSteps.ts';
import { inputOfRank, type LayerContext, LayerError, sampleShape } from '../layer.ts';
import { dropped } from '../regularization/noise.ts';

export interface WalkOptions {
  readonly activation: StepActivationId;
  /** Of the gates, where there are some. */
  readonly recurrentActivation?: StepActivationId;
  readonly units: number;
  readonly goBackwards: boolean;
  readonly returnSequences: boolean;
  readonly returnState: boolean;
  readonly dropout: number;
  readonly recurrentDropout: number;
  readonly zeroOutputForMask: boolean;
}

/** What one recurrent layer is, apart from its weights. */
export interface Recurrence {
  /** How many states go from step to step; the first is what a step gives. */
  readonly states: number;
  /** How many parts side by side the kernels have. */
  readonly gates: number;
  readonly kernel: Tensor;
  /** Gate by gate, wide open (1), shut (-1) or whatever it is (0): what keeps the states behind the first as they are. Left out where there are none. */
  readonly keeping?: readonly number[];
  /** The operation that walks over all steps by itself, with activations that it knows: the sequence, then the last states. `initial`: empty for zeros. */
  whole(read: WholeReading, functions: { readonly activation: string; readonly recurrentActivation: string }): readonly Tensor[];
  /** One step, and the bias of what comes in. `product`: the state's product with (a part of) the recurrent kernel, whose first gate is named. */
  step(product: (kernel: Tensor, firstGate?: number) => Recur): { readonly cell: Cell; readonly inputBias: Tensor };
}

interface WholeReading {
  readonly sequence: Tensor;
  readonly kernel: Tensor;
  readonly initial: readonly Tensor[];
}

/** The sequence [batch, steps, features] in the order it is read, as `readingOf` gives it: first that, then the weights, then `walk`. */
export interface Reading {
  readonly sequence: Tensor;
  /** Which steps count, in the same order. */
  readonly mask: Tensor | null;
  /** The states before the first step; undefined: zeros. */
  readonly initial: readonly Tensor[] | undefined;
}

/** The checked input in the order it is read. @throws LayerError */
export function readingOf(context: LayerContext, inputs: readonly Tensor[], { goBackwards, returnSequences }: WalkOptions): Reading {
  const why =
    'A recurrent layer reads one step after the other. A Reshape layer before it can split a sample into steps; a recurrent layer before it must return sequences.';
  const input = inputOfRank(inputs.slice(0, 1), 2, 'a sequence of steps × features', why);
  const given = context.inputMask();
  context.setMask(returnSequences ? given : null);
  const initial = inputs.length > 1 ? inputs.slice(1) : undefined;
  // As in Keras, a mask is not looked at where states come in: every step counts, and the mask only goes on.
  const mask = initial ? null : given;
  return { sequence: goBackwards ? reversed(context.builder, input) : input, mask: goBackwards && mask ? reversed(context.builder, mask) : mask, initial };
}

/** The same steps, the last first. */
export function reversed(builder: Builder, input: Tensor): Tensor {
  const steps = input.shape[1] as number;
  const order = builder.constant(
    Int32Array.from({ length: steps }, (_, i) => steps - 1 - i),
    [steps],
    'int32',
  );
  const permutation = [1, 0, ...input.shape.slice(2).map((_, i) => i + 2)];
  return builder.transpose(builder.gather(builder.transpose(input, { permutation }), order), { permutation });
}

/** @throws LayerError where the states that come in are not those the layer carries */
function checkStates(initial: readonly Tensor[], states: number, units: number): void {
  if (initial.length !== states)
    throw new LayerError({
      code: 'initial-state',
      what: `It starts with ${states} states, but ${initial.length} ${initial.length === 1 ? 'comes' : 'come'} in.`,
      why: 'The memory of a layer is taken over whole: connect all further results of a layer of the same kind, or none.',
    });
  const wrong = initial.findIndex(({ shape }) => shape.length !== 2 || shape[1] !== units);
  if (wrong >= 0)
    throw new LayerError({
      code: 'initial-state',
      input: wrong + 1,
      what: `It starts with states of ${units} numbers, but gets ${sampleShape(initial[wrong] as Tensor)}.`,
      why: 'A state has as many numbers as the layer has units.',
    });
}

/** What the layer gives: the whole sequence in the order it was read, or its last step; and its states where they are asked for. */
export function walk(context: LayerContext, reading: Reading, recurrence: Recurrence, o: WalkOptions): Tensor {
  if (reading.initial) checkStates(reading.initial, recurrence.states, o.units);
  const forgets = context.training && o.recurrentDropout > 0;
  // One operation has the shapes and counts of all its steps, whatever these apply.
  const { isAbstract } = context.builder;
  const { activation, recurrentActivation = 'sigmoid' } = o;
  const isKept = !reading.mask || !o.returnState || recurrence.states === 1 || recurrentActivation === 'sigmoid';
  if (isAbstract || (!forgets && isKept && isKnown(activation) && isKnown(recurrentActivation))) {
    const results = atOnce(context, reading, recurrence, o);
    if (o.returnState) context.giveMore(results.slice(1));
    return chosen(results, o);
  }
  return stepByStep(context, reading, recurrence, o);
}

/** The whole sequence and the states at its end, by the one operation. */
function atOnce(context: LayerContext, { sequence, mask, initial = [] }: Reading, recurrence: Recurrence, o: WalkOptions): readonly Tensor[] {
  const { builder } = context,
    { kernel } = recurrence;
  const functions = builder.isAbstract ? usual : { activation: o.activation, recurrentActivation: o.recurrentActivation ?? 'sigmoid' };
  if (!mask || builder.isAbstract) return recurrence.whole({ sequence: features(context, sequence, o), kernel, initial }, functions);
  const counted = countedSteps(builder, mask);
  const together = { sequence: features(context, counted.together(sequence), o), kernel, initial };
  const [results, , ...further] = recurrence.whole(o.returnState ? keptBehind(builder, together, counted.behind(), recurrence, o) : together, functions);
  const hidden = counted.apart(results as Tensor);
  const shown = o.zeroOutputForMask ? builder.select(builder.reshape(mask, { shape: [...mask.shape, 1] }), hidden, builder.constant(0)) : hidden;
  return [shown, counted.last(results as Tensor), ...further];
}

/** Beyond all that a gate's sum can be, so that it is open or shut whatever else comes in. */
const WIDE = 1e6;
/**
 * The same reading, but that at the steps behind those that count the states behind the first stay as they are: one more feature, 1 there and 0 elsewhere,
 * opens and shuts gates. So those states are at the end what they were at the last step that counts, and so are their derivatives; the first state is taken
 * from the sequence.
 */
function keptBehind(
  builder: Builder,
  { sequence, kernel, initial }: WholeReading,
  behind: Tensor,
  { keeping }: Recurrence,
  { units }: WalkOptions,
): WholeReading {
  if (!keeping) return { sequence, kernel, initial };
  const row = Float32Array.from({ length: keeping.length * units }, (_, column) => WIDE * (keeping[Math.floor(column / units)] as number));
  return {
    sequence: builder.concat(sequence, behind, { axis: 2 }),
    kernel: builder.concat(kernel, builder.constant(row, [1, row.length]), { axis: 0 }),
    initial,
  };
}

function stepByStep(context: LayerContext, reading: Reading, recurrence: Recurrence, o: WalkOptions): Tensor {
  const { builder } = context;
  const forgets = context.training && o.recurrentDropout > 0;
  const [batch] = reading.sequence.shape as [number];
  const masks = forgets ? Array.from({ length: recurrence.gates }, () => draw(context, [batch, o.units], o.recurrentDropout)) : null;
  const { cell, inputBias } = recurrence.step((kernel, firstGate = 0) => product(builder, kernel, masks?.slice(firstGate, firstGate + widthIn(kernel, o))));
  const projected =
    forgets && o.dropout > 0
      ? projectedByGate(context, reading.sequence, recurrence, o)
      : builder.matMul(features(context, reading.sequence, o), recurrence.kernel);
  const steps = byStep(builder, builder.add(projected, inputBias));
  const { initial } = reading;
  const { outputs, states } = reading.mask
    ? maskedWalk(builder, steps, { counts: byStep(builder, reading.mask), initial }, cell, o)
    : freeWalk(steps, initial, cell);
  if (o.returnState) context.giveMore(states);
  return o.returnSequences ? asSequence(builder, outputs) : (outputs.at(-1) as Tensor);
}

const usual = { activation: 'tanh', recurrentActivation: 'sigmoid' } as const;
/** What the operations apply themselves. */
const isKnown = (id: StepActivationId): boolean => ['tanh', 'sigmoid', 'relu', 'linear'].includes(id);

/** What the cells of a layer apply. */
export const stepFunctions = ({ activation, recurrentActivation = 'sigmoid' }: Pick<WalkOptions, 'activation' | 'recurrentActivation'>) => ({
  activate: (builder: Builder, x: Tensor) => activate(builder, activation, x),
  gate: (builder: Builder, x: Tensor) => activate(builder, recurrentActivation, x),
});

function chosen([sequence, last]: readonly Tensor[], { returnSequences }: WalkOptions): Tensor {
  const output = returnSequences ? sequence : last;
  if (!output) throw new Error('A recurrent operation gives a sequence and its last step.');
  return output;
}

/** The same features dropped at every step. */
function features(context: LayerContext, x: Tensor, { dropout }: WalkOptions): Tensor {
  const [batch, , size] = x.shape as [number, number, number];
  return context.training && dropout > 0 ? dropped(context, x, [batch, 1, size], dropout) : x;
}

const draw = (context: LayerContext, shape: readonly number[], rate: number): Tensor => dropped(context, context.builder.constant(1, shape), shape, rate);
const widthIn = (kernel: Tensor, { units }: WalkOptions): number => (kernel.shape[1] as number) / units;

/** The part of a kernel that belongs to one gate. */
function gateOf(builder: Builder, kernel: Tensor, gate: number, gates: number): Tensor {
  const [rows, columns] = kernel.shape as [number, number];
  return gates === 1 ? kernel : builder.slice(kernel, { begin: [0, (gate * columns) / gates], size: [rows, columns / gates] });
}

/** The state's product with a kernel; with masks, each gate sees another part of the state. */
function product(builder: Builder, kernel: Tensor, masks: readonly Tensor[] | undefined): Recur {
  if (!masks) return (before) => builder.matMul(before, kernel);
  const parts = masks.map((_, gate) => gateOf(builder, kernel, gate, masks.length));
  return (before) => {
    const products = masks.map((mask, gate) => builder.matMul(builder.multiply(before, mask), parts[gate] as Tensor));
    return products.length === 1 ? (products[0] as Tensor) : builder.concat(...products, { axis: 1 });
  };
}

/** As Keras does where the memory has dropout too: each gate sees other features. */
function projectedByGate(context: LayerContext, x: Tensor, { kernel, gates }: Recurrence, o: WalkOptions): Tensor {
  const { builder } = context;
  const products = Array.from({ length: gates }, (_, gate) => builder.matMul(features(context, x, o), gateOf(builder, kernel, gate, gates)));
  return products.length === 1 ? (products[0] as Tensor) : builder.concat(...products, { axis: 2 });
}

/** [batch, steps, …] as one part [batch, …] per step; a mask [batch, steps] as [batch, 1]. */
function byStep(builder: Builder, x: Tensor): readonly Tensor[] {
  const [batch, steps, width = 1] = x.shape as [number, number, number?];
  const permutation = [1, 0, ...x.shape.slice(2).map((_, i) => i + 2)];
  return builder.split(builder.reshape(builder.transpose(x, { permutation }), { shape: [steps * batch, width] }), { axis: 0, parts: steps });
}

interface Walked {
  readonly outputs: readonly Tensor[];
  /** After the last step. */
  readonly states: readonly Tensor[];
}

function freeWalk(steps: readonly Tensor[], initial: readonly Tensor[] | undefined, cell: Cell): Walked {
  let states = initial;
  const outputs = steps.map((step) => {
    states = cell(step, states);
    return states[0] as Tensor;
  });
  return { outputs, states: states ?? [] };
}

/** Where a step does not count, the states stay as they were. */
function maskedWalk(
  builder: Builder,
  steps: readonly Tensor[],
  { counts, initial }: { readonly counts: readonly Tensor[]; readonly initial: readonly Tensor[] | undefined },
  cell: Cell,
  o: WalkOptions,
): Walked {
  const zero = builder.constant(0);
  let states = initial,
    last: Tensor | undefined;
  const outputs = steps.map((step, t) => {
    const count = counts[t] as Tensor,
      before = states,
      next = cell(step, before);
    states = next.map((value, i) => builder.select(count, value, before?.[i] ?? zero));
    // The output before is repeated; before the first step that counts there is none.
    last = builder.select(count, next[0] as Tensor, (o.zeroOutputForMask ? undefined : last) ?? zero);
    return last;
  });
  return { outputs, states: states ?? [] };
}
