// Reshape: the same values, in other axes.

import { shape } from '../../lib/fields.ts';
import { formatShape, type Shape, sizeOf } from '../../tensor/types.ts';
import { LayerError, layer, only, type ParameterRepair } from '../layer.ts';

export const reshape = layer({
  id: 'reshape',
  title: 'Reshape',
  family: 'core',
  help: {
    text: 'Arranges the values of a sample in other axes, row by row, for example 784 values as an image of 28 × 28 × 1. Nothing is computed, and no value is lost or added.',
    formula: 'y = x in the target shape',
    source: 'https://keras.io/api/layers/reshaping_layers/reshape/',
  },
  synonyms: ['view', 'rearrange', 'image'],
  fields: {
    targetShape: shape({
      label: 'Target shape',
      help: 'The new sizes, without the batch. One of them may be −1: as many as are left over.',
      allowUnknown: true,
      default: [-1],
    }),
  },
  inputs: 1,
  describe: (p) => (p.targetShape.length === 0 ? 'a single number' : formatShape(p.targetShape).replaceAll('-1', '?')),
  lower(context, inputs, p) {
    const input = only(inputs);
    return context.builder.reshape(input, { shape: [-1, ...resolveShape(input.shape.slice(1), p.targetShape)] });
  },
  keras: { className: 'Reshape' },
});

/** With a proper minus sign. */
const words = (shape: Shape): string => formatShape(shape).replaceAll('-', '−');

/** The target shape with its -1 filled in. @throws LayerError where it does not hold the same number of values */
function resolveShape(from: Shape, target: Shape): Shape {
  const unknown = target.filter((size) => size === -1).length;
  if (unknown > 1) throw severalUnknown(target);
  const known = target.reduce((product, size) => (size === -1 ? product : product * size), 1);
  const values = sizeOf(from);
  const fits = unknown === 1 ? known > 0 && values % known === 0 : known === values;
  if (!fits) throw doesNotFit(from, target, known, unknown === 1);
  return target.map((size) => (size === -1 ? values / known : size));
}

const severalUnknown = (target: Shape) =>
  new LayerError({
    code: 'several-unknown',
    parameter: 'targetShape',
    what: `The target shape ${words(target)} has more than one −1.`,
    why: 'Only one size can be worked out from the others.',
    repairs: [{ label: 'Set target shape to −1', parameters: { targetShape: [-1] } }],
  });

const doesNotFit = (from: Shape, target: Shape, known: number, open: boolean) =>
  new LayerError({
    code: 'reshape-size',
    input: 0,
    parameter: 'targetShape',
    what: `The input ${formatShape(from)} holds ${sizeOf(from)} values; ${open ? `they cannot be split evenly by the ${known} of` : `${known} are needed for`} the target shape ${words(target)}.`,
    why: 'Reshaping only rearranges values: their number must stay the same.',
    repairs: repairs(from, target),
  });

/** Opens one axis that can take up what is left, the last first; a flat row always fits. */
function repairs(from: Shape, target: Shape): readonly ParameterRepair[] {
  const opened = target.map((_, axis) => target.map((size, other) => (other === axis ? -1 : size))).reverse();
  const fitting = opened.find((shape) => {
    const rest = shape.reduce((product, size) => (size === -1 ? product : product * size), 1);
    return shape.filter((size) => size === -1).length === 1 && rest > 0 && sizeOf(from) % rest === 0;
  });
  const shapes = [...(fitting && fitting.length > 1 ? [fitting] : []), [sizeOf(from)]];
  return shapes.map((targetShape) => ({ label: `Set target shape to ${words(targetShape)}`, parameters: { targetShape } }));
}
