// Dot: products of two branches, added up along one axis of each.

import { boolean, integer, type Values } from '../../lib/fields.ts';
import type { Builder } from '../../tensor/builder.ts';
import { sizeOf, type Tensor } from '../../tensor/types.ts';
import { axisWords, sampleAxis } from '../axes.ts';
import { LayerError, layer, sampleShape } from '../layer.ts';
import { twoInputs } from './merging.ts';
import { unitLength } from '../normalization/unitLength.ts';

const axis = (label: string, which: string) =>
  integer({ label, help: `The axis of the ${which} input that is added up. −1 is the last, 1 the first after the batch.`, min: -8, max: 8, default: -1 });
const fields = {
  firstAxis: axis('Axis of the first', 'first'),
  secondAxis: axis('Axis of the second', 'second'),
  normalize: boolean({
    label: 'Normalize',
    help: 'Brings both to length 1 along their axis first: the result is the cosine of the angle between them.',
    default: false,
  }),
};
type Parameters = Values<typeof fields>;

export const dot = layer({
  id: 'dot',
  title: 'Dot',
  family: 'merge',
  help: {
    text: 'Multiplies two outputs along one axis of each and adds the products up, sample by sample. For two vectors it is one number that tells how alike they are; for two sequences it is a table of all pairs.',
    formula: 'y = Σ_k x_1[…, k] · x_2[…, k]',
    source: 'https://keras.io/api/layers/merging_layers/dot/',
  },
  synonyms: ['product', 'similarity', 'cosine', 'attention', 'merge'],
  fields,
  inputs: 'many',
  describe: (p) =>
    [p.firstAxis === p.secondAxis ? axisWords(p.firstAxis) : `axes ${p.firstAxis}, ${p.secondAxis}`.replaceAll('-', '−'), p.normalize && 'cosine']
      .filter(Boolean)
      .join(' · '),
  lower({ builder }, inputs, p) {
    const [first, second] = twoInputs(inputs, 'It multiplies the first with the second.');
    const axes = [sampleAxis(first, p.firstAxis, 'firstAxis'), sampleAxis(second, p.secondAxis, 'secondAxis')] as const;
    if (first.shape[axes[0]] !== second.shape[axes[1]]) throw unequal(first, second, axes, p);
    const ready = (x: Tensor, along: number) => (p.normalize ? unitLength(builder, x, [along]) : x);
    return products(builder, ready(first, axes[0]), ready(second, axes[1]), axes);
  },
  keras: {
    className: 'Dot',
    toConfig: ({ firstAxis, secondAxis }) => ({ first_axis: undefined, second_axis: undefined, axes: [firstAxis, secondAxis] }),
    fromConfig({ axes }) {
      const [firstAxis, secondAxis] = Array.isArray(axes) ? axes : [axes, axes];
      return Number.isInteger(firstAxis) && Number.isInteger(secondAxis) ? { firstAxis, secondAxis } : null;
    },
  },
});

/** Both as one matrix for each sample, the axis that is added up inside. */
function products(builder: Builder, first: Tensor, second: Tensor, axes: readonly [number, number]): Tensor {
  const others = [first, second].map(({ shape }, i) => shape.flatMap((size, axis) => (axis === 0 || axis === axes[i] ? [] : [size]))) as [number[], number[]];
  const rows = matrix(builder, first, axes[0], others[0]),
    columns = matrix(builder, second, axes[1], others[1]);
  const kept = [...others[0], ...others[1]];
  return builder.reshape(builder.matMul(rows, columns, { transposeB: true }), { shape: [first.shape[0] as number, ...(kept.length === 0 ? [1] : kept)] });
}

/** [batch, all other axes, the axis]. */
function matrix(builder: Builder, x: Tensor, axis: number, others: readonly number[]): Tensor {
  const order = [...x.shape.keys()].filter((i) => i !== axis);
  const turned = axis === x.shape.length - 1 ? x : builder.transpose(x, { permutation: [...order, axis] });
  return builder.reshape(turned, { shape: [x.shape[0] as number, sizeOf(others), x.shape[axis] as number] });
}

const unequal = (first: Tensor, second: Tensor, axes: readonly [number, number], p: Parameters) =>
  new LayerError({
    code: 'shape-mismatch',
    input: 1,
    parameter: 'secondAxis',
    what: `It cannot multiply ${sampleShape(first)} along its ${axisWords(p.firstAxis)} with ${sampleShape(second)} along its ${axisWords(p.secondAxis)}: ${first.shape[axes[0]]} values meet ${second.shape[axes[1]]}.`,
    why: 'Values are multiplied one to one along the two axes, so both need the same size.',
  });
