// Embedding: a learned vector for every number of a vocabulary.

import { boolean, integer } from '../../lib/fields.ts';
import { initializerField } from '../initializers/index.ts';
import { layer, only } from '../layer.ts';
import { activityFields, activityKeras, allKeras, held, heldActivity, heldFields, heldKeras } from '../holding.ts';

export const embedding = layer({
  id: 'embedding',
  title: 'Embedding',
  family: 'core',
  help: {
    text: 'Looks up a learned vector for every whole number it gets, for example for every word of a text. Words used alike end up with vectors close to each other. Only for the start of a network, where numbers are names.',
    formula: 'y_i = E[x_i]',
    source: 'https://keras.io/api/layers/core_layers/embedding/',
  },
  synonyms: ['lookup', 'word vector', 'token', 'text'],
  fields: {
    inputDim: integer({
      label: 'Vocabulary',
      help: 'How many different numbers can come in: from 0 to one less than this.',
      min: 1,
      max: 10_000_000,
      default: 1000,
    }),
    outputDim: integer({ label: 'Vector size', help: 'How many features every number gets.', min: 1, max: 100_000, sliderMax: 512, default: 64 }),
    maskZero: boolean({
      label: 'Zero is padding',
      help: 'Steps whose number is 0 do not count for the layers after it that know masks, nor for the loss.',
      default: false,
    }),
    embeddingsInitializer: initializerField({ label: 'Embeddings initializer', default: 'randomUniform' }),
    ...heldFields('embeddings', 'Embeddings'),
    ...activityFields,
  },
  inputs: 1,
  naturalRank: 1,
  describe: (p) => [`${p.inputDim} → ${p.outputDim}`, p.maskZero && '0 is padding'].filter(Boolean).join(' · '),
  lower(context, inputs, p) {
    const input = only(inputs);
    const indices = input.dtype === 'int32' ? input : context.builder.cast(input, { dtype: 'int32' });
    const table = held(context, 'embeddings', [p.inputDim, p.outputDim], p.embeddingsInitializer, p, 'embeddings');
    // Steps are what a mask counts: a lone axis of them.
    if (p.maskZero && indices.shape.length === 2) {
      const zero = context.builder.constant(0, [], 'int32');
      context.setMask(context.builder.logicalNot(context.builder.equal(indices, zero)));
    }
    return heldActivity(context, context.builder.gather(table, indices), p);
  },
  keras: { className: 'Embedding', ...allKeras(heldKeras({ embeddings: 2 }), activityKeras) },
});
