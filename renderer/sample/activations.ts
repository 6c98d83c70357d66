// What every layer makes of one sample, by the reference interpreter in float64. Pure: runs in a worker of its own.

import { initialState, type TapProgram, tapProgram } from '../../shared/compile/index.ts';
import type { DatasetDescriptor } from '../../shared/datasets/descriptor.ts';
import { layerOf } from '../../shared/layers/index.ts';
import { defaults, type Fields } from '../../shared/lib/fields.ts';
import type { Network } from '../../shared/network/network.ts';
import { interpret, numericArray } from '../../shared/tensor/interpret.ts';
import { sameShape, type Shape } from '../../shared/tensor/types.ts';
import { type Arithmetic, arithmeticOf, type Numbers, type UnitAsked } from './arithmetic.ts';

export interface SampleRequest {
  readonly network: Network;
  readonly dataset: DatasetDescriptor;
  readonly seed: number;
  /** Of the features' first column, scaled already. */
  readonly features: readonly number[];
  /** What a run has learned, by name; null: weights as training would start from. */
  readonly weights: Readonly<Record<string, { readonly shape: Shape; readonly data: Float32Array }>> | null;
  readonly unit?: Unit | null;
}

/** One number that a layer gives, whose arithmetic is asked for. */
export interface Unit {
  readonly node: string;
  readonly place: readonly number[];
}

export interface LayerActivation {
  readonly node: string;
  readonly name: string;
  readonly shape: Shape;
  readonly values: Float32Array;
}

export interface SampleResult {
  /** In the order of computation. */
  readonly layers: readonly LayerActivation[];
  /** Weights that the run does not have, or has in another shape: they stand as training would start. */
  readonly missing: number;
  /** The unit that was asked for, and its arithmetic; null where none was, or where it is not shown. */
  readonly unit: Unit | null;
  readonly arithmetic: Arithmetic | null;
  readonly milliseconds: number;
}

/** Drawing weights takes as long as the layers themselves: they are kept for the next sample of the same network and seed. */
let drawn: { readonly key: string; readonly weights: ReturnType<typeof initialState> } | null = null;
function startWeights(weights: TapProgram['weights'], seed: number): ReturnType<typeof initialState> {
  const key = JSON.stringify([seed, weights]);
  if (drawn?.key !== key) drawn = { key, weights: initialState({ weights, slots: [] }, seed) };
  return drawn.weights;
}

/** What the unit is made of: its layer's weights and what comes in. */
function unitOf(network: Network, { node: id, place }: Unit, layers: readonly LayerActivation[], weights: ReadonlyMap<string, Numbers>): UnitAsked | null {
  const node = network.nodes.find((one) => one.id === id);
  const owner = network.nodes.find((one) => one.id === node?.shares) ?? node;
  const source = network.edges.find(({ target }) => target === id)?.source;
  const [input, output] = [layers.find((one) => one.node === source), layers.find((one) => one.node === id)];
  const kernel = weights.get(`${owner?.name}/kernel`);
  const layer = node && layerOf(node.kind);
  const isThere = place.length === output?.shape.length && place.every((at, axis) => at >= 0 && at < (output.shape[axis] ?? 0));
  if (!isThere || !node || !layer || !owner || !input || !output || !kernel || node.bypassed) return null;
  const parameters = { ...defaults(layer.fields as Fields), ...owner.parameters };
  const given = { shape: input.shape, data: input.values };
  return { kind: node.kind, parameters, input: given, output: output.shape, kernel, bias: weights.get(`${owner.name}/bias`) ?? null, place };
}

/** @throws NetwrightError or Error where the network or the sample does not fit */
export function activationsOf({ network, dataset, seed, features, weights, unit = null }: SampleRequest): SampleResult {
  const begin = performance.now();
  const tapped = tapProgram(network, dataset);
  const [column, ...others] = tapped.features;
  if (column === undefined || others.length > 0) throw new Error('Only networks that take one thing in can be looked at here so far.');
  const initial = startWeights(tapped.weights, seed);
  const learned = (name: string, shape: Shape) => {
    const known = weights?.[name];
    return known && sameShape(known.shape, shape) ? known.data : null;
  };
  const given = tapped.weights.map(({ name, shape }) => [name, numericArray(shape, learned(name, shape) ?? (initial.get(name) as Float32Array))] as const);
  const shape = tapped.program.inputs.find(({ name }) => name === column)?.tensor.shape ?? [];
  const { outputs } = interpret(tapped.program, { ...Object.fromEntries(given), [column]: numericArray(shape, features) });
  const layers = tapped.taps.map((tap) => ({ ...tap, values: Float32Array.from(outputs[tap.node]?.data ?? []) }));
  const asked = unit ? unitOf(network, unit, layers, new Map(given)) : null;
  return {
    layers,
    unit,
    arithmetic: asked && arithmeticOf(asked),
    missing: weights ? tapped.weights.filter(({ name, shape: wanted }) => learned(name, wanted) === null).length : 0,
    milliseconds: performance.now() - begin,
  };
}
