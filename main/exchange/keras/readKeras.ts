// A Keras model file, .keras or .h5, as an editable network with its weights, loss and optimizer. Runs nothing of what is in the file.

import { open, stat } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import type { Network, OutputSettings } from '../../../shared/network/network.ts';
import type { ImportedModel } from '../imported.ts';
import { modelError } from '../modelError.ts';
import { Notes } from '../notes.ts';
import { withArchive } from './archive.ts';
import { withLegacyFile } from './legacyFile.ts';
import { readNetwork } from './network.ts';
import type { SavedModel } from './savedModel.ts';
import { withFittingMetrics } from './fittingMetrics.ts';
import { readTraining } from './training.ts';

/** What the library's memory can hold beside the file itself. */
const maximumBytes = 1_000_000_000;

/** A zip starts with PK, whatever the file is called. */
async function isZip(path: string): Promise<boolean> {
  const handle = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(2), 0, 2, 0);
    return bytesRead === 2 && buffer.toString('latin1') === 'PK';
  } finally {
    await handle.close();
  }
}

/** Reads a model. @throws NetwrightError of kind `project` that names the file, the place and what to do */
export async function readKeras(path: string): Promise<ImportedModel> {
  const where = basename(path);
  const found = await stat(path).catch(() => null);
  if (!found?.isFile()) throw modelError('model-missing', path, `There is no model file ${path}. Check the name.`);
  if (found.size > maximumBytes) throw modelError('model-too-large', path, `${where} has ${found.size} bytes; Keras files of up to ${maximumBytes} are read.`);
  const name = basename(path, extname(path)).slice(0, 100);
  const read = (model: SavedModel) => modelOf(model, name);
  return (await isZip(path)) ? withArchive(path, where, read) : withLegacyFile(path, where, read);
}

function modelOf(model: SavedModel, name: string): ImportedModel {
  const notes = new Notes();
  const { network, weights, outputs } = readNetwork(model, name, notes);
  const names = outputs.map((id) => network.nodes.find((node) => node.id === id)?.name ?? id);
  const training = withFittingMetrics(readTraining(model.training, names, notes), network, outputs, notes);
  const chosen = new Map(outputs.map((id, i) => [id, training.outputs[i]] as const));
  return { network: withOutputs(network, chosen), weights, training: training.settings, notes: notes.sentences() };
}

/** The network with what its outputs are trained for; nothing where all of that is automatic. */
function withOutputs(network: Network, chosen: ReadonlyMap<string, OutputSettings | undefined>): Network {
  const nodes = network.nodes.map((node) => {
    const output = chosen.get(node.id);
    return output && Object.keys(output).length > 0 ? { ...node, output } : node;
  });
  return { ...network, nodes };
}
