// Repairs where a layer gets another number of axes than it is made for: a layer before it that arranges the same numbers otherwise.

import type { Repair } from '../network/problem.ts';
import { formatShape, type Shape, sizeOf } from '../tensor/types.ts';
import type { Graph } from './graph.ts';
import { type Inserted, insertOn, shapeBehind } from './inserting.ts';
import { attempt, type KnownNode } from './measure.ts';

const reshape = (targetShape: Shape): Inserted => ({ kind: 'reshape', parameters: { targetShape } });

/** A row as a square picture of one channel, where it has so many numbers. */
function asPicture(shape: Shape): Inserted[] {
  const edge = Math.round(Math.sqrt(sizeOf(shape)));
  return shape.length === 1 && edge > 1 && edge * edge === shape[0] ? [reshape([edge, edge, 1])] : [];
}

/** What could stand before it, the usual first. */
function arrangements(shape: Shape): Inserted[] {
  const [first = 1, ...rest] = shape;
  return [
    ...(shape.length > 1 ? [{ kind: 'flatten', parameters: {} }] : []),
    ...asPicture(shape),
    ...(shape.length < 3 ? [reshape([...shape, 1])] : []),
    ...(shape.length > 2 ? [reshape([first, sizeOf(rest)])] : []),
  ];
}

/** Arrangements after which the layer takes what comes in; none where it takes it already. */
export function reshapingRepairs(graph: Graph, one: KnownNode, shape: Shape): Repair[] {
  const [edge] = one.incoming;
  if (!edge) return [];
  return arrangements(shape).flatMap((inserted) => {
    const behind = shapeBehind(inserted, shape);
    if (!behind || !attempt(one, [behind], one.node.parameters)) return [];
    const words = inserted.kind === 'flatten' ? 'Flatten' : `Reshape to ${formatShape(behind)}`;
    return insertOn(graph, edge, inserted, `Insert ${words} before ${one.node.name}`) ?? [];
  });
}
