// Masking: steps with nothing in them do not count.

import { number } from '../../lib/fields.ts';
import { inputOfRank, layer } from '../layer.ts';
import { sequenceWords } from '../steps.ts';

export const masking = layer({
  id: 'masking',
  title: 'Masking',
  family: 'core',
  group: 'further',
  help: {
    text: 'Marks the steps of a sequence that are only padding: those whose features all have one value, usually 0. Layers after it that know masks (recurrent ones, attention, averages) and the loss leave them out. So sequences of different length can be in one batch.',
    formula: 'step t counts if any x_t ≠ value',
    source: 'https://keras.io/api/layers/core_layers/masking/',
  },
  synonyms: ['mask', 'padding', 'variable length', 'sequence'],
  fields: { maskValue: number({ label: 'Value', help: 'A step in which all features have this value does not count.', default: 0 }) },
  inputs: 1,
  naturalRank: 2,
  describe: (p) => `leaves out ${p.maskValue}`,
  lower(context, inputs, p) {
    const { builder } = context;
    const input = inputOfRank(inputs, 2, sequenceWords, 'It marks steps, so it must know which they are.');
    const differs = builder.logicalNot(builder.equal(input, builder.constant(p.maskValue)));
    const counts = builder.reduceMax(builder.cast(differs, { dtype: 'float32' }), { axes: [2], keepDims: true });
    context.setMask(builder.reshape(builder.greater(counts, builder.constant(0.5)), { shape: input.shape.slice(0, 2) }));
    return builder.multiply(input, counts);
  },
  keras: { className: 'Masking' },
});
