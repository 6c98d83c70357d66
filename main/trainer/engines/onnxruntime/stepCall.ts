// What goes into and comes out of a call of several training steps, state apart. Its buffers are kept from call to call.

import ort, { type Tensor } from 'onnxruntime-node';
import { type Program, type ProgramInput, sizeOf } from '../../../../shared/tensor/types.ts';
import { eachName, stepsInput } from '../../../emit/onnx/emitSteps.ts';
import type { EngineJob, StepValues, TrainBatch } from '../engine.ts';
import { fillStep } from './feed.ts';
import { type NumberArray, tensorOver, zeros } from './tensors.ts';

export class StepCall {
  private readonly program: Program;
  private readonly job: EngineJob;
  private readonly changing: readonly ProgramInput[];
  private readonly buffers = new Map<string, NumberArray>();

  constructor(program: Program, job: EngineJob) {
    this.program = program;
    this.job = job;
    this.changing = program.inputs.filter(({ role }) => role.kind !== 'state');
  }

  /** A buffer of at least that size under a name, grown where it is too small. */
  private buffer(name: string, { tensor }: Pick<ProgramInput, 'tensor'>, steps: number): NumberArray {
    const size = steps * sizeOf(tensor.shape),
      known = this.buffers.get(name);
    const buffer = known && known.length >= size ? known : zeros(tensor.dtype, size);
    this.buffers.set(name, buffer);
    return buffer.subarray(0, size);
  }

  /** All inputs but state, filled for these batches. */
  inputs(batches: readonly TrainBatch[]): Record<string, Tensor> {
    const steps = batches.length;
    const feeds: Record<string, Tensor> = { [stepsInput]: new ort.Tensor('int64', BigInt64Array.of(BigInt(steps)), []) };
    for (const input of this.changing) {
      const data = this.buffer(input.name, input, steps),
        size = sizeOf(input.tensor.shape);
      for (const [i, batch] of batches.entries()) fillStep(this.job, input, batch, data.subarray(i * size, (i + 1) * size));
      feeds[eachName(input.name)] = tensorOver(input.tensor.dtype, data, [steps, ...input.tensor.shape]);
    }
    return feeds;
  }

  /** Where the call writes the outputs of all steps. */
  results(steps: number): Record<string, Tensor> {
    return Object.fromEntries(
      this.program.outputs.map((output) => {
        const { name, tensor } = output;
        return [name, tensorOver(tensor.dtype, this.buffer(`result/${name}`, output, steps), [steps, ...tensor.shape])];
      }),
    );
  }

  /** The results of each step by itself. */
  valuesOf(results: Readonly<Record<string, Tensor>>, steps: number): StepValues[] {
    const each = Object.entries(results).map(([name, { data }]) => ({ name, data: data as Float32Array, size: data.length / steps }));
    return Array.from({ length: steps }, (_, i) => Object.fromEntries(each.map(({ name, data, size }) => [name, data.slice(i * size, (i + 1) * size)])));
  }
}
