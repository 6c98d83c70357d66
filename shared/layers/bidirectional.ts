// Bidirectional: a recurrent layer that reads the sequence from both ends. Schuster and Paliwal, 1997.

import { choice, type Nested } from '../lib/fields.ts';
import type { Builder } from '../tensor/builder.ts';
import type { Tensor } from '../tensor/types.ts';
import { gru } from './gru.ts';
import { layer } from './layer.ts';
import { lstm } from './lstm.ts';
import { describeInner, type Inner, innerOf, innerOfKeras, innerToKeras, inside, layerField, nestedOf } from './nesting.ts';
import { simpleRnn } from './simpleRnn.ts';
import { reversed } from './walking.ts';

const candidates = { lstm, gru, simpleRnn };
/** What reading both ways decides itself. */
const decided = ['goBackwards', 'zeroOutputForMask', 'returnState', 'initialState'];

export const bidirectional = layer({
  id: 'bidirectional',
  title: 'Bidirectional',
  family: 'recurrent',
  help: {
    text: 'Two recurrent layers of the same kind read the sequence, one from its start, one from its end, and what they say is brought together. So every step knows what comes before and after it. Not for predicting what comes next.',
    formula: 'y = [forward(x), backward(x)]',
    source: 'https://keras.io/api/layers/recurrent_layers/bidirectional/',
  },
  synonyms: ['bilstm', 'bigru', 'both directions', 'recurrent', 'wrapper'],
  fields: {
    layer: layerField({ candidates, default: 'lstm', help: 'The recurrent layer that reads each way, with weights of its own.', without: decided }),
    mergeMode: choice({
      label: 'Together',
      help: 'How both directions are brought together.',
      choices: [
        { value: 'concat', label: 'concat', help: 'Side by side: twice as many features.' },
        { value: 'sum', label: 'sum', help: 'Added up.' },
        { value: 'ave', label: 'mean', help: 'Their mean.' },
        { value: 'mul', label: 'product', help: 'Multiplied.' },
      ],
      default: 'concat',
      look: 'segments',
    }),
  },
  inputs: 1,
  naturalRank: 2,
  describe: (p) => [describeInner(innerOf(candidates, p.layer)), p.mergeMode !== 'concat' && p.mergeMode].filter(Boolean).join(' · '),
  lower(context, inputs, p) {
    const { forward, backward } = directions(p.layer);
    const mask = context.inputMask();
    const first = forward.layer.lower(inside(context, 'forward_layer', mask), inputs, forward.parameters);
    const second = backward.layer.lower(inside(context, 'backward_layer', mask), inputs, backward.parameters);
    const { returnSequences } = forward.parameters;
    context.setMask(returnSequences ? mask : null);
    return together(context.builder, p.mergeMode, first, returnSequences ? reversed(context.builder, second) : second);
  },
  keras: {
    className: 'Bidirectional',
    toConfig({ layer: value }) {
      const { forward, backward } = directions(value);
      return { layer: innerToKeras(forward, 'forward_'), backward_layer: innerToKeras(backward, 'backward_') };
    },
    fromConfig: ({ layer: first, backward_layer: second }) => {
      const forward = innerOfKeras(candidates, first),
        backward = second === undefined || second === null ? null : innerOfKeras(candidates, second);
      if (!forward || forward.parameters['goBackwards'] === true) return null;
      const value = nestedOf({ ...forward, parameters: withoutDecided(forward.parameters) });
      return second && !mirrored(value, backward) ? null : { layer: value };
    },
    weightGroup: (weight) => `${weight.slice(0, weight.indexOf('/'))}/cell`,
  },
});

/** Both layers with all their parameters; steps that do not count give 0 where every step gives something, as in Keras. */
function directions(value: Nested): { readonly forward: Inner; readonly backward: Inner } {
  const { layer: kind, parameters } = innerOf(candidates, value);
  const forward = { ...parameters, zeroOutputForMask: parameters['returnSequences'] };
  return { forward: { layer: kind, parameters: forward }, backward: { layer: kind, parameters: { ...forward, goBackwards: true } } };
}

const withoutDecided = (parameters: Inner['parameters']) => Object.fromEntries(Object.entries(parameters).filter(([name]) => !decided.includes(name)));

/** Whether the second layer of a file is the first, but for its direction. */
function mirrored(value: Nested, backward: Inner | null): boolean {
  const { parameters } = directions(value).backward;
  return backward !== null && backward.layer.id === value.kind && JSON.stringify({ ...parameters, ...backward.parameters }) === JSON.stringify(parameters);
}

function together(builder: Builder, mode: 'concat' | 'sum' | 'ave' | 'mul', a: Tensor, b: Tensor): Tensor {
  if (mode === 'concat') return builder.concat(a, b, { axis: -1 });
  if (mode === 'mul') return builder.multiply(a, b);
  const sum = builder.add(a, b);
  return mode === 'sum' ? sum : builder.multiply(sum, builder.constant(0.5));
}
