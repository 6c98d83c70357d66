// Permute: the same values with their axes in another order.

import { shape } from '../../lib/fields.ts';
import { LayerError, layer, only } from '../layer.ts';

export const permute = layer({
  id: 'permute',
  title: 'Permute',
  family: 'core',
  group: 'reshaping',
  help: {
    text: 'Puts the axes of a sample into another order: the numbers name the old axes, counted from 1 after the batch. With 2, 1 rows become columns, for example steps become features. Nothing is computed.',
    formula: 'y[i, j] = x[j, i] for 2, 1',
    source: 'https://keras.io/api/layers/reshaping_layers/permute/',
  },
  synonyms: ['transpose', 'swap axes', 'rearrange'],
  fields: { dims: shape({ label: 'Order', help: 'Which old axis comes first, which second and so on; 1 is the first after the batch.', default: [2, 1] }) },
  inputs: 1,
  describe: (p) => (p.dims.length === 0 ? 'no axes' : p.dims.join(', ')),
  lower(context, inputs, p) {
    const input = only(inputs);
    const axes = input.shape.slice(1).map((_, i) => i + 1);
    if (p.dims.toSorted((a, b) => a - b).join() !== axes.join()) throw noOrder(axes, p.dims);
    return context.builder.transpose(input, { permutation: [0, ...p.dims] });
  },
  keras: { className: 'Permute' },
});

const noOrder = (axes: readonly number[], dims: readonly number[]) =>
  new LayerError({
    code: 'permutation',
    input: 0,
    parameter: 'dims',
    what: `The order ${dims.join(', ')} does not name each of the input’s ${axes.length} ${axes.length === 1 ? 'axis' : 'axes'} once.`,
    why: 'Every axis must come exactly once; the batch stays where it is and is not counted.',
    repairs: axes.length === 0 ? [] : [{ label: `Set order to ${axes.toReversed().join(', ')}`, parameters: { dims: axes.toReversed() } }],
  });
