// What is fed into a graph from JavaScript. Knows no programs.

import { sizeOf, type TensorType } from '../../../shared/tensor/types.ts';
import type { GraphWriter } from './graphWriter.ts';
import type { TensorInfo } from './messages.ts';

/** A byte array is fed as whole int32 numbers: JavaScript's tensors know no bytes. How many such numbers a size takes. */
export const packedLength = (size: number): number => Math.ceil(size / 4);

/** What a signature takes or gives, by name. */
export type Infos = Record<string, TensorInfo>;

interface Fed {
  readonly name: string;
  readonly tensor: TensorType;
}

/** The node of an input fed under its name. */
export function fed(graph: GraphWriter, infos: Infos, { name, tensor }: Fed): string {
  const { dtype, shape } = tensor;
  if (dtype !== 'uint8') {
    const node = graph.placeholder(dtype, shape);
    infos[name] = { node, dtype, shape };
    return node;
  }
  const packed = [packedLength(sizeOf(shape))];
  const node = graph.placeholder('int32', packed);
  infos[name] = { node, dtype: 'int32', shape: packed };
  const bytes = graph.typed('Bitcast', 'int32', [node], { type: { type: 'uint8' } });
  const flat = graph.typed('Reshape', 'uint8', [bytes, graph.integers([-1])], { Tshape: { type: 'int32' } });
  const cut = graph.typed('Slice', 'uint8', [flat, graph.integers([0]), graph.integers([sizeOf(shape)])], { Index: { type: 'int32' } });
  return graph.typed('Reshape', 'uint8', [cut, graph.integers(shape)], { Tshape: { type: 'int32' } });
}
