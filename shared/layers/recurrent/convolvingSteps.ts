// What the ConvLSTM layers share: an LSTM over pictures (or rows, or volumes), whose products with the weights are convolutions. The steps are
// written one after the other; what comes in is convolved for all of them at once. No layer itself.

import { boolean, type Triple } from '../../lib/fields.ts';
import type { Builder } from '../../tensor/builder.ts';
import type { Shape, Tensor } from '../../tensor/types.ts';
import { type ActivationId, activate } from '../activations/index.ts';
import { refuseStridesWithDilation } from '../convolution/convolving.ts';
import { activityFields, activityKeras, allKeras, held, heldActivity, type HeldBy, heldFields, heldKeras } from '../holding.ts';
import { type Initial, type InitializerValue, initializerField } from '../initializers/index.ts';
import { inputOfRank, type LayerContext, LayerError } from '../layer.ts';
import { dropped } from '../regularization/noise.ts';
import { convolveVolume, volumePadding } from '../volumes.ts';
import { type Padding, paddingField, windowPadding } from '../windows.ts';
import { gateField, outputFields, restArgument, stateFields, stepField, stepFields } from './recurrent.ts';
import { reversed } from './walking.ts';

/** All but the number of filters and sizes, which differ by rank. */
export const convolvedStepFields = {
  padding: paddingField(),
  activation: stepField({}),
  recurrentActivation: gateField(),
  ...outputFields,
  ...stateFields,
  dropout: stepFields.dropout,
  recurrentDropout: stepFields.recurrentDropout,
  useBias: boolean({ label: 'Bias', help: 'Adds learned constants.', default: true, level: 'advanced' }),
  kernelInitializer: initializerField({ label: 'Kernel initializer', default: 'glorotUniform' }),
  recurrentInitializer: initializerField({ label: 'Recurrent initializer', default: 'orthogonal' }),
  biasInitializer: initializerField({ label: 'Bias initializer', default: 'zeros', vector: true }),
  unitForgetBias: boolean({
    label: 'Remember at first',
    help: 'Starts the forget gate’s bias at 1, so that the memory is kept until training says otherwise.',
    level: 'advanced',
    default: true,
  }),
  ...heldFields('kernel', 'Kernel'),
  ...heldFields('recurrent', 'Recurrent kernel'),
  ...heldFields('bias', 'Bias', false),
  ...activityFields,
};

export const convolvedStepKeras = (rank: number) => ({
  ...allKeras(allKeras(heldKeras({ kernel: rank + 2, recurrent: rank + 2, bias: 1 }), activityKeras), {
    toConfig: () => ({ initial_state: undefined }),
    fromConfig: () => ({}),
  }),
  extra: { data_format: 'channels_last', stateful: false, unroll: false, zero_output_for_mask: false },
  meaningless: ['unroll'],
  weightGroup: () => 'cell',
  restArgument,
});

interface Options extends HeldBy<'kernel'>, HeldBy<'recurrent'>, HeldBy<'bias'> {
  readonly filters: number;
  readonly padding: Padding;
  readonly activation: ActivationId;
  readonly recurrentActivation: ActivationId;
  readonly returnSequences: boolean;
  readonly returnState: boolean;
  readonly goBackwards: boolean;
  readonly dropout: number;
  readonly recurrentDropout: number;
  readonly useBias: boolean;
  readonly kernelInitializer: InitializerValue;
  readonly recurrentInitializer: InitializerValue;
  readonly biasInitializer: InitializerValue;
  readonly unitForgetBias: boolean;
  readonly activityL1: number;
  readonly activityL2: number;
}
/** Sizes of the axes between steps and channels, as many as the rank says. */
interface Window {
  readonly size: readonly number[];
  readonly strides: readonly number[];
  readonly dilations: readonly number[];
}

/** A convolution of [n, …sizes, channels], whatever the rank. @throws LayerError where the window does not fit */
function convolved(builder: Builder, x: Tensor, kernel: Tensor, { size, strides, dilations }: Window, padding: Padding): Tensor {
  const common = { padding, parameter: 'kernelSize', words: 'kernel size' };
  if (size.length === 3) {
    const geometry = { strides: strides as Triple, dilations: dilations as Triple };
    return convolveVolume(builder, x, kernel, { ...geometry, padding: volumePadding(x.shape, { ...common, ...geometry, size: size as Triple }), groups: 1 });
  }
  const wide = (list: readonly number[]) => (list.length === 1 ? [1, list[0] as number] : list) as unknown as readonly [number, number];
  const [image, patch] = size.length === 1 ? [withRow(builder, x, 1), withRow(builder, kernel, 0)] : [x, kernel];
  const geometry = { strides: wide(strides), dilations: wide(dilations) };
  const answer = builder.conv2d(image, patch, { ...geometry, padding: windowPadding(image.shape, { ...common, ...geometry, size: wide(size) }), groups: 1 });
  return size.length === 1 ? builder.reshape(answer, { shape: answer.shape.filter((_, i) => i !== 1) }) : answer;
}
const withRow = (builder: Builder, x: Tensor, at: number): Tensor => builder.reshape(x, { shape: [...x.shape.slice(0, at), 1, ...x.shape.slice(at)] });

/** Of the last axis one of four parts. */
const part = (builder: Builder, x: Tensor, gate: number, size: number): Tensor =>
  builder.slice(x, { begin: x.shape.map((_, i) => (i === x.shape.length - 1 ? gate * size : 0)), size: [...x.shape.slice(0, -1), size] });
const gates = [0, 1, 2, 3];

/** What a convolution by all four kernels gives; with dropout each gate sees other values of what comes in. */
function byGate(
  builder: Builder,
  x: Tensor,
  kernel: Tensor,
  masked: ((x: Tensor) => Tensor) | null,
  filters: number,
  convolve: (x: Tensor, kernel: Tensor) => Tensor,
): Tensor {
  if (!masked) return convolve(x, kernel);
  return builder.concat(...gates.map((gate) => convolve(masked(x), part(builder, kernel, gate, filters))), { axis: -1 });
}

/** [batch, …]: one step of [batch, steps, …]. */
const stepOf = (builder: Builder, x: Tensor, step: number): Tensor =>
  builder.reshape(builder.slice(x, { begin: x.shape.map((_, i) => (i === 1 ? step : 0)), size: x.shape.map((size, i) => (i === 1 ? 1 : size)) }), {
    shape: x.shape.filter((_, i) => i !== 1),
  });

/** The share of four draws that stays the same for all steps: one after the other for the gates. */
function drawn(context: LayerContext, shape: Shape, rate: number): ((x: Tensor) => Tensor) | null {
  if (!context.training || rate === 0) return null;
  const { builder } = context;
  const masks = gates.map(() => dropped(context, builder.constant(1, shape), shape, rate));
  let next = 0;
  return (x) => builder.multiply(x, masks[next++ % gates.length] as Tensor);
}

/** What comes in for every step and gate, [batch, steps, …, 4 · filters]. */
function given(context: LayerContext, x: Tensor, weights: Weights, window: Window, p: Options): Tensor {
  const { builder } = context;
  const [batch = 0, steps = 0, ...rest] = x.shape;
  const flat = (one: Tensor) => builder.reshape(one, { shape: [batch * steps, ...rest] });
  const forget = drawn(context, [batch, 1, ...rest], p.dropout);
  const all = byGate(builder, x, weights.kernel, forget, p.filters, (one, kernel) => convolved(builder, flat(one), kernel, window, p.padding));
  const biased = weights.bias ? builder.add(all, weights.bias) : all;
  return builder.reshape(biased, { shape: [batch, steps, ...biased.shape.slice(1)] });
}

interface Weights {
  readonly kernel: Tensor;
  readonly recurrent: Tensor;
  readonly bias: Tensor | null;
}
function weightsOf(context: LayerContext, channels: number, { size }: Window, p: Options): Weights {
  const kernel = held(context, 'kernel', [...size, channels, 4 * p.filters], p.kernelInitializer, p, 'kernel');
  const recurrent = held(context, 'recurrent_kernel', [...size, p.filters, 4 * p.filters], p.recurrentInitializer, p, 'recurrent');
  return { kernel, recurrent, bias: p.useBias ? held(context, 'bias', [4 * p.filters], biasInitial(p), p, 'bias') : null };
}
/** In the order of the gates: input, forget, cell, output. */
function biasInitial({ filters, unitForgetBias, biasInitializer }: Options): Initial {
  if (!unitForgetBias) return biasInitializer;
  const own = { size: filters, initializer: biasInitializer };
  return [own, { size: filters, initializer: 'ones' }, { size: 2 * filters, initializer: biasInitializer }];
}

interface Memory {
  readonly shown: Tensor;
  readonly cell: Tensor;
}

/** The states that come in, or zeros. @throws LayerError where they have another shape */
function firstMemory(builder: Builder, states: readonly Tensor[], shape: Shape): Memory {
  const zeros = builder.constant(0, shape);
  states.forEach((state, i) => {
    if (state.shape.length !== shape.length || state.shape.some((size, axis) => size !== shape[axis]))
      throw new LayerError({
        code: 'shape-mismatch',
        input: i + 1,
        what: `Its state must be ${shape.slice(1).join(' × ')}, but ${state.shape.slice(1).join(' × ')} comes in.`,
        why: 'A state has the size of what a step gives.',
      });
  });
  return { shown: states[0] ?? zeros, cell: states[1] ?? zeros };
}

/** Both parts of the memory, and what is shown, stay where a step does not count. */
function counted(builder: Builder, mask: Tensor | null, step: number, after: Tensor, before: Tensor): Tensor {
  if (!mask) return after;
  const counts = builder.reshape(stepOf(builder, mask, step), { shape: [mask.shape[0] as number, ...after.shape.slice(1).map(() => 1)] });
  return builder.select(builder.broadcastTo(counts, { shape: after.shape }), after, before);
}

/** One step: the gates from what comes in and what was shown last. */
function next(builder: Builder, coming: Tensor, heard: Tensor, { cell }: Memory, p: Options): Memory {
  const sum = builder.add(coming, heard);
  const gate = (i: number, id: ActivationId) => activate(builder, id, part(builder, sum, i, p.filters));
  const written = builder.multiply(gate(0, p.recurrentActivation), gate(2, p.activation));
  const kept = builder.add(builder.multiply(gate(1, p.recurrentActivation), cell), written);
  return { cell: kept, shown: builder.multiply(gate(3, p.recurrentActivation), activate(builder, p.activation, kept)) };
}

/** Reads [batch, steps, …sizes, channels]. @throws LayerError where the window does not fit */
export function readPictures(context: LayerContext, inputs: readonly Tensor[], window: Window, p: Options): Tensor {
  const { builder } = context;
  const rank = window.size.length;
  const input = inputOfRank(
    inputs,
    rank + 2,
    sequenceOf[rank] as string,
    'It reads one picture after the other, so it needs an axis of steps before rows and columns.',
  );
  refuseStridesWithDilation(window.strides as Triple, window.dilations as Triple);
  const own = context.inputMask();
  const turned = (x: Tensor) => (p.goBackwards ? reversed(builder, x) : x);
  const mask = own && turned(own);
  const weights = weightsOf(context, input.shape.at(-1) as number, window, p);
  const coming = given(context, turned(input), weights, window, p);
  const shape = [...coming.shape.slice(0, 1), ...coming.shape.slice(2, -1), p.filters];
  const around = { size: window.size, strides: window.size.map(() => 1), dilations: window.size.map(() => 1) };
  const forget = drawn(context, shape, p.recurrentDropout);
  const all: Tensor[] = [];
  let memory = firstMemory(builder, inputs.slice(1), shape);
  let output = builder.constant(0, shape);
  for (let step = 0; step < (coming.shape[1] as number); step++) {
    const heard = byGate(builder, memory.shown, weights.recurrent, forget, p.filters, (x, kernel) => convolved(builder, x, kernel, around, 'same'));
    const after = next(builder, stepOf(builder, coming, step), heard, memory, p);
    output = counted(builder, mask, step, after.shown, output);
    memory = { shown: counted(builder, mask, step, after.shown, memory.shown), cell: counted(builder, mask, step, after.cell, memory.cell) };
    all.push(withRow(builder, output, 1));
  }
  context.setMask(p.returnSequences ? own : null);
  if (p.returnState) context.giveMore([memory.shown, memory.cell]);
  const result = p.returnSequences ? (all.length === 1 ? (all[0] as Tensor) : builder.concat(...all, { axis: 1 })) : output;
  return heldActivity(context, result, p);
}

const sequenceOf: Readonly<Record<number, string>> = {
  1: 'a sequence of steps × places × channels',
  2: 'a sequence of pictures, steps × rows × columns × channels',
  3: 'a sequence of volumes, steps × depth × rows × columns × channels',
};
