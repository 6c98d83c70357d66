// The graphs of one run as ONNX Runtime sessions, made when first needed: one for each program and batch size. The train step's graph
// runs any number of steps in one call.

import ort, { type InferenceSession } from 'onnxruntime-node';
import type { CompiledNetwork } from '../../../../shared/compile/types.ts';
import type { Program } from '../../../../shared/tensor/types.ts';
import { emitOnnx } from '../../../emit/onnx/emit.ts';
import { emitOnnxSteps } from '../../../emit/onnx/emitSteps.ts';
import { channelBlock } from './channelBlock.ts';

export type ProgramName = 'trainStep' | 'evaluate' | 'predict';
export interface Graph {
  readonly program: Program;
  readonly session: InferenceSession;
}

const convolves = ({ instructions }: Program): boolean => instructions.some(({ operation }) => operation.startsWith('conv2d'));

export class Graphs {
  private readonly compile: (batchSize: number) => CompiledNetwork;
  private readonly threads: number;
  private readonly compiled = new Map<number, CompiledNetwork>();
  private readonly open = new Map<string, Graph>();

  constructor(compile: (batchSize: number) => CompiledNetwork, threads: number) {
    this.compile = compile;
    this.threads = threads;
  }

  private programs(batchSize: number): CompiledNetwork {
    const programs = this.compiled.get(batchSize) ?? this.compile(batchSize);
    this.compiled.set(batchSize, programs);
    return programs;
  }

  async get(name: ProgramName, batchSize: number): Promise<Graph> {
    const key = `${name}/${batchSize}`;
    const known = this.open.get(key);
    if (known) return known;
    const program = this.programs(batchSize)[name];
    const options = convolves(program) ? { channelBlock: await channelBlock() } : {};
    const session = await ort.InferenceSession.create(name === 'trainStep' ? emitOnnxSteps(program, options) : emitOnnx(program, options), {
      executionProviders: ['cpu'],
      graphOptimizationLevel: 'all',
      intraOpNumThreads: this.threads,
      logSeverityLevel: 3,
      extra: {
        session: {
          // Squares of small gradients fall below float32's normal range, where arithmetic is many times slower; TensorFlow flushes them too.
          set_denormal_as_zero: '1',
          // Waiting threads spin for 100 µs, then sleep: spinning on (the default) gains nothing measurable and halves the speed beside anything else,
          // such as the window; sleeping at once costs up to a third on the many short operations of a small network.
          intra_op: { spin_duration_us: '100' },
        },
      },
    });
    const graph = { program, session };
    this.open.set(key, graph);
    return graph;
  }

  async close(): Promise<void> {
    for (const { session } of this.open.values()) await session.release();
    this.open.clear();
  }
}
