// What every call's arguments must look like: checked by the server before a handler sees them. The types stand in contract.ts.

import { z } from 'zod';
import { NetwrightError } from '../lib/errors.ts';
import { networkSchema } from '../network/network.ts';
import { savedBlockSchema } from '../network/savedBlocks.ts';
import { describeIssues } from '../project/issues.ts';
import { projectSchema } from '../project/project.ts';
import { trainingSettingsSchema } from '../training/settings.ts';
import type { CallName, Calls } from './contract.ts';
import { pieceBytes } from './transfers.ts';

const id = z.string().min(1).max(200);
const path = z.string().min(1).max(4096).nullable();
const index = z.int().min(0).max(0x7fffffff);

const startRunSchema = z.object({
  project: z.string().max(4096),
  network: networkSchema.loose(),
  settings: trainingSettingsSchema.loose(),
  dataset: id,
  race: id.nullable(),
});

const exportSchema = z.object({
  format: z.enum(['keras', 'h5']),
  run: id.nullable(),
  project: z.string().max(4096),
  network: networkSchema.loose(),
  settings: trainingSettingsSchema.loose(),
  dataset: id.nullable(),
});

/** One schema per call: the type asks for the missing ones. */
export const callArguments: { readonly [C in CallName]: z.ZodType<Parameters<Calls[C]>> } = {
  'app.info': z.tuple([]),
  'projects.initial': z.tuple([]),
  'projects.templates': z.tuple([]),
  'projects.fromTemplate': z.tuple([id]),
  'projects.recent': z.tuple([]),
  'projects.open': z.tuple([path]),
  'projects.read': z.tuple([z.string().max(1024), z.string().max(256 * 1024 * 1024)]),
  'projects.save': z.tuple([projectSchema, path]),
  'projects.serialize': z.tuple([projectSchema]),
  'projects.leave': z.tuple([projectSchema]),
  'projects.journal': z.tuple([projectSchema, path]),
  'blocks.list': z.tuple([]),
  'blocks.save': z.tuple([savedBlockSchema.pick({ name: true, root: true, blocks: true })]),
  'blocks.rename': z.tuple([id, savedBlockSchema.shape.name]),
  'blocks.remove': z.tuple([id]),
  'models.receive': z.tuple([id]),
  'models.export': z.tuple([exportSchema]),
  'files.announce': z.tuple([z.string().min(1).max(1024), z.int().min(0)]),
  'files.append': z.tuple([id, z.base64().max(2 * pieceBytes)]),
  'files.read': z.tuple([id, z.int().min(0)]),
  'datasets.list': z.tuple([]),
  'datasets.fetch': z.tuple([id]),
  'datasets.preview': z.tuple([id, z.enum(['train', 'test']), index, z.int().min(0).max(10_000)]),
  'engines.list': z.tuple([]),
  'engines.install': z.tuple([id]),
  'engines.cancel': z.tuple([]),
  'engines.uninstall': z.tuple([id]),
  'forecast.measure': z.tuple([startRunSchema.pick({ network: true, settings: true, dataset: true })]),
  'forecast.cancel': z.tuple([]),
  'runs.start': z.tuple([startRunSchema]),
  'runs.pause': z.tuple([id]),
  'runs.resume': z.tuple([id]),
  'runs.stop': z.tuple([id]),
  'runs.setLearningRate': z.tuple([id, z.number().gt(0).max(1e6)]),
  'runs.list': z.tuple([]),
  'runs.get': z.tuple([id]),
  'runs.remove': z.tuple([id]),
  'runs.weights': z.tuple([id]),
};

export const isCallName = (name: string): name is CallName => Object.hasOwn(callArguments, name);

/** The arguments, if they fit the call. Given back as they came, so that unknown fields survive. @throws NetwrightError of kind `usage` */
export function checkArguments<C extends CallName>(name: C, values: readonly unknown[]): Parameters<Calls[C]> {
  const result = callArguments[name].safeParse(values);
  if (result.success) return values as Parameters<Calls[C]>;
  const reasons = describeIssues(result.error.issues).join(' ');
  throw new NetwrightError({ kind: 'usage', code: 'call-arguments', where: name, message: `The call “${name}” got arguments that do not fit. ${reasons}` });
}
