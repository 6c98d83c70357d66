// A tensor program as one ONNX model. State comes in under its name and goes out under `next/` and its name; everything else keeps its name.

import type { Program } from '../../../shared/tensor/types.ts';
import { GraphWriter } from './graphWriter.ts';
import { blockedDomain } from './lower/blocks.ts';
import { inSpelledOperations, writeInstructions } from './instructions.ts';
import { Values } from './values.ts';
import { WebGpuGraph } from './webgpu/graph.ts';
import { webGpuLowerings } from './webgpu/lowerings.ts';

/** Names a graph gives to the values of state after a step. */
export const nextName = (state: string): string => `next/${state}`;

/** What the model may use beside ONNX' own operators. */
export interface OnnxOptions {
  /** How many channels make a block of ONNX Runtime's blocked convolutions; 0 or left out: files for other runtimes. */
  readonly channelBlock?: number;
  /** Whether several steps work on large values in tiles that fit a processor's caches (tiles.ts). */
  readonly tiles?: boolean;
  /** Written for the WebGPU provider of ONNX Runtime: only with what it has. */
  readonly forWebGpu?: boolean;
}
export const domainsOf = ({ channelBlock = 0 }: OnnxOptions): readonly string[] => (channelBlock > 0 ? [blockedDomain] : []);

/** The model file of a program. @throws NetwrightError of kind `engine` for an operation without a spelling */
export function emitOnnx(given: Program, options: OnnxOptions = {}): Uint8Array {
  const program = inSpelledOperations(given);
  const graph = options.forWebGpu ? new WebGpuGraph() : new GraphWriter();
  const values = new Values(graph, options.channelBlock);
  for (const { name, tensor } of program.inputs) {
    graph.input(name, tensor.dtype, tensor.shape);
    values.set(tensor, name);
  }
  writeInstructions(program, graph, values, options.forWebGpu ? { own: webGpuLowerings } : {});
  for (const { name, tensor } of program.outputs) graph.output(name, values.get(tensor), tensor.dtype, tensor.shape);
  for (const { name, tensor } of program.updates) graph.output(nextName(name), values.get(tensor), tensor.dtype, tensor.shape);
  return graph.model(domainsOf(options));
}
