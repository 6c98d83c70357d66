// Which column of a dataset feeds which Input, and what each output is compared with: by name where names agree, else by order.
// What does not fit is told in bindingProblems.ts.

import { type FeatureColumn, featureColumns, type LabelColumn, labelColumns } from '../datasets/columns.ts';
import type { DatasetDescriptor } from '../datasets/descriptor.ts';
import type { Graph, GraphNode } from './graph.ts';

/** What an output is compared with. */
export interface Target extends LabelColumn {
  /** The dataset's title, for messages. */
  readonly title: string;
  /** It is what came in: an autoencoder's. */
  readonly reconstruction: boolean;
}
export interface Binding<T> {
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
