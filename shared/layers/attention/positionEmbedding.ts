// PositionEmbedding: adds to every step of a sequence a vector that says where it stands. Gehring et al. and Vaswani et al., 2017.
// Keras has it in KerasHub only; for Keras alone it is written in parts (shared/code/kerasParts.ts).

import { choice, integer, optionalInteger } from '../../lib/fields.ts';
import type { Tensor } from '../../tensor/types.ts';
import { initializerField } from '../initializers/index.ts';
import { inputOfRank, LayerError, layer } from '../layer.ts';

export const positionEmbedding = layer({
  id: 'positionEmbedding',
  title: 'PositionEmbedding',
  family: 'attention',
  help: {
    text: 'Adds to every step a vector that says where in the sequence it stands. Attention alone does not know the order of the steps: a transformer needs this after its Embedding. The vectors are learned, or fixed waves of different lengths.',
    formula: 'y_t = x_t + p_t;  waves: p_(t, 2i) = sin(t / 10000^(2i/d)), p_(t, 2i+1) = cos(t / 10000^(2i/d))',
    source: 'https://keras.io/keras_hub/api/modeling_layers/position_embedding/',
  },
  synonyms: ['positional encoding', 'sine', 'sinusoidal', 'transformer', 'order', 'place'],
  fields: {
    kind: choice({
      label: 'Vectors',
      help: 'Where the vectors come from.',
      choices: [
        { value: 'learned', label: 'learned', help: 'A weight of its own for every step.' },
        { value: 'sinusoidal', label: 'waves', help: 'Sines and cosines, nothing to learn.' },
      ],
      default: 'learned',
      look: 'segments',
    }),
    sequenceLength: optionalInteger({
      label: 'Longest sequence',
      help: 'For how many steps vectors are learned. Automatic: as many as come in.',
      min: 1,
      max: 1_000_000,
      level: 'advanced',
      default: null,
    }),
    maxWavelength: integer({
      label: 'Longest wave',
      help: 'The length of the slowest of the waves, in steps (times 2π).',
      min: 1,
      max: 1_000_000_000,
      level: 'advanced',
      default: 10_000,
    }),
    initializer: initializerField({ label: 'Initializer', default: 'glorotUniform' }),
  },
  inputs: 1,
  naturalRank: 2,
  masking: 'keeps',
  describe: (p) => (p.kind === 'learned' ? 'learned' : 'waves'),
  lower(context, inputs, p) {
    const { builder } = context;
    const input = inputOfRank(inputs, 2, 'a sequence of steps × features', 'It says where every step stands, so it must know which they are.');
    const [, steps, features] = input.shape as [number, number, number];
    if (p.kind === 'sinusoidal') return builder.add(input, builder.constant(waves(steps, features, p.maxWavelength), [steps, features]));
    const longest = p.sequenceLength ?? steps;
    if (longest < steps) throw tooLong(steps, longest);
    const all = context.weight('embeddings', [longest, features], { initializer: p.initializer });
    const used: Tensor = longest === steps ? all : builder.slice(all, { begin: [0, 0], size: [steps, features] });
    return builder.add(input, used);
  },
  keras: null,
});

/** [steps, features], a row after the other: sines at even features, cosines at odd ones; each pair slower than the one before. */
export function waves(steps: number, features: number, longest: number): Float32Array {
  return Float32Array.from({ length: steps * features }, (_, i) => {
    const step = Math.floor(i / features),
      feature = i % features;
    const angle = step * longest ** (-(2 * Math.floor(feature / 2)) / features);
    return feature % 2 === 0 ? Math.sin(angle) : Math.cos(angle);
  });
}

const tooLong = (steps: number, longest: number) =>
  new LayerError({
    code: 'sequence-too-long',
    input: 0,
    parameter: 'sequenceLength',
    what: `It has vectors for ${longest} ${longest === 1 ? 'step' : 'steps'}, but gets ${steps}.`,
    repairs: [
      { label: 'Set the longest sequence to automatic', parameters: { sequenceLength: null } },
      { label: `Set it to ${steps}`, parameters: { sequenceLength: steps } },
    ],
  });
