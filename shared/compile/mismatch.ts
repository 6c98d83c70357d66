// Repairs where branches meet with unequal shapes: looks one layer back for the cause, and offers a layer that makes one branch fit the others.
// Only for merging layers.

import { layerOf } from '../layers/index.ts';
import type { AnyLayer } from '../layers/layer.ts';
import { defaults } from '../lib/fields.ts';
import type { Repair } from '../network/problem.ts';
import type { Shape } from '../tensor/types.ts';
import type { Graph } from './graph.ts';
import { type Inserted, insertOn, shapeBehind } from './inserting.ts';
import { attempt, type KnownNode, type Lowered } from './measure.ts';

interface Found {
  readonly repairs: readonly Repair[];
  readonly why: string | undefined;
}
interface Change {
  readonly words: string;
  readonly why?: string;
  readonly parameters: Readonly<Record<string, unknown>>;
}

/** The parameter that sets a layer's last axis, where it has one. */
const widthField = (layer: AnyLayer): string | undefined => ['filters', 'units'].find((name) => name in layer.fields);

/** What could be changed at a branch so that it fits the others, simplest first. */
function changesAt({ layer, node }: KnownNode, others: readonly Shape[]): Change[] {
  const valid = 'padding' in layer.fields && node.parameters.padding !== 'same';
  const pad: Change = {
    words: `Set padding of ${node.name} to “same”`,
    why: `${node.name} has padding “valid”: it loses pixels on every edge.`,
    parameters: { padding: 'same' },
  };
  const field = widthField(layer),
    width = others[0]?.at(-1);
  const widen: Change[] =
    field !== undefined && width !== undefined ? [{ words: `Set ${field} of ${node.name} to ${width}`, parameters: { [field]: width } }] : [];
  const both = valid
    ? widen.map(({ words, parameters }) => ({ words: `${words}, padding to “same”`, why: pad.why, parameters: { ...parameters, padding: 'same' } }))
    : [];
  return [...(valid ? [pad] : []), ...widen, ...both];
}

/** Changes one layer back after which the branches can be joined. */
export function mismatchRepairs(graph: Graph, results: ReadonlyMap<string, Lowered>, merge: KnownNode): Found {
  const sources = merge.incoming.map((edge) => graph.nodes.get(edge.source));
  const shapes = sources.map((source) => (source ? (results.get(source.node.id)?.analysis.outputShape ?? null) : null));
  const known = shapes.filter((shape): shape is Shape => shape !== null);
  if (known.length < sources.length) return { repairs: [], why: undefined };
  const found = sources.flatMap((source, place) => (source?.layer ? changesThatJoin(merge, { ...source, layer: source.layer }, place, known, results) : []));
  const repairs = found.map(({ node, words, parameters }) => ({ label: words, edits: [{ type: 'setParameters' as const, node, parameters }] }));
  return { repairs: [...repairs, ...insertions(graph, merge, known)], why: found.find(({ why }) => why)?.why };
}

/** The first change at one branch that lets the merge succeed, if any. */
function changesThatJoin(
  merge: KnownNode,
  source: KnownNode,
  place: number,
  shapes: readonly Shape[],
  results: ReadonlyMap<string, Lowered>,
): (Change & { readonly node: string })[] {
  const inputs = (results.get(source.node.id)?.analysis.inputShapes ?? []).filter((shape): shape is Shape => shape !== null);
  const others = shapes.filter((_, i) => i !== place);
  const change = changesAt(source, others).find(({ parameters }) => {
    const changed = attempt(source, inputs, { ...source.node.parameters, ...parameters })?.outputShape;
    return (
      changed &&
      attempt(
        merge,
        shapes.map((shape, i) => (i === place ? changed : shape)),
        merge.node.parameters,
      )
    );
  });
  return change ? [{ ...change, node: source.node.id }] : [];
}

const axesOf = (shape: Shape): readonly number[] => shape.slice(0, -1);
/** Layers that learn to bring one shape to another: what a branch is projected with before it is added. */
function projections(from: Shape, to: Shape): Inserted[] {
  const width = to.at(-1);
  if (sameAxes(from, to))
    return [{ kind: from.length === 3 ? 'conv2d' : 'dense', parameters: from.length === 3 ? pointwise(width, [1, 1]) : { units: width } }];
  const strides = axesOf(from).map((size, axis) => Math.max(1, Math.round(size / (to[axis] ?? 1))));
  if (from.length === 3) return [{ kind: 'conv2d', parameters: pointwise(width, strides) }];
  return from.length === 2 ? [{ kind: 'conv1d', parameters: { filters: width, kernelSize: 1, strides: strides[0], padding: 'same' } }] : [];
}
const sameAxes = (a: Shape, b: Shape): boolean => a.length === b.length && axesOf(a).every((size, axis) => size === b[axis]);
const pointwise = (filters: number | undefined, strides: readonly number[]) => ({ filters, kernelSize: [1, 1], strides, padding: 'same' });

/** Layers that learn nothing and bring rows and columns to those of another branch: what it is fitted with before it is put beside it. */
function framings(from: Shape, to: Shape): Inserted[] {
  const [rows = 0, columns = 0] = from;
  const [height = 0, width = 0] = to;
  const [more, wider] = [rows - height, columns - width];
  if (from.length === 2 && more > 0) return [{ kind: 'cropping1d', parameters: { start: more >> 1, end: more - (more >> 1) } }];
  if (from.length !== 3 || to.length !== 3) return [];
  const crop = { top: more >> 1, bottom: more - (more >> 1), left: wider >> 1, right: wider - (wider >> 1) };
  const cropped: Inserted[] = more >= 0 && wider >= 0 ? [{ kind: 'cropping2d', parameters: crop }] : [];
  return [...cropped, { kind: 'resizing', parameters: { height, width } }];
}

/** Layers put on one branch, after which the branches can be joined. */
function insertions(graph: Graph, merge: KnownNode, shapes: readonly Shape[]): Repair[] {
  const fits = merge.node.kind === 'concatenate' ? framings : projections;
  return merge.incoming.flatMap((edge, place) => {
    const from = shapes[place] as Shape;
    const others = shapes.filter((_, i) => i !== place);
    const [to] = others;
    if (!to || to.length !== from.length) return [];
    const joins = (fit: Inserted) => {
      const behind = shapeBehind(fit, from);
      return behind !== null && attempt(merge, shapes.with(place, behind), merge.node.parameters) !== null;
    };
    return fits(from, to)
      .filter(joins)
      .flatMap((fit) => insertOn(graph, edge, fit, labelOf(graph, edge.source, fit, merge)) ?? []);
  });
}

function labelOf(graph: Graph, source: string, { kind, parameters }: Inserted, merge: KnownNode): string {
  const layer = layerOf(kind);
  const detail = layer?.describe({ ...defaults(layer.fields), ...parameters });
  return `Insert ${layer?.title} (${detail}) between ${graph.nodes.get(source)?.node.name} and ${merge.node.name}`;
}
