// Fills the buffers of a program's inputs for some batches: rows of the data, random numbers, the step and its learning rate. No tensors here.

import { fillNormal, fillUniform, randomKey } from '../../../../shared/lib/random.ts';
import type { ProgramInput } from '../../../../shared/tensor/types.ts';
import type { EngineJob, TrainBatch } from '../engine.ts';
import type { NumberArray } from './tensors.ts';

/** One training step's value of an input that is not state. */
export function fillStep(job: EngineJob, { name, role }: ProgramInput, batch: TrainBatch, into: NumberArray): void {
  if (role.kind === 'data') job.parts.train.copy(name, batch.rows, into);
  else if (role.kind === 'scalar') into[0] = name === 'step' ? batch.step : batch.learningRate;
  else if (role.kind === 'random') {
    const key = randomKey(job.randomKey, role.stream, batch.step);
    if (role.distribution === 'uniform') fillUniform(key, into as Float32Array);
    else fillNormal(key, into as Float32Array);
  }
}
