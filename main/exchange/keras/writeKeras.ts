// A trained network as a .keras file, which Keras 3 opens with `load_model` and nothing else.

import { strToU8, zipSync } from 'fflate';
import { atomicWrite } from '../../files/atomicWrite.ts';
import type { Trained } from '../trained.ts';
import { inParts } from './inParts.ts';
import { remarksOn } from './remarks.ts';
import { kerasVersion, modelConfig, trainingConfig } from './writeConfig.ts';
import { weightsFile } from './writeWeights.ts';
import { writtenModel } from './writtenLayers.ts';

/** `2026-11-21@10:15:00`, as Keras has it. */
const stamp = (now: Date): string => now.toISOString().slice(0, 19).replace('T', '@');

/** Writes atomically. Gives what a person should know of the file, in sentences. @throws NetwrightError for a network that Keras cannot have */
export async function writeKeras(path: string, given: Trained, now: Date = new Date()): Promise<readonly string[]> {
  const trained = inParts(given),
    model = writtenModel(trained);
  const entries = {
    'metadata.json': strToU8(JSON.stringify({ keras_version: kerasVersion, date_saved: stamp(now) })),
    'config.json': strToU8(JSON.stringify({ ...modelConfig(model), compile_config: trainingConfig(model, trained) })),
    'model.weights.h5': await weightsFile(model, trained),
  };
  // Stored, not packed: weights hardly shrink, and Keras itself does so.
  await atomicWrite(path, zipSync(entries, { level: 0 }));
  return remarksOn(model, given);
}
