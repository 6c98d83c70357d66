// GLU: one half of the features opens and closes the other. Dauphin and others, 2017.

import { LayerError } from '../layer.ts';
import type { Activation } from './activation.ts';

export const glu: Activation = {
  id: 'glu',
  title: 'GLU',
  // Keras computes it, but tells the layers behind the size from before: a model with it cannot be loaded from a file.
  keras: null,
  kerasAliases: ['glu'],
  formula: 'a · sigmoid(b), where x = [a, b]',
  help: 'Half of the features, each let through by its partner in the other half. The output has half as many features, so their number must be even.',
  lower(builder, x) {
    const features = x.shape.at(-1) ?? 1;
    if (features % 2 !== 0)
      throw new LayerError({
        code: 'odd-features',
        what: `GLU needs an even number of features to halve, but there are ${features}.`,
        why: 'One half of them opens and closes the other half.',
      });
    const [values, gates] = builder.split(x, { axis: x.shape.length - 1, parts: 2 });
    if (!values || !gates) throw new Error('A split in two gives two parts.');
    return builder.multiply(values, builder.sigmoid(gates));
  },
};
