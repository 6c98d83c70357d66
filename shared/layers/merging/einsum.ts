// Einsum: one or two tensors multiplied and added up along named axes, as an equation says. Einstein's convention of 1916.

import { text } from '../../lib/fields.ts';
import { einsum as summed, equationOf, spelledOut } from './einsumming.ts';
import { layer } from '../layer.ts';

export const einsum = layer({
  id: 'einsum',
  title: 'Einsum',
  family: 'merge',
  help: {
    text: 'Multiplies two outputs along axes that an equation names by letters, and adds up over those that the result leaves out; the first letter is the batch. So attention can be written by hand: bqd,bkd->bqk compares every step with every other. With one connection it adds up or turns axes. It learns nothing.',
    formula: 'bqd,bkd->bqk:  y[b, q, k] = Σ_d x_1[b, q, d] · x_2[b, k, d]',
    source: 'https://keras.io/api/ops/numpy/#einsum-function',
  },
  synonyms: ['einstein', 'sum', 'product', 'matmul', 'contraction', 'attention', 'merge'],
  fields: {
    equation: text({
      label: 'Equation',
      help: 'A letter for every axis of each input, the batch first, then what is left: bqd,bkd->bqk.',
      placeholder: 'bqd,bkd->bqk',
      default: 'bqd,bkd->bqk',
    }),
  },
  inputs: 'many',
  fewestInputs: 1,
  describe: ({ equation }) => equation || 'no equation',
  lower({ builder }, inputs, { equation }) {
    const parsed = equationOf(equation, inputs.length);
    return summed(
      builder,
      spelledOut(
        parsed,
        inputs.map(({ shape }) => shape.length),
      ),
      inputs,
    );
  },
  keras: null,
});
