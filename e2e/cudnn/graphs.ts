// The graphs that are compared, as the TensorFlow engine would run them on a card.

import { createHash } from 'node:crypto';
import { emitTrainingModel } from '../../main/emit/graphdef/trainingModel.ts';
import { type Case, singles } from './cases.ts';

/** Weights and slots of a program, in the order of its inputs. */
export const variablesOf = ({ program }: Case) =>
  program.inputs.filter(({ role }) => role.kind === 'state').map(({ name, tensor }) => ({ name, shape: tensor.shape }));

/** The file of a case's program, with cuDNN's kernels. */
export const graphOf = (one: Case): Uint8Array =>
  emitTrainingModel({ state: variablesOf(one), programs: { program: one.program }, randomKey: null, kernels: { cudnn: true, device: 'gpu' } }).model;

/** Of all single operations' graphs: another one means that what was proved of them is not proved any more. */
export function fingerprint(): string {
  const hash = createHash('sha256');
  for (const one of singles()) hash.update(graphOf(one));
  return hash.digest('hex').slice(0, 16);
}
