// A network read so that every layer can be looked at: one sample in, what each layer gives out, under its id.

import { featureColumns } from '../../datasets/columns.ts';
import type { DatasetDescriptor } from '../../datasets/descriptor.ts';
import type { Network } from '../../network/network.ts';
import type { Program, Shape } from '../../tensor/types.ts';
import { forward } from './forward.ts';
import { graphOf } from '../graph.ts';
import type { WeightDeclaration } from '../types.ts';

interface Tap {
  /** The program's output: the id of the node in the laid open network. */
  readonly node: string;
  readonly name: string;
  /** Without the batch axis. */
  readonly shape: Shape;
}

export interface TapProgram {
  readonly program: Program;
  readonly weights: readonly WeightDeclaration[];
  /** In the order of computation. */
  readonly taps: readonly Tap[];
  /** The data inputs: the features' columns, float32, scaled already. */
  readonly features: readonly string[];
}

/** The same columns as numbers that are scaled already. */
function scaledAlready(dataset: DatasetDescriptor): DatasetDescriptor {
  const plain = <T extends DatasetDescriptor['features']>({ scale: _, offset: __, ...rest }: T) => ({ ...rest, dtype: 'float32' as const });
  return { ...dataset, features: plain(dataset.features), ...(dataset.moreFeatures && { moreFeatures: dataset.moreFeatures.map(plain) }) };
}

/** @param network without problems, as `analyze` sees them */
export function tapProgram(network: Network, dataset: DatasetDescriptor): TapProgram {
  const graph = graphOf(network);
  const { context, values } = forward(graph, scaledAlready(dataset), 1, false);
  const taps = graph.order.flatMap(({ node }) => {
    const tensor = values.get(node.id);
    return tensor ? [{ node: node.id, name: node.name, tensor, shape: tensor.shape.slice(1) }] : [];
  });
  const program = context.builder.build(taps.map(({ node, tensor }) => ({ name: node, tensor })));
  const inputs = new Set(program.inputs.map(({ name }) => name));
  return {
    program,
    weights: context.weights.map(({ declaration }) => declaration),
    taps: taps.map(({ node, name, shape }) => ({ node, name, shape })),
    features: featureColumns(dataset)
      .map(({ key }) => key)
      .filter((key) => inputs.has(key)),
  };
}
