// Repairs where branches meet with unequal shapes: a layer on one branch that makes it fit the others. Only for merging layers.

import { layerOf } from '../../layers/index.ts';
import type { Repair } from '../../network/problem.ts';
import type { Shape } from '../../tensor/types.ts';
import type { Graph } from '../graph.ts';
import { type Inserted, insertOn, shapeBehind } from './inserting.ts';
import { attempt, type KnownNode } from '../measure.ts';

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
export function insertions(graph: Graph, merge: KnownNode, shapes: readonly Shape[]): Repair[] {
  const fits = merge.node.kind === 'concatenate' ? framings : projections;
  const branches = merge.incoming.map((edge, place) => ({ edge, place, isShortcut: (graph.nodes.get(edge.source)?.outgoing.length ?? 0) > 1 }));
  // The shortcut first: the other way is the one that was drawn with care.
  branches.sort((a, b) => Number(b.isShortcut) - Number(a.isShortcut));
  return branches.flatMap(({ edge, place }) => {
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
      .flatMap(
        (fit) =>
          insertOn(graph, edge, fit, `Insert ${layerOf(fit.kind)?.title} between ${graph.nodes.get(edge.source)?.node.name} and ${merge.node.name}`) ?? [],
      );
  });
}
