// How far a layer sees: the patch of the input that one of its numbers depends on, from kernels and strides alone.

import { defaults } from '../lib/fields.ts';
import type { Network } from '../network/network.ts';
import { type GraphNode, graphOf } from './graph.ts';
import type { Analysis } from './types.ts';

/** Rows and columns (or steps) of the input. */
interface Sight {
  readonly size: readonly number[];
  /** How far apart in the input two neighbours of the output look. */
  readonly step: readonly number[];
  /** Of the input: nothing sees more. */
  readonly most: readonly number[];
}

const list = (value: unknown, axes: number): readonly number[] =>
  Array.isArray(value) ? (value as readonly number[]) : Array.from({ length: axes }, () => (typeof value === 'number' ? value : 1));

function windowed({ size, step, most }: Sight, { node, layer }: GraphNode): Sight {
  const p: Readonly<Record<string, unknown>> = { ...defaults(layer?.fields ?? {}), ...node.parameters };
  const kernel = list(p['kernelSize'] ?? p['poolSize'], size.length);
  const strides = list(p['strides'] ?? p['poolSize'], size.length);
  const dilation = list(p['dilationRate'], size.length);
  return {
    size: size.map((before, axis) => before + ((kernel[axis] ?? 1) - 1) * (dilation[axis] ?? 1) * (step[axis] ?? 1)),
    step: step.map((before, axis) => before * (strides[axis] ?? 1)),
    most,
  };
}

/** A patch as large as the largest that comes in: of several inputs each is seen at the same place. */
const merged = (inputs: readonly Sight[], first: Sight): Sight => ({
  ...first,
  size: first.size.map((_, axis) => Math.max(...inputs.map(({ size }) => size[axis] ?? 1))),
});

/** Null where kernels and strides do not say it. */
function sightOf(one: GraphNode, inputs: readonly Sight[]): Sight | null {
  const [first] = inputs;
  if (!first) return null;
  const sight = one.node.bypassed ? 'place' : one.layer?.sight;
  if (sight === 'all') return { ...first, size: first.most };
  if (sight === 'window') return windowed(first, one);
  return sight === 'place' ? merged(inputs, first) : null;
}

/** The receptive field of each node of the network where it is known: rows and columns, or steps, of the Input behind it. */
export function receptiveFields(network: Network, analysis: Analysis): ReadonlyMap<string, readonly number[]> {
  const sights = new Map<string, Sight>();
  for (const one of graphOf(network).order) {
    const { node, layer, incoming } = one;
    const most = analysis.nodes[node.id]?.outputShape?.slice(0, -1) ?? [];
    const given = incoming.flatMap(({ source }) => sights.get(source) ?? []);
    const starts = layer?.inputs === 0 && most.length > 0;
    const sight = starts ? { size: most.map(() => 1), step: most.map(() => 1), most } : given.length === incoming.length ? sightOf(one, given) : null;
    if (sight) sights.set(node.id, sight);
  }
  const capped = ({ size, most }: Sight) => size.map((one, axis) => Math.min(one, most[axis] ?? one));
  return new Map([...sights].map(([id, sight]) => [id, capped(sight)]));
}
