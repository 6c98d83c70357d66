// Everything a run needs to go on exactly: weights, slots, the step and the learning rate, in one safetensors file.
// The newest two are kept; a damaged one is passed over for the one before it, which is said. What a run settles on at its end (running averages, best weights)
// stands beside them: a run that goes on needs its own weights.

import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { NetwrightError } from '../../shared/lib/errors.ts';
import type { CompiledNetwork } from '../../shared/compile/types.ts';
import type { Shape } from '../../shared/tensor/types.ts';
import { sizeOf } from '../../shared/tensor/types.ts';
import type { CallbackStates } from '../../shared/training/callbacks/index.ts';
import type { MeterState } from '../../shared/training/meter.ts';
import { atomicWrite } from '../files/atomicWrite.ts';
import { learnedState, type NewestState, newestState, resumedState } from '../files/newestState.ts';
import { checkpointFiles, learnedFiles, stateFileName } from '../files/runStates.ts';
import { encodeSafetensors, type StoredTensor, type TensorFile } from '../files/safetensors.ts';
import type { State } from './engines/engine.ts';

export interface Position {
  /** Steps done. */
  readonly step: number;
  readonly learningRate: number;
  /** Seconds spent training, in all and in the epoch that is not finished. */
  readonly seconds: number;
  readonly epochSeconds: number;
  /** What the steps of the unfinished epoch have added up to; null between epochs. */
  readonly meter: MeterState | null;
  /** What callbacks remember. */
  readonly callbacks: CallbackStates;
}
export interface Checkpoint extends Position {
  readonly state: State;
}

/** JSON has no word for NaN and writes null. */
const sumSchema = z.nullable(z.number()).transform((value) => value ?? Number.NaN);
const meterSchema = z.object({ samples: z.number(), sums: z.record(z.string(), z.array(sumSchema)) });
/** Metadata of safetensors are texts. */
const inJson = z.string().transform((text, context): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    context.addIssue({ code: 'custom', message: 'is no JSON' });
    return z.NEVER;
  }
});

const positionSchema = z.object({
  step: z.coerce.number().int().min(0),
  learningRate: z.coerce.number().gt(0),
  seconds: z.coerce.number().min(0),
  epochSeconds: z.coerce.number().min(0),
  meter: inJson.pipe(meterSchema.nullable()).default(null),
  callbacks: inJson.pipe(z.record(z.string(), z.record(z.string(), z.number().nullable()))).default({}),
});

/** The shape of every tensor of a run's state. */
export function stateShapes(compiled: CompiledNetwork): ReadonlyMap<string, Shape> {
  return new Map([...compiled.weights, ...compiled.slots].map(({ name, shape }) => [name, shape]));
}

async function save(folder: string, { state, ...position }: Checkpoint, shapes: ReadonlyMap<string, Shape>): Promise<void> {
  const tensors = new Map([...state].map(([name, data]): [string, StoredTensor] => [name, { shape: shapes.get(name) ?? [data.length], data }]));
  const metadata = Object.fromEntries(Object.entries(position).map(([key, value]) => [key, typeof value === 'number' ? String(value) : JSON.stringify(value)]));
  await atomicWrite(join(folder, stateFileName(position.step)), ...encodeSafetensors({ metadata, tensors }));
}

/** Writes a checkpoint and removes all but the newest two. */
export async function saveCheckpoint(runFolder: string, checkpoint: Checkpoint, shapes: ReadonlyMap<string, Shape>): Promise<void> {
  await save(join(runFolder, 'checkpoint'), checkpoint, shapes);
  for (const old of (await checkpointFiles(runFolder)).slice(2)) await rm(old, { force: true });
}

/** Writes what a run settled on at its end, beside the checkpoint from which it could go on. */
export const saveLearned = (runFolder: string, checkpoint: Checkpoint, shapes: ReadonlyMap<string, Shape>): Promise<void> =>
  save(join(runFolder, 'learned'), checkpoint, shapes);

/** What of `tensors` the network holds, checked for shape. @throws NetwrightError where one is missing or of another shape */
export function stateFrom(tensors: ReadonlyMap<string, StoredTensor>, shapes: ReadonlyMap<string, Shape>, where: string): State {
  return new Map(
    [...shapes].map(([name, shape]) => {
      const found = tensors.get(name);
      if (!found)
        throw new NetwrightError({
          kind: 'data',
          code: 'weights-missing',
          where,
          message: `${where} holds no “${name}” of shape [${shape.join(', ')}]. It belongs to another network, or the layer was renamed.`,
        });
      if (found.data.length !== sizeOf(shape)) {
        throw new NetwrightError({
          kind: 'data',
          code: 'weights-shape',
          where,
          message: `${where}: “${name}” has the shape [${found.shape.join(', ')}], the network needs [${shape.join(', ')}].`,
        });
      }
      return [name, found.data];
    }),
  );
}

/** A file as a checkpoint of a network with these weights and slots. @throws NetwrightError where it is none, or of another network */
const checkpointIn =
  (shapes: ReadonlyMap<string, Shape>) =>
  ({ metadata, tensors }: TensorFile, path: string): Checkpoint => {
    const position = positionSchema.safeParse(metadata);
    if (position.success) return { ...position.data, state: stateFrom(tensors, shapes, path) };
    const message = `${path} does not say where in its run it was written: ${position.error.issues[0]?.path.join('.')} is missing or wrong. Use a complete copy.`;
    throw new NetwrightError({ kind: 'data', code: 'safetensors-metadata', where: path, message });
  };

/** The newest whole checkpoint, from which training goes on, and why newer ones are not used. @throws NetwrightError where there are some and none is whole */
export const loadCheckpoint = async (runFolder: string, shapes: ReadonlyMap<string, Shape>): Promise<NewestState<Checkpoint>> =>
  resumedState(await newestState(await checkpointFiles(runFolder), checkpointIn(shapes)), runFolder);

/** What a run has learned: the weights it settled on, else its newest checkpoint. @throws NetwrightError where there is none, or it is damaged */
export const loadLearned = async (runFolder: string, shapes: ReadonlyMap<string, Shape>): Promise<Checkpoint> =>
  learnedState(await newestState(await learnedFiles(runFolder), checkpointIn(shapes)), runFolder);
