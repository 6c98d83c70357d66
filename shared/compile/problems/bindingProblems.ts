// What of a dataset does not fit the Inputs and the ends of a network, and what mends it: too many of one or the other, or a target that is
// not there. For a network whose connections are all made: a missing one is told where it is missing, and makes ends of its own.

import { featureColumns, labelColumns } from '../../datasets/columns.ts';
import type { DatasetDescriptor } from '../../datasets/descriptor.ts';
import type { Edit } from '../../network/edits.ts';
import type { Problem, Repair } from '../../network/problem.ts';
import type { Shape } from '../../tensor/types.ts';
import type { Binding, Bindings } from '../bindings.ts';
import type { Graph, GraphNode } from '../graph.ts';
import { freeEdgeIds } from './inserting.ts';
import { outputProblems } from './output.ts';

interface Request {
  readonly bindings: Bindings;
  readonly dataset: DatasetDescriptor;
  readonly graph: Graph;
  /** What a node gives; null where it is not known. */
  readonly shapeOf: (node: string) => Shape | null;
}

const list = (columns: readonly { readonly name: string }[]): string => columns.map(({ name }) => `“${name}”`).join(', ');
const names = (nodes: readonly { readonly one: GraphNode }[]): string => nodes.map(({ one }) => one.node.name).join(', ');
const idsOf = (nodes: readonly { readonly one: GraphNode }[]): string[] => nodes.map(({ one }) => one.node.id);
const removal = (label: string, nodes: readonly string[]): Repair => ({ label, edits: [{ type: 'removeNodes', nodes }] });

/** An Input that leads nowhere, beside others that do. */
const isIdle = (one: GraphNode, { inputs }: Bindings): boolean => one.outgoing.length === 0 && inputs.some(({ one: other }) => other.outgoing.length > 0);

function idleInputs({ bindings }: Request): Problem[] {
  return bindings.inputs
    .filter(({ one }) => one.layer?.inputs === 0 && isIdle(one, bindings))
    .map(({ one: { node } }) => ({
      severity: 'error',
      code: 'idle-input',
      what: `${node.name} leads nowhere.`,
      where: node.name,
      why: 'What comes in by it would be used by no layer.',
      repairs: [removal(`Remove ${node.name}`, [node.id])],
      nodes: [node.id],
      edges: [],
    }));
}

/** Lets every branch start from the first Input. */
function startFrom(first: GraphNode, others: readonly GraphNode[], graph: Graph): Repair {
  const moved = others.flatMap(({ outgoing }) => outgoing);
  const ids = freeEdgeIds(graph, moved.length);
  const edits: Edit[] = [
    { type: 'removeNodes', nodes: others.map(({ node }) => node.id) },
    ...moved.map((edge, i): Edit => ({ type: 'addEdge', edge: { ...edge, id: ids[i] as string, source: first.node.id } })),
  ];
  return { label: `Start from ${first.node.name} instead`, edits };
}

function inputProblems({ bindings, dataset, graph }: Request): Problem[] {
  const inputs = bindings.inputs.filter(({ one }) => !isIdle(one, bindings));
  const [first, ...unfed] = [...inputs.filter(({ column }) => column !== null), ...inputs.filter(({ column }) => column === null)];
  const others = unfed.filter(({ column }) => column === null);
  if (!first || others.length === 0) return [];
  const columns = featureColumns(dataset);
  return [
    {
      severity: 'error',
      code: 'several-inputs',
      what: `The network has ${inputs.length} Inputs, but ${dataset.title} feeds ${columns.length === 1 ? 'one' : columns.length}.`,
      where: names(inputs),
      why: `${dataset.title} holds ${list(columns)}. Start every branch from the same Input, or use data with more columns.`,
      repairs: [
        startFrom(
          first.one,
          others.map(({ one }) => one),
          graph,
        ),
      ],
      nodes: idsOf(inputs),
      edges: [],
    },
  ];
}

function unknownTargets({ bindings: { outputs }, dataset }: Request): Problem[] {
  return outputs
    .filter(({ one, column }) => column === null && one.node.output?.target !== undefined)
    .map(({ one }) => ({
      severity: 'error',
      code: 'unknown-target',
      what: `${dataset.title} has no column “${one.node.output?.target}”.`,
      where: one.node.name,
      why: `It asks for ${list(labelColumns(dataset))} and feeds ${list(featureColumns(dataset))}.`,
      repairs: [{ label: 'Choose the target automatically', edits: [{ type: 'setNode', node: one.node.id, properties: { output: withoutTarget(one) } }] }],
      nodes: [one.node.id],
      edges: [],
    }));
}

/** An output's other settings; undefined where nothing is left and the node is an output by its place. */
function withoutTarget({ node, outgoing }: GraphNode) {
  const { target: _, ...rest } = node.output ?? {};
  return Object.keys(rest).length > 0 || outgoing.length > 0 ? rest : undefined;
}

/** The layers that lead to this end alone, the end itself last. */
function leadingOnlyTo(graph: Graph, end: GraphNode): GraphNode[] {
  const gone = new Set([end.node.id]);
  for (const id of gone) {
    for (const { source } of graph.nodes.get(id)?.incoming ?? []) {
      const before = graph.nodes.get(source);
      if (before && before.layer?.inputs !== 0 && before.outgoing.every(({ target }) => gone.has(target))) gone.add(source);
    }
  }
  return [...gone].flatMap((id) => graph.nodes.get(id) ?? []).reverse();
}

type Output = Binding<Bindings['outputs'][number]['column'] & object>;

/** Whether an end gives what is asked for. */
function fits({ one }: Output, { bindings, graph, shapeOf }: Request): boolean {
  const target = bindings.outputs.find(({ column }) => column)?.column;
  const shape = shapeOf(one.node.id);
  return target != null && shape !== null && outputProblems(graph, one, shape, target).length === 0;
}

/** Ends that are too many: those that give what nobody asked for, nearest to the start first; else the last that were drawn. */
function surplus(ends: readonly Output[], asked: number, request: Request): readonly Output[] {
  const place = new Map(request.graph.order.map(({ node }, index) => [node.id, index]));
  const depth = ({ one }: Output) => place.get(one.node.id) ?? -1;
  const good = ends.filter((end) => fits(end, request));
  const others = ends.filter((end) => !good.includes(end)).sort((a, b) => depth(b) - depth(a));
  return [...good, ...others].slice(Math.max(0, asked));
}

function removeEnd(graph: Graph, { one }: Output): Repair {
  const gone = leadingOnlyTo(graph, one);
  const others = gone.length - 1;
  const label = others === 0 ? `Remove ${one.node.name}` : `Remove ${one.node.name} and what leads only there`;
  return removal(
    label,
    gone.map(({ node }) => node.id),
  );
}

function endProblems(request: Request): Problem[] {
  const { bindings, dataset, graph } = request;
  const { outputs } = bindings;
  const open = outputs.filter(({ one }) => one.node.output?.target === undefined);
  const over = open.filter(({ column }) => column === null).length;
  if (over === 0) return [];
  const columns = labelColumns(dataset),
    [first] = columns;
  const loose = surplus(open, open.length - over, request);
  const repairs = loose.flatMap((end): Repair[] => {
    const { node } = end.one;
    const edits: Edit[] = [{ type: 'setNode', node: node.id, properties: { output: { ...node.output, target: first?.key } } }];
    const train: Repair = { label: `Train ${node.name} on “${first?.name}” too`, edits };
    const remove = removeEnd(graph, end);
    return fits(end, request) ? [train, remove] : [remove, train];
  });
  return [
    {
      severity: 'error',
      code: 'several-outputs',
      what: `The network ends in ${outputs.length} places, but ${dataset.title} has labels for ${columns.length === 1 ? 'one' : columns.length}.`,
      where: names(outputs),
      why: 'Every layer without a connection below it is a prediction. Join the branches, remove the loose ones, or say what they are compared with.',
      repairs,
      nodes: idsOf(loose),
      edges: [],
    },
  ];
}

/** What of the dataset does not fit the number of Inputs and outputs. */
export function bindingProblems(request: Request): Problem[] {
  const starts = [...idleInputs(request), ...inputProblems(request)];
  // An Input that leads nowhere is also an end: told once.
  return [...starts, ...unknownTargets(request), ...(starts.length === 0 ? endProblems(request) : [])];
}
