// Concatenate: several branches side by side.

import { integer } from '../../lib/fields.ts';
import type { Tensor } from '../../tensor/types.ts';
import { type LayerContext, LayerError, layer, type ParameterRepair, sampleShape } from '../layer.ts';
import { severalInputs } from './merging.ts';

export const concatenate = layer({
  id: 'concatenate',
  title: 'Concatenate',
  family: 'merge',
  sight: 'place',
  help: {
    text: 'Puts the outputs of several layers side by side along one axis, in the order of their connections. Nothing is computed: the next layer sees all of them.',
    formula: 'y = [x_1, x_2, …]',
    source: 'https://keras.io/api/layers/merging_layers/concatenate/',
  },
  synonyms: ['concat', 'join', 'stack', 'merge', 'skip connection'],
  fields: {
    axis: integer({
      label: 'Axis',
      help: 'The axis that grows: −1 is the last (features or channels), 1 the first after the batch.',
      min: -8,
      max: 8,
      default: -1,
    }),
  },
  inputs: 'many',
  describe: (p) => (p.axis === -1 ? 'last axis' : `axis ${p.axis}`.replace('-', '−')),
  lower(context, inputs, p) {
    const tensors = severalInputs(inputs);
    const axis = axisOf(tensors[0], p.axis);
    tensors.forEach((next, i) => {
      if (!canJoin(tensors[0], next, axis)) throw unequal(tensors, i, axis);
    });
    context.setMask(joinedMask(context, tensors, axis));
    return context.builder.concat(...tensors, { axis });
  },
  keras: { className: 'Concatenate' },
});

/** Joined along the steps, masks are joined too; along the features a step counts where it counts in any. An input without a mask counts everywhere. */
function joinedMask(context: LayerContext, tensors: readonly Tensor[], axis: number): Tensor | null {
  const { builder } = context;
  const masks = tensors.map((_, i) => context.inputMask(i));
  if (tensors[0]?.shape.length !== 3 || masks.every((mask) => mask === null)) return null;
  const all = masks.map((mask, i) => mask ?? builder.constant(1, (tensors[i] as Tensor).shape.slice(0, 2), 'bool'));
  return axis === 1 ? builder.concat(...all, { axis }) : all.reduce((either, next) => builder.logicalOr(either, next));
}

/** The axis counted from 0, the batch's; never the batch's itself. @throws LayerError */
function axisOf(tensor: Tensor, axis: number): number {
  const rank = tensor.shape.length;
  const resolved = axis < 0 ? axis + rank : axis;
  if (resolved >= 1 && resolved < rank) return resolved;
  throw new LayerError({
    code: 'axis',
    parameter: 'axis',
    what:
      resolved === 0 ? 'Axis 0 is the batch: joining along it would mix up the samples.' : `There is no axis ${axis} in an input of ${sampleShape(tensor)}.`,
    why: `Its axes are 1 to ${rank - 1}, or −1 for the last.`,
    repairs: [{ label: 'Set axis to −1', parameters: { axis: -1 } }],
  });
}

const canJoin = (a: Tensor, b: Tensor, axis: number): boolean =>
  a.shape.length === b.shape.length && a.shape.every((size, i) => i === axis || size === b.shape[i]);

function unequal(tensors: readonly [Tensor, ...Tensor[]], input: number, axis: number): LayerError {
  const [first] = tensors;
  const other = tensors[input] ?? first;
  return new LayerError({
    code: 'shape-mismatch',
    input,
    what: `It cannot join ${sampleShape(first)} and ${sampleShape(other)} along axis ${axis}.`,
    why: 'All sizes but the one along which they are joined must be equal.',
    repairs: otherAxes(tensors),
  });
}

/** Axes along which all inputs could be joined. */
function otherAxes(tensors: readonly [Tensor, ...Tensor[]]): readonly ParameterRepair[] {
  const axes = tensors[0].shape.map((_, axis) => axis).slice(1);
  return axes
    .filter((axis) => tensors.every((next) => canJoin(tensors[0], next, axis)))
    .map((axis) => ({ label: `Set axis to ${axis}`, parameters: { axis } }));
}
