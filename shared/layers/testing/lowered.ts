// One layer with given parameters and input shapes as a small program, with the derivatives of a probe: what layer tests look at.

import { normalAt, randomKey, uniformAt } from '../../lib/random.ts';
import { gradients } from '../../tensor/gradient.ts';
import { interpret, numericArray } from '../../tensor/interpret.ts';
import type { NumericArray } from '../../tensor/operation.ts';
import { type DType, type Program, type Shape, type Tensor, sizeOf } from '../../tensor/types.ts';
import type { AnyLayer } from '../layer.ts';
import { type RecordedWeight, RecordingContext } from './recordingContext.ts';

export interface Lowered {
  readonly outputShape: Shape;
  readonly weights: readonly RecordedWeight[];
  /** Outputs `y`, further results `more0`, `more1`, …, `total` (the sum of y · probe, of the further results, and what the layer adds to the loss) and `d/x` for every float input and trainable weight x that total depends on. */
  readonly program: Program;
  readonly differentiated: readonly string[];
}
export type Numbers = Record<string, NumericArray>;

/**
 * @param inputs shapes with the batch axis; they are called `input0`, `input1`, …
 * @param o.masks which of them come with a mask, called `mask0`, … ; the result's is the output `mask`
 */
export function lowered(
  layer: AnyLayer,
  parameters: Parameters<AnyLayer['lower']>[2],
  inputs: readonly Shape[],
  o: { training: boolean; dtype?: DType; masks?: readonly boolean[] },
): Lowered {
  const context = new RecordingContext(o.training);
  const { builder } = context;
  context.inputMasks = inputs.map((shape, i) => (o.masks?.[i] ? builder.input(`mask${i}`, shape.slice(0, 2), 'bool', { kind: 'data' }) : null));
  const tensors = inputs.map((shape, i) => builder.input(`input${i}`, shape, o.dtype ?? 'float32', { kind: 'data' }));
  const y = layer.lower(context, tensors, parameters);
  const probed = builder.reduceSum(builder.multiply(y, builder.input('probe', y.shape, 'float32', { kind: 'data' })), {
    axes: y.shape.map((_, axis) => axis),
    keepDims: false,
  });
  const more = context.further.map((tensor) => builder.reduceSum(tensor, { axes: tensor.shape.map((_, axis) => axis) }));
  const total = [...more, ...context.losses].reduce((sum, one) => builder.add(sum, one), probed);
  const candidates: [string, Tensor][] = [
    ...(o.dtype === 'int32' ? [] : tensors.map((tensor, i): [string, Tensor] => [`input${i}`, tensor])),
    ...context.weights.filter(({ options }) => options.trainable !== false).map(({ name, tensor }): [string, Tensor] => [name, tensor]),
  ];
  const derivatives = gradients(
    builder,
    total,
    candidates.map(([, tensor]) => tensor),
  );
  const found = candidates.flatMap(([name], i) => (derivatives[i] ? [{ name: `d/${name}`, tensor: derivatives[i] }] : []));
  const mask = context.mask === undefined && layer.masking === 'keeps' ? context.inputMask() : context.mask;
  const masked = mask ? [{ name: 'mask', tensor: mask }] : [];
  const further = context.further.map((tensor, i) => ({ name: `more${i}`, tensor }));
  const updates = [...context.updates].map(([name, tensor]) => ({ name, tensor }));
  return {
    outputShape: y.shape,
    weights: context.weights,
    program: builder.build([{ name: 'y', tensor: y }, ...further, { name: 'total', tensor: total }, ...found, ...masked], updates),
    differentiated: found.map(({ name }) => name.slice(2)),
  };
}

/** Random numbers for every input of a program, exact in float32. `whole`: data inputs are whole numbers below it. */
export function randomNumbers({ inputs }: Program, key: number, whole?: number): Numbers {
  return Object.fromEntries(
    inputs.map(({ name, tensor, role }) => {
      const own = randomKey(key, name);
      const uniform = role.kind === 'random' && role.distribution === 'uniform';
      // A memory that is convolved hears all its neighbours: it would grow at every step.
      const spread =
        name.endsWith('kernel') && tensor.shape.length > 2 && inputs.some((one) => one.name === 'recurrent_kernel')
          ? sizeOf(tensor.shape.slice(0, -1)) ** -0.5
          : 1;
      const draw = (i: number) => {
        // A mask: most steps count, the first always.
        if (tensor.dtype === 'bool') return Number(i % (tensor.shape.at(-1) as number) === 0 || uniformAt(own, i) < 0.6);
        if (whole !== undefined && name.startsWith('input')) return Math.floor(uniformAt(own, i) * whole);
        // A variance is never negative.
        if (name.endsWith('variance')) return Math.fround(0.5 + uniformAt(own, i));
        return uniform ? uniformAt(own, i) : Math.fround(normalAt(own, i) * spread);
      };
      return [
        name,
        numericArray(
          tensor.shape,
          Float64Array.from({ length: sizeOf(tensor.shape) }, (_, i) => draw(i)),
        ),
      ];
    }),
  );
}

/** The slope of `total` when the value `name` moves along a direction, by central difference in float64. */
export function slope(program: Program, numbers: Numbers, name: string, direction: Float64Array, step = 1e-5): number {
  const moved = (sign: number) => {
    const value = numbers[name] as NumericArray;
    const data = value.data.map((x, i) => x + sign * step * (direction[i] as number));
    return interpret(program, { ...numbers, [name]: { shape: value.shape, data } }).outputs['total']?.data[0] as number;
  };
  return (moved(1) - moved(-1)) / (2 * step);
}
