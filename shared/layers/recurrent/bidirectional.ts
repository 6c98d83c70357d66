// Bidirectional: a recurrent layer that reads the sequence from both ends. Schuster and Paliwal, 1997.

import { choice, type Nested, nested } from '../../lib/fields.ts';
import type { Builder } from '../../tensor/builder.ts';
import type { Tensor } from '../../tensor/types.ts';
import { gru } from './gru.ts';
import { type Inputs, LayerError, layer } from '../layer.ts';
import { lstm } from './lstm.ts';
import { describeInner, fieldsWithout, type Inner, innerOf, innerOfKeras, innerToKeras, inside, layerField, nestedOf } from './nesting.ts';
import { restArgument, stateFields } from './recurrent.ts';
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
    text: 'Two recurrent layers read the sequence, one from its start, one from its end, and what they say is brought together. So every step knows what comes before and after it. Not for predicting what comes next.',
    formula: 'y = [forward(x), backward(x)]',
    source: 'https://keras.io/api/layers/recurrent_layers/bidirectional/',
  },
  synonyms: ['bilstm', 'bigru', 'both directions', 'recurrent', 'wrapper'],
  fields: {
    layer: layerField({ candidates, default: 'lstm', help: 'The recurrent layer that reads each way, with weights of its own.', without: decided }),
    backwardLayer: nested({
      label: 'Backwards',
      help: 'The layer that reads from the end, where it is another one than the first.',
      level: 'advanced',
      choices: [{ value: 'same', label: 'as forwards' }, ...Object.values(candidates).map(({ id, title }) => ({ value: id, label: title }))],
      fieldsOf: (kind) => (kind === 'same' ? {} : fieldsWithout(candidates[kind as keyof typeof candidates], [...decided, 'returnSequences'])),
      default: 'same',
    }),
    mergeMode: choice({
      label: 'Together',
      help: 'How both directions are brought together.',
      choices: [
        { value: 'concat', label: 'concat', help: 'Side by side: twice as many features.' },
        { value: 'sum', label: 'sum', help: 'Added up.' },
        { value: 'ave', label: 'mean', help: 'Their mean.' },
        { value: 'mul', label: 'product', help: 'Multiplied.' },
        { value: 'none', label: 'apart', help: 'Each a result of its own.' },
      ],
      default: 'concat',
      look: 'segments',
    }),
    ...stateFields,
  },
  inputs: 1,
  inputsWith: ({ initialState, layer: value, backwardLayer: other }): Inputs =>
    initialState === true
      ? [
          { name: 'sequence', label: 'Sequence' },
          ...statesOf(value, other).map((label, i) => ({ name: `initial_state_${i}`, label: `Initial ${label}`, optional: true })),
        ]
      : 1,
  furtherOutputs: ({ mergeMode, returnState, layer: value, backwardLayer: other }): readonly string[] => [
    ...(mergeMode === 'none' ? ['read backwards'] : []),
    ...(returnState === true ? statesOf(value, other) : []),
  ],
  naturalRank: 2,
  describe: (p) =>
    [
      describeInner(innerOf(candidates, p.layer)),
      p.backwardLayer.kind !== 'same' && `${innerOf(candidates, p.backwardLayer).layer.title} backwards`,
      p.mergeMode !== 'concat' && (p.mergeMode === 'none' ? 'apart' : p.mergeMode),
    ]
      .filter(Boolean)
      .join(' · '),
  lower(context, inputs, p) {
    const { forward, backward } = directions(p);
    const mask = context.inputMask();
    const states: Tensor[] = [];
    const read = (name: string, { layer: inner, parameters }: Inner, initial: readonly Tensor[]) =>
      inner.lower(
        inside(context, name, inputs.length > 1 ? null : mask, (more) => states.push(...more)),
        [...inputs.slice(0, 1), ...initial],
        parameters,
      );
    const ofForward =
      1 + Math.ceil((inputs.length - 1) * (statesPerWay(forward.layer.id) / (statesPerWay(forward.layer.id) + statesPerWay(backward.layer.id))));
    const first = read('forward_layer', forward, inputs.slice(1, ofForward));
    const second = read('backward_layer', backward, inputs.slice(ofForward));
    const { returnSequences } = forward.parameters;
    context.setMask(returnSequences ? mask : null);
    const backwards = returnSequences ? reversed(context.builder, second) : second;
    const apart = p.mergeMode === 'none' ? [backwards] : [];
    if (apart.length > 0 || p.returnState) context.giveMore([...apart, ...(p.returnState ? states : [])], returnSequences ? apart.map(() => mask) : []);
    return p.mergeMode === 'none' ? first : together(context.builder, p.mergeMode, first, backwards);
  },
  keras: {
    className: 'Bidirectional',
    restArgument,
    toConfig(p) {
      const { forward, backward } = directions(p);
      const both = { layer: innerToKeras(forward, 'forward_'), backward_layer: innerToKeras(backward, 'backward_') };
      return { ...both, merge_mode: p.mergeMode === 'none' ? null : p.mergeMode, initial_state: undefined, return_state: undefined };
    },
    fromConfig: ({ layer: first, backward_layer: second, merge_mode: mode = 'concat' }) => {
      const forward = innerOfKeras(candidates, first),
        backward = second === undefined || second === null ? null : innerOfKeras(candidates, second);
      if (!forward || forward.parameters['goBackwards'] === true) return null;
      const value = nestedOf({ ...forward, parameters: withoutDecided(forward.parameters) });
      const returnState = forward.parameters['returnState'] === true;
      const read = { layer: value, returnState, mergeMode: (mode ?? 'none') as Merge };
      if (!second || mirrored({ layer: value, backwardLayer: same, returnState }, backward)) return read;
      const other = backward && backwardOf(backward);
      return other && mirrored({ layer: value, backwardLayer: other, returnState }, backward) ? { ...read, backwardLayer: other } : null;
    },
    weightGroup: (weight) => `${weight.slice(0, weight.indexOf('/'))}/cell`,
  },
});

type Merge = 'concat' | 'sum' | 'ave' | 'mul' | 'none';

const same: Nested = { kind: 'same', parameters: {} };
const statesPerWay = (kind: string): number => (kind === 'lstm' ? 2 : 1);

/** What both layers remember, in Keras' order. */
function statesOf(value: unknown, other: unknown): readonly string[] {
  const { kind } = (value ?? bidirectional.fields.layer.default) as Nested,
    { kind: back } = (other ?? same) as Nested;
  const named = (way: string, id: string) => (id === 'lstm' ? ['hidden state', 'memory cell'] : ['state']).map((state) => `${way} ${state}`);
  return [...named('forward', kind), ...named('backward', back === 'same' ? kind : back)];
}

interface Reading {
  readonly layer: Nested;
  readonly backwardLayer: Nested;
  readonly returnState: boolean;
}

/** Both layers with all their parameters; steps that do not count give 0 where every step gives something, as in Keras. */
function directions({ layer: value, backwardLayer, returnState }: Reading): { readonly forward: Inner; readonly backward: Inner } {
  const { layer: kind, parameters } = innerOf(candidates, value);
  const { returnSequences } = parameters;
  const shared = { returnSequences, returnState, zeroOutputForMask: returnSequences };
  const other = backwardLayer.kind === 'same' ? { layer: kind, parameters } : innerOf(candidates, backwardLayer);
  return {
    forward: { layer: kind, parameters: { ...parameters, ...shared } },
    backward: { layer: other.layer, parameters: { ...other.parameters, ...shared, goBackwards: true } },
  };
}

/** A second layer of a file as one of its own. */
const backwardOf = (backward: Inner): Nested =>
  nestedOf({ ...backward, parameters: Object.fromEntries(Object.entries(withoutDecided(backward.parameters)).filter(([name]) => name !== 'returnSequences')) });

const withoutDecided = (parameters: Inner['parameters']) => Object.fromEntries(Object.entries(parameters).filter(([name]) => !decided.includes(name)));

/** Whether the second layer of a file is what it would be here. */
function mirrored(read: Reading, backward: Inner | null): boolean {
  const { layer: kind, parameters } = directions(read).backward;
  return backward !== null && backward.layer.id === kind.id && JSON.stringify({ ...parameters, ...backward.parameters }) === JSON.stringify(parameters);
}

function together(builder: Builder, mode: Exclude<Merge, 'none'>, a: Tensor, b: Tensor): Tensor {
  if (mode === 'concat') return builder.concat(a, b, { axis: -1 });
  if (a.shape.at(-1) !== b.shape.at(-1))
    throw new LayerError({
      code: 'shape-mismatch',
      parameter: 'mergeMode',
      what: `One way gives ${a.shape.at(-1)} features and the other ${b.shape.at(-1)}: they can only stand side by side.`,
      repairs: [{ label: 'Put them side by side', parameters: { mergeMode: 'concat' } }],
    });
  if (mode === 'mul') return builder.multiply(a, b);
  const sum = builder.add(a, b);
  return mode === 'sum' ? sum : builder.multiply(sum, builder.constant(0.5));
}
