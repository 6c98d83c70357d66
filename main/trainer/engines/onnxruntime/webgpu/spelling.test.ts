// What is written for the WebGPU provider means the same: the models are ordinary ONNX, so the CPU can say so on any machine. Whether the device
// computes them rightly, and keeps them, is the other suite's question (npm run conformance:gpu).

import ort from 'onnxruntime-node';
import { describe, expect, it } from 'vitest';
import { proveOperations } from '../../testing/conformance.ts';
import { WebGpuGraph } from '../../../../emit/onnx/webgpu/graph.ts';
import { onCpu, runOnnx } from '../testing/runOnnx.ts';

const run = runOnnx(onCpu, () => ({ forWebGpu: true }));

describe('operations', () => proveOperations(run, 3));

describe('splits', () => {
  it.each([8, 13, 60])('of %d parts are made of splits that a shader has buffers for', async (parts) => {
    const graph = new WebGpuGraph();
    const sizes = Array.from({ length: parts }, (_, i) => 1 + (i % 3)),
      total = sizes.reduce((a, b) => a + b, 0);
    graph.input('x', 'float32', [total]);
    for (const [i, piece] of graph.nodes('Split', ['x', graph.integers(sizes)], { axis: 0 }, parts).entries())
      graph.output(`y/${i}`, piece, 'float32', [sizes[i] as number]);
    expect(Math.max(...graph.graph().node.map(({ output }) => output.length))).toBeLessThanOrEqual(7);
    const session = await ort.InferenceSession.create(graph.model(), onCpu);
    const results = await session.run({
      x: new ort.Tensor(
        'float32',
        Float32Array.from({ length: total }, (_, i) => i),
        [total],
      ),
    });
    await session.release();
    const joined = sizes.flatMap((_, i) => Array.from((results[`y/${i}`] as ort.Tensor).data as Float32Array));
    expect(joined).toEqual(Array.from({ length: total }, (_, i) => i));
  });
});
