// The forward pass of a whole network into a fresh builder: data in by column, a prediction out for each output.

import { weightColumns } from '../../datasets/columns.ts';
import type { DatasetDescriptor } from '../../datasets/descriptor.ts';
import { createBuilder } from '../../tensor/builder.ts';
import type { ProgramOutput, Shape, Tensor } from '../../tensor/types.ts';
import { bindingsOf, type Target } from '../bindings.ts';
import { LoweringContext } from '../context.ts';
import { DataInputs } from './data.ts';
import type { Graph, GraphNode } from '../graph.ts';
import { inputShapeOf } from '../inputShape.ts';
import { lowerNode, parametersOf } from '../lower.ts';

export interface Predicted {
  readonly one: GraphNode;
  readonly prediction: Tensor;
  readonly target: Target;
}
export interface Forward {
  readonly context: LoweringContext;
  readonly data: DataInputs;
  /** In the order of the network's outputs. */
  readonly predictions: readonly Predicted[];
  /** What each node gives, by its id. */
  readonly values: ReadonlyMap<string, Tensor>;
}

/** @param graph without problems, as `analyze` sees them */
export function forward(graph: Graph, dataset: DatasetDescriptor, batchSize: number, training: boolean): Forward {
  const context = new LoweringContext(createBuilder(), training);
  const data = new DataInputs(context.builder, batchSize, weightColumns(dataset));
  const bindings = bindingsOf(graph, dataset);
  const columns = new Map(bindings.inputs.map(({ one, column }) => [one.node.id, column]));
  const values = new Map<string, Tensor>();
  const entering = (one: GraphNode, declared: Shape | null): Tensor => {
    const column = columns.get(one.node.id);
    if (!column) throw new Error(`${one.node.name} was let through without data.`);
    return data.features(column, inputShapeOf(graph, one, declared, column) ?? [], one.node.name);
  };
  for (const one of graph.order) {
    const { layer } = one;
    if (!layer) throw new Error('An unknown layer was let through.');
    const parameters = parametersOf({ ...one, layer });
    const inputs =
      layer.inputs === 0
        ? [entering(one, parameters['shape'] as Shape | null)]
        : one.incoming.map((edge) => context.resultOf(edge, values.get(edge.source)) as Tensor);
    values.set(one.node.id, lowerNode(context, { ...one, layer }, inputs, parameters));
  }
  const predictions = bindings.outputs.map(({ one, column }) => ({ one, prediction: values.get(one.node.id) as Tensor, target: column as Target }));
  return { context, data, predictions, values };
}

/** The program's name for what an output gives. */
export const predictionKey = (output: string): string => `prediction/${output}`;

/** The predictions as a program gives them. */
export const predictionOutputs = ({ predictions }: Forward): ProgramOutput[] =>
  predictions.map(({ one, prediction }) => ({ name: predictionKey(one.node.name), tensor: prediction }));
