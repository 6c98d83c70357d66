// RepeatVector: the same vector at every step of a sequence.

import { integer } from '../../lib/fields.ts';
import { inputOfRank, layer } from '../layer.ts';

const why =
  'It makes a sequence out of one vector. A Flatten layer before it makes a vector of anything; a recurrent layer before it must not return sequences.';

export const repeatVector = layer({
  id: 'repeatVector',
  title: 'RepeatVector',
  family: 'core',
  group: 'reshaping',
  help: {
    text: 'Repeats a vector so many times, as the steps of a sequence. Stands between the two halves of an encoder-decoder: the decoder reads the encoder’s summary at every step.',
    formula: 'y_t = x for t = 1 … n',
    source: 'https://keras.io/api/layers/reshaping_layers/repeat_vector/',
  },
  synonyms: ['copy', 'tile', 'sequence', 'encoder decoder'],
  fields: { n: integer({ label: 'Times', help: 'How many steps the sequence has.', min: 1, max: 1_000_000, sliderMax: 100, default: 2 }) },
  inputs: 1,
  naturalRank: 1,
  describe: (p) => `${p.n} ${p.n === 1 ? 'time' : 'times'}`,
  lower({ builder }, inputs, p) {
    const input = inputOfRank(inputs, 1, 'a vector of features', why);
    const [batch, features] = input.shape as [number, number];
    return builder.broadcastTo(builder.reshape(input, { shape: [batch, 1, features] }), { shape: [batch, p.n, features] });
  },
  keras: { className: 'RepeatVector' },
});
