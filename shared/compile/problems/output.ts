// Does what the network gives fit what the dataset asks for? The check at the last layer, with its repairs.

import { answersOf, classCount } from '../../datasets/columns.ts';
import type { Problem, Repair } from '../../network/problem.ts';
import { formatShape, type Shape, sameShape, sizeOf } from '../../tensor/types.ts';
import type { Target } from '../bindings.ts';
import type { Graph, GraphNode } from '../graph.ts';
import { freeName, insertOn } from './inserting.ts';
import { attempt } from '../measure.ts';

function wantedShape(target: Target, got: Shape): { readonly shape: Shape; readonly words: string } {
  const answers = answersOf(target);
  const each = answers.length > 0 ? `, for each of ${formatShape(answers)} answers` : '';
  if (target.task === 'classes') return { shape: [...answers, classCount(target)], words: `${classCount(target)} numbers, one for each class${each}` };
  if (target.task === 'binary') {
    if (sizeOf(answers) > 1)
      return { shape: sameShape(got, target.shape) ? got : answers, words: `${formatShape(answers)} numbers, the probabilities of “yes”` };
    // One place of a sequence, as the labels have it.
    if (got.length > 1 && sizeOf(got) === 1 && sameShape(got, target.shape)) return { shape: got, words: '' };
    return got.length === 1 && got[0] === 2 ? { shape: [2], words: '2 numbers' } : { shape: [1], words: 'one number, the probability of “yes”' };
  }
  if (target.reconstruction && sizeOf(got) === sizeOf(target.shape)) return { shape: got, words: '' };
  const shape = target.shape.length === 0 ? [1] : target.reconstruction && got.length === 1 ? [sizeOf(target.shape)] : target.shape;
  return { shape, words: sizeOf(shape) === 1 ? 'one number' : formatShape(shape) };
}

const activationFor = (target: Target): string => ({ classes: 'softmax', binary: 'sigmoid', numbers: 'linear' })[target.task];

function unitsRepairs(output: GraphNode, want: Shape, target: Target): Repair[] {
  if (output.layer?.id !== 'dense' || want.length !== 1) return [];
  const parameters = { units: want[0], activation: activationFor(target) };
  return [
    {
      label: `Set ${output.node.name} to ${want[0]} ${want[0] === 1 ? 'unit' : 'units'}, ${parameters.activation}`,
      edits: [{ type: 'setParameters', node: output.node.id, parameters }],
    },
  ];
}

/** Puts a Flatten before the output, where that then gives as many axes as are wanted. @param input what comes into it, where that is known */
function flattenRepairs(graph: Graph, output: GraphNode, input: Shape | null | undefined, want: Shape): Repair[] {
  const [edge] = output.incoming;
  const { layer } = output;
  const behind = layer && input ? attempt({ ...output, layer }, [[sizeOf(input)]], output.node.parameters)?.outputShape : null;
  if (behind?.length !== want.length) return [];
  const repair = edge && insertOn(graph, edge, { kind: 'flatten', parameters: {} }, `Insert Flatten before ${output.node.name}`);
  return repair ? [repair] : [];
}

/** An appended dense layer that fits. */
function denseRepairs(graph: Graph, output: GraphNode, want: Shape, target: Target): Repair[] {
  if (output.layer?.id === 'dense' || want.length !== 1) return [];
  const name = freeName(graph, 'dense'),
    id = `dense-after-${output.node.id}`;
  const node = {
    id,
    kind: 'dense',
    name,
    parameters: { units: want[0], activation: activationFor(target) },
    position: { x: output.node.position.x, y: output.node.position.y + 80 },
  };
  const edge = { id: `${id}-in`, source: output.node.id, target: id, input: 0 };
  return [
    {
      label: `Add Dense with ${want[0]} ${want[0] === 1 ? 'unit' : 'units'} at the end`,
      edits: [
        { type: 'addNode', node },
        { type: 'addEdge', edge },
      ],
    },
  ];
}

/** The problem at the output, if its shape does not fit the labels; none otherwise. @param input what comes into it, for its repairs */
export function outputProblems(graph: Graph, output: GraphNode, got: Shape, target: Target, input?: Shape | null): Problem[] {
  const want = wantedShape(target, got);
  if (sameShape(got, want.shape)) return [];
  const repairs =
    got.length > want.shape.length
      ? [...flattenRepairs(graph, output, input, want.shape), ...denseRepairs(graph, output, want.shape, target)]
      : [...unitsRepairs(output, want.shape, target), ...denseRepairs(graph, output, want.shape, target)];
  return [
    {
      severity: 'error',
      code: 'output-shape',
      what: target.reconstruction ? `${output.node.name} does not fit what came in.` : `The last layer does not fit ${target.title}.`,
      where: `${output.node.name} gives ${formatShape(got)}; for ${target.title} it must be ${want.words}`,
      why:
        got.length > want.shape.length && output.layer?.inputs !== 0
          ? `${output.node.name} works on the last axis only, so the other axes stay.`
          : 'The prediction is compared with the label number by number.',
      repairs,
      nodes: [output.node.id],
      edges: [],
      parameter: output.layer?.id === 'dense' ? 'units' : undefined,
    },
  ];
}
