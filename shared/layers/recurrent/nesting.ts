// What layers share that hold another layer: the choice of it, its weights under a name of its own, and how Keras writes it. No layer itself.

import { type Field, type Fields, type Nested, nested, schemaOf } from '../../lib/fields.ts';
import type { Tensor } from '../../tensor/types.ts';
import { fromKerasConfig, toKerasConfig } from '../kerasConfig.ts';
import { type AnyLayer, type LayerContext, LayerError } from '../layer.ts';
import { snakeCase } from '../snakeCase.ts';

export type Candidates = Readonly<Record<string, AnyLayer>>;

/** A layer chosen from the candidates, with its parameters. */
export const layerField = (o: { candidates: Candidates; default: string; help: string; without?: readonly string[] }): Field<Nested> =>
  nested({
    label: 'Layer',
    help: o.help,
    choices: Object.values(o.candidates).map(({ id, title }) => ({ value: id, label: title })),
    fieldsOf: (kind) => fieldsWithout(o.candidates[kind], o.without ?? []),
    default: o.default,
  });

/** The fields of a layer inside that are a person's to set. */
export const fieldsWithout = (layer: AnyLayer | undefined, without: readonly string[]): Fields =>
  Object.fromEntries(Object.entries((layer?.fields ?? {}) as Fields).filter(([name]) => !without.includes(name)));

export interface Inner {
  readonly layer: AnyLayer;
  /** All of them. */
  readonly parameters: Readonly<Record<string, unknown>>;
}

/** The chosen layer. @throws Error for one that is not among the candidates: the field's check comes first */
export function innerOf(candidates: Candidates, { kind, parameters }: Nested): Inner {
  const layer = candidates[kind];
  if (!layer) throw new Error(`“${kind}” is none of ${Object.keys(candidates).join(', ')}.`);
  return { layer, parameters: schemaOf(layer.fields as Fields).parse(parameters) };
}

/** `Dense · 10 units · ReLU`. */
export const describeInner = ({ layer, parameters }: Inner): string => `${layer.title} · ${layer.describe(parameters)}`;

/** What a layer sees inside another one: its weights carry a prefix, and its mask is what it is given. @param more takes its further results */
export const inside = (context: LayerContext, prefix: string, mask: Tensor | null, more?: LayerContext['giveMore']): LayerContext => ({
  builder: context.builder,
  training: context.training,
  trainable: context.trainable,
  weight: (name, shape, options) => context.weight(`${prefix}/${name}`, shape, options),
  update: (weight, value) => context.update(weight, value),
  random: (distribution, shape) => context.random(distribution, shape),
  addLoss: (loss, of) => context.addLoss(loss, of),
  inputMask: () => mask,
  setMask: () => undefined,
  giveMore: (results) => more?.(results),
});

/** Does something with the inner layer; what does not fit is told as the outer layer's. @throws LayerError */
export function speakingFor<T>(value: Nested, field: string, act: () => T): T {
  try {
    return act();
  } catch (thrown) {
    if (!(thrown instanceof LayerError)) throw thrown;
    const repairs = thrown.repairs?.map(({ label, parameters }) => ({
      label,
      parameters: { [field]: { kind: value.kind, parameters: { ...value.parameters, ...parameters } } },
    }));
    const { code, what, why, input, parameter } = thrown;
    throw new LayerError({ code, what, why, input, repairs, parameter: parameter === undefined ? undefined : field });
  }
}

/** The layer as an object of Keras' files. */
export const innerToKeras = ({ layer, parameters }: Inner, prefix = ''): unknown => {
  const className = layer.keras?.className ?? '';
  return {
    module: 'keras.layers',
    class_name: className,
    config: { name: `${prefix}${snakeCase(layer.id)}`, ...toKerasConfig(layer, parameters) },
    registered_name: null,
  };
};

/** And back; null for a layer that is none of the candidates, or that cannot be carried whole. */
export function innerOfKeras(candidates: Candidates, value: unknown): Inner | null {
  const { class_name: name, config } = (value ?? {}) as { class_name?: unknown; config?: Readonly<Record<string, unknown>> };
  const layer = Object.values(candidates).find(({ keras }) => keras?.className === name);
  if (!layer || typeof config !== 'object') return null;
  const read = fromKerasConfig(layer, config);
  return read.unsupported.length === 0 ? { layer, parameters: read.parameters } : null;
}

/** As a field's value, without what is at its default. */
export function nestedOf({ layer, parameters }: Inner): Nested {
  const fields = layer.fields as Fields;
  const changed = Object.entries(parameters).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(fields[name]?.default));
  return { kind: layer.id, parameters: Object.fromEntries(changed) };
}
