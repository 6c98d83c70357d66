// Which column of a dataset feeds which Input, and what each output is compared with: by name where names agree, else by order.
// What does not fit becomes a problem; shapes are checked elsewhere.

import { type FeatureColumn, featureColumns, type LabelColumn, labelColumns } from '../datasets/columns.ts';
import type { DatasetDescriptor } from '../datasets/descriptor.ts';
import type { Problem } from '../network/problem.ts';
import type { Graph, GraphNode } from './graph.ts';

/** What an output is compared with. */
export interface Target extends LabelColumn {
  /** The dataset's title, for messages. */
  readonly title: string;
  /** It is what came in: an autoencoder's. */
  readonly reconstruction: boolean;
}
interface Binding<T> {
  readonly one: GraphNode;
  /** Null where the dataset has nothing for it. */
  readonly column: T | null;
}
export interface Bindings {
  readonly inputs: readonly Binding<FeatureColumn>[];
  readonly outputs: readonly Binding<Target>[];
}

const inputsOf = (graph: Graph): GraphNode[] => [...graph.nodes.values()].filter(({ layer }) => layer?.inputs === 0);

/** The nodes whose results are predictions: where the network ends, and those marked as outputs. In the document's order. */
export const outputsOf = (graph: Graph): GraphNode[] =>
  [...graph.nodes.values()].filter(({ node, outgoing, layer }) => layer !== null && (outgoing.length === 0 || node.output !== undefined));

/** Those with a column's name first, the others in order. */
function bind<T extends { readonly name: string }>(nodes: readonly GraphNode[], columns: readonly T[]): Binding<T>[] {
  const named = nodes.map(({ node }) => columns.find(({ name }) => name === node.name) ?? null);
  const left = columns.filter((column) => !named.includes(column));
  return nodes.map((one, i) => ({ one, column: named[i] ?? left.shift() ?? null }));
}

const reconstruction = (column: FeatureColumn, title: string): Target => ({ ...column, task: 'numbers', title, reconstruction: true });

/** The column that an output names as its target; undefined where it names none, null where the dataset has none of that name. */
function namedTarget({ node }: GraphNode, inputs: Bindings['inputs'], dataset: DatasetDescriptor): Target | null | undefined {
  const target = node.output?.target;
  if (target === undefined) return undefined;
  const feature = target === 'input' ? inputs[0]?.column : featureColumns(dataset).find(({ key }) => key === target);
  if (feature) return reconstruction(feature, dataset.title);
  const label = labelColumns(dataset).find(({ key }) => key === target);
  return label ? { ...label, title: dataset.title, reconstruction: false } : null;
}

/** Everything that the dataset feeds and asks for. */
export function bindingsOf(graph: Graph, dataset: DatasetDescriptor): Bindings {
  const inputs = bind(inputsOf(graph), featureColumns(dataset));
  const outputs = outputsOf(graph);
  const named = outputs.map((one) => namedTarget(one, inputs, dataset));
  const taken = new Set(named.map((target) => target?.key));
  const labels = labelColumns(dataset).map((column) => ({ ...column, title: dataset.title, reconstruction: false }));
  // Columns that no output names come first: two outputs may be compared with the same one where both say so.
  const free = [...labels.filter(({ key }) => !taken.has(key)), ...labels.filter(({ key }) => taken.has(key))];
  const open = bind(
    outputs.filter((_, i) => named[i] === undefined),
    free,
  );
  return { inputs, outputs: outputs.map((one, i) => (named[i] === undefined ? (open.shift() as Binding<Target>) : { one, column: named[i] })) };
}

const list = (columns: readonly { readonly name: string }[]): string => columns.map(({ name }) => `“${name}”`).join(', ');
const names = (nodes: readonly { readonly one: GraphNode }[]): string => nodes.map(({ one }) => one.node.name).join(', ');
const idsOf = (nodes: readonly { readonly one: GraphNode }[]): string[] => nodes.map(({ one }) => one.node.id);

function inputProblems({ inputs }: Bindings, dataset: DatasetDescriptor): Problem[] {
  if (inputs.every(({ column }) => column !== null)) return [];
  const columns = featureColumns(dataset);
  return [
    {
      severity: 'error',
      code: 'several-inputs',
      what: `The network has ${inputs.length} Inputs, but ${dataset.title} feeds ${columns.length === 1 ? 'one' : columns.length}.`,
      where: names(inputs),
      why: `${dataset.title} holds ${list(columns)}. Start every branch from the same Input, or use data with more columns.`,
      repairs: [],
      nodes: idsOf(inputs),
      edges: [],
    },
  ];
}

function unknownTargets({ outputs }: Bindings, dataset: DatasetDescriptor): Problem[] {
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

/** Layers that something follows but nothing feeds: each makes an end of what it was cut from. */
const cutOff = ({ nodes }: Graph): number =>
  [...nodes.values()].filter(({ layer, incoming, outgoing }) => layer?.inputs !== 0 && incoming.length === 0 && outgoing.length > 0).length;

function outputProblems({ outputs }: Bindings, dataset: DatasetDescriptor, graph: Graph): Problem[] {
  const loose = outputs.filter(({ one, column }) => column === null && one.node.output?.target === undefined);
  // One mistake is one error: a missing connection is told where it is missing.
  if (loose.length <= cutOff(graph)) return [];
  const columns = labelColumns(dataset),
    [first] = columns;
  const repairs = loose.map(({ one: { node } }) => ({
    label: `Train ${node.name} on “${first?.name}” too`,
    edits: [{ type: 'setNode' as const, node: node.id, properties: { output: { ...node.output, target: first?.key } } }],
  }));
  return [
    {
      severity: 'error',
      code: 'several-outputs',
      what: `The network ends in ${outputs.length} places, but ${dataset.title} has labels for ${columns.length === 1 ? 'one' : columns.length}.`,
      where: names(outputs),
      why: 'Every layer without a connection below it is a prediction. Join the branches, remove the loose ones, or say what they are compared with.',
      repairs,
      nodes: idsOf(outputs),
      edges: [],
    },
  ];
}

/** What of the dataset does not fit the number of Inputs and outputs. */
export function bindingProblems(bindings: Bindings, dataset: DatasetDescriptor, graph: Graph): Problem[] {
  return [...inputProblems(bindings, dataset), ...unknownTargets(bindings, dataset), ...outputProblems(bindings, dataset, graph)];
}
