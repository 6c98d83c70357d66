// How many channels make a block of this CPU's blocked convolutions, asked of ONNX Runtime itself and proved on a small convolution.

import ort from 'onnxruntime-node';
import { uniformAt } from '../../../../shared/lib/random.ts';
import { createBuilder } from '../../../../shared/tensor/builder.ts';
import { gradients } from '../../../../shared/tensor/gradient.ts';
import { type Program, type Shape, sizeOf, type Tensor } from '../../../../shared/tensor/types.ts';
import { emitOnnx } from '../../../emit/onnx/emit.ts';
import { GraphWriter } from '../../../emit/onnx/graphWriter.ts';
import { blockedDomain } from '../../../emit/onnx/lower/blocks.ts';

const CHANNELS = 64;
const options = { executionProviders: ['cpu'], intraOpNumThreads: 1, logSeverityLevel: 4 } as const;

async function run(model: Uint8Array, feeds: Readonly<Record<string, ort.Tensor>>): Promise<Readonly<Record<string, ArrayLike<number>>>> {
  const session = await ort.InferenceSession.create(model, options);
  try {
    const results = await session.run(feeds);
    return Object.fromEntries(Object.entries(results).map(([name, { data }]) => [name, Float32Array.from(data as Float32Array)]));
  } finally {
    await session.release();
  }
}

/** Two pixels of many channels, numbered by channel, then by pixel: in blocks, a block's channels of the first pixel come first, then the second's. */
async function blockOfReorder(): Promise<number> {
  const graph = new GraphWriter();
  graph.input('x', 'float32', [1, CHANNELS, 1, 2]);
  graph.output('y', graph.node('ReorderInput', ['x'], {}, blockedDomain), 'float32', [1, CHANNELS, 1, 2]);
  const numbers = Float32Array.from({ length: CHANNELS * 2 }, (_, i) => i);
  const { y } = await run(graph.model([blockedDomain]), { x: new ort.Tensor('float32', numbers, [1, CHANNELS, 1, 2]) });
  const block = Array.from(y ?? []).indexOf(1);
  return block >= 4 ? block : 0;
}

/** A convolution of a block of images, normalized, with the gradients by what went in: all that is done in blocks. */
function sample(block: number): Program {
  const builder = createBuilder(),
    channels = 2 * block;
  const state = (name: string, shape: Shape) => builder.input(name, shape, 'float32', { kind: 'state' });
  const x = builder.input('x', [block, 4, 3, channels], 'float32', { kind: 'data' }),
    kernel = state('kernel', [3, 3, channels, channels]);
  const y = builder.conv2d(x, kernel, { strides: [1, 1], padding: [1, 1, 1, 1] });
  const [normal] = builder.batchNormalize(y, state('gamma', [channels]), state('beta', [channels]), { epsilon: 0.01 }) as [Tensor, Tensor, Tensor];
  const total = builder.reduceSum(builder.multiply(builder.square(normal), builder.relu(normal)), { axes: [0, 1, 2, 3] });
  const [byImage, byKernel] = gradients(builder, total, [x, kernel]) as [Tensor, Tensor];
  return builder.build(Object.entries({ y, normal, byImage, byKernel }).map(([name, tensor]) => ({ name, tensor })));
}

/** Whether numbers are the same but for rounding. */
function agree(want: ArrayLike<number>, got: ArrayLike<number> | undefined): boolean {
  const largest = Array.from(want).reduce((most, value) => Math.max(most, Math.abs(value)), 1);
  return Array.from(want).every((value, i) => Math.abs(value - (got?.[i] ?? Number.NaN)) < 1e-3 * largest);
}

async function proves(block: number): Promise<boolean> {
  const program = sample(block);
  const feeds = Object.fromEntries(
    program.inputs.map(({ name, tensor: { shape } }) => [
      name,
      new ort.Tensor(
        'float32',
        Float32Array.from({ length: sizeOf(shape) }, (_, i) => uniformAt(1, i) - 0.5),
        shape,
      ),
    ]),
  );
  const [blocked, plain] = [await run(emitOnnx(program, { channelBlock: block }), feeds), await run(emitOnnx(program), feeds)];
  return Object.entries(plain).every(([name, want]) => agree(want, blocked[name]));
}

async function ask(): Promise<number> {
  try {
    const block = await blockOfReorder();
    return block > 0 && (await proves(block)) ? block : 0;
  } catch {
    // This build or CPU has no such operators; convolutions then take the other ways.
    return 0;
  }
}

let answer: Promise<number> | null = null;

/** Channels in a block; 0 where ONNX Runtime has no blocked convolutions here. */
export function channelBlock(): Promise<number> {
  answer ??= ask();
  return answer;
}
