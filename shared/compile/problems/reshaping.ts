// Repairs where a layer gets another number of axes than it is made for: the layer before it hands on all steps, or is taken out where it
// only rearranges, or a layer between them arranges the same numbers otherwise.

import type { Repair } from '../../network/problem.ts';
import { formatShape, type Shape, sizeOf } from '../../tensor/types.ts';
import type { Graph, GraphNode } from '../graph.ts';
import { type Inserted, insertOn, shapeBehind, takeOut } from './inserting.ts';
import { attempt, type KnownNode } from '../measure.ts';

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
function arranging(graph: Graph, one: KnownNode, shape: Shape): Repair[] {
  const [edge] = one.incoming;
  if (!edge) return [];
  return arrangements(shape).flatMap((inserted) => {
    const behind = shapeBehind(inserted, shape);
    if (!behind || !attempt(one, [behind], one.node.parameters)) return [];
    const words = inserted.kind === 'flatten' ? 'Flatten' : `Reshape to ${formatShape(behind)}`;
    return insertOn(graph, edge, inserted, `Insert ${words} before ${one.node.name}`) ?? [];
  });
}

/** A recurrent layer that hands on its last step alone can hand on all of them. */
function returningSequences({ node, layer }: GraphNode, one: KnownNode, given: readonly Shape[]): Repair[] {
  if (!layer?.fields['returnSequences'] || node.parameters['returnSequences'] === true) return [];
  const parameters = { ...node.parameters, returnSequences: true };
  const shape = attempt({ ...one, node, layer }, given, parameters)?.outputShape;
  if (!shape || !attempt(one, [shape], one.node.parameters)) return [];
  return [{ label: `Let ${node.name} return sequences`, edits: [{ type: 'setParameters', node: node.id, parameters: { returnSequences: true } }] }];
}

const rearranging: ReadonlySet<string> = new Set(['flatten', 'reshape']);
/** What stands before it only rearranges, and its own input would fit. */
function takingOut(graph: Graph, before: GraphNode, one: KnownNode, given: readonly Shape[]): Repair[] {
  const [shape] = given;
  if (!rearranging.has(before.node.kind) || before.outgoing.length > 1 || !shape) return [];
  const source = graph.nodes.get(before.incoming[0]?.source ?? '');
  const isAutomatic = source?.layer?.inputs === 0 && source.outgoing.length === 1 && (source.node.parameters['shape'] ?? null) === null;
  // An automatic Input adds the axis of channels where it is asked for.
  const shapes = isAutomatic ? [shape, [...shape, 1]] : [shape];
  return shapes.some((each) => attempt(one, [each], one.node.parameters)) ? takeOut(graph, before) : [];
}

/** What an expert would do, first: change what stands before it, then put something between. @param inputsOf what a node gets */
export function reshapingRepairs(graph: Graph, one: KnownNode, shape: Shape, inputsOf: (node: string) => readonly Shape[]): Repair[] {
  const before = graph.nodes.get(one.incoming[0]?.source ?? '');
  const given = before ? inputsOf(before.node.id) : [];
  return [...(before ? [...returningSequences(before, one, given), ...takingOut(graph, before, one, given)] : []), ...arranging(graph, one, shape)];
}
