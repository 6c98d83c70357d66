// TimeDistributed: one layer for every step of a sequence, with the same weights at each.

import type { Nested } from '../../lib/fields.ts';
import type { Shape, Tensor } from '../../tensor/types.ts';
import { type AnyLayer, type LayerContext, LayerError, layer, only, sampleShape } from '../layer.ts';
import { describeInner, type Inner, innerOf, innerOfKeras, innerToKeras, inside, layerField, nestedOf, speakingFor } from './nesting.ts';
import { bidirectional } from './bidirectional.ts';
import { inOrder } from '../order.ts';
import * as plain from '../plain.ts';

/** Layers whose meaning is in the order of the steps or in the batch as a whole say nothing about a single step; an Embedding works on every number anyway. */
const notForSteps = new Set(['input', 'embedding', 'masking', 'activityRegularization', 'positionEmbedding']);
const candidates: Readonly<Record<string, AnyLayer>> = Object.fromEntries(
  Object.entries<AnyLayer>(inOrder({ ...plain, bidirectional })).filter(([id, { inputs, keras }]) => inputs === 1 && keras !== null && !notForSteps.has(id)),
);

export const timeDistributed = layer({
  id: 'timeDistributed',
  title: 'TimeDistributed',
  family: 'recurrent',
  help: {
    text: 'Applies one layer to every step of a sequence by itself, with the same weights: a Conv2D to every picture of a video, a Dense to every step. (A Dense alone does that anyway.)',
    formula: 'y_t = layer(x_t)',
    source: 'https://keras.io/api/layers/recurrent_layers/time_distributed/',
  },
  synonyms: ['wrapper', 'every step', 'video', 'frames', 'sequence'],
  fields: { layer: layerField({ candidates, default: 'dense', help: 'The layer that every step goes through.' }) },
  inputs: 1,
  masking: 'keeps',
  describe: (p) => describeInner(innerOf(candidates, p.layer)),
  lower(context, inputs, p) {
    const input = only(inputs);
    if (input.shape.length < 3)
      throw new LayerError({
        code: 'rank',
        input: 0,
        what: `It needs a sequence of steps, each with at least one feature, but gets ${sampleShape(input)}.`,
        why: 'The first axis after the batch is the steps; what is left is a sample for the layer inside.',
      });
    return speakingFor(p.layer, 'layer', () => everyStep(context, input, innerOf(candidates, p.layer)));
  },
  keras: {
    className: 'TimeDistributed',
    toConfig: ({ layer: value }) => ({ layer: innerToKeras(innerOf(candidates, value)) }),
    fromConfig({ layer: value }) {
      const inner = innerOfKeras(candidates, value);
      return inner && { layer: nestedOf(inner) };
    },
    weightGroup: (weight, { layer: value }: { readonly layer: Nested }) => groupOf(innerOf(candidates, value), weight),
  },
});

function groupOf({ layer: inner, parameters }: Inner, weight: string): string {
  const group = inner.keras?.weightGroup?.(weight.slice(weight.indexOf('/') + 1), parameters) ?? '';
  return group === '' ? 'layer' : `layer/${group}`;
}

/** The context of the layer inside. Keras computes it without what surrounds a call: what its results cost is not added, only what its weights do. */
const within = (context: LayerContext): LayerContext => {
  const own = inside(context, 'layer', null);
  return { ...own, addLoss: (loss, of) => of && own.addLoss(loss, of) };
};

/** All steps at once, as if they were further samples; one after the other where the layer gathers something on its way, as Keras does. */
function everyStep(context: LayerContext, input: Tensor, { layer: inner, parameters }: Inner): Tensor {
  const [batch, steps, ...rest] = input.shape as [number, number, ...number[]];
  let gathers = false;
  const losses: (() => void)[] = [];
  const attempt: LayerContext = {
    ...inside(context, 'layer', null),
    update: () => {
      gathers = true;
    },
    addLoss: (loss, of) => void (of && losses.push(() => context.addLoss(loss, of))),
  };
  const { builder } = context;
  const together = inner.lower(attempt, [builder.reshape(input, { shape: [batch * steps, ...rest] })], parameters);
  if (gathers) return oneByOne(context, input, { layer: inner, parameters });
  for (const add of losses) add();
  return builder.reshape(together, { shape: [batch, steps, ...together.shape.slice(1)] });
}

function oneByOne(context: LayerContext, input: Tensor, { layer: inner, parameters }: Inner): Tensor {
  const { builder } = context;
  const [batch, steps, ...rest] = input.shape as [number, number, ...number[]];
  const results = Array.from({ length: steps }, (_, step) => {
    const one = builder.slice(input, { begin: [0, step, ...rest.map(() => 0)], size: [batch, 1, ...rest] });
    const result = inner.lower(within(context), [builder.reshape(one, { shape: [batch, ...rest] })], parameters);
    return builder.reshape(result, { shape: withStep(result.shape) });
  });
  return results.length === 1 ? (results[0] as Tensor) : builder.concat(...results, { axis: 1 });
}

const withStep = ([batch, ...rest]: Shape): Shape => [batch as number, 1, ...rest];
