// The graphs of one run as ONNX Runtime sessions, made when first needed: one for each program and batch size. How a program is written and
// where it runs is told from outside.

import ort, { type InferenceSession } from 'onnxruntime-node';
import type { CompiledNetwork } from '../../../../shared/compile/types.ts';
import type { Program } from '../../../../shared/tensor/types.ts';
import type { ProgramName } from '../engine.ts';

export interface Graph {
  readonly program: Program;
  readonly session: InferenceSession;
}

/** A model with how its session is opened. */
export interface Written {
  readonly model: Uint8Array;
  readonly options: InferenceSession.SessionOptions;
}
export type Write = (name: ProgramName, program: Program) => Written | Promise<Written>;

export class Graphs {
  private readonly compile: (batchSize: number) => CompiledNetwork;
  private readonly write: Write;
  private readonly compiled = new Map<number, CompiledNetwork>();
  private readonly open = new Map<string, Graph>();

  constructor(compile: (batchSize: number) => CompiledNetwork, write: Write) {
    this.compile = compile;
    this.write = write;
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
    const { model, options } = await this.write(name, program);
    const session = await ort.InferenceSession.create(model, options);
    const graph = { program, session };
    this.open.set(key, graph);
    return graph;
  }

  async close(): Promise<void> {
    for (const { session } of this.open.values()) await session.release();
    this.open.clear();
  }
}
