// The list of templates, in the order of the gallery.

import { NetwrightError } from '../../lib/errors.ts';
import { digits, mnistCnn, mnistLstm, mnistMlp } from './mnist.ts';
import { logisticRegression, sine, spirals, xor } from './small.ts';
import type { Template } from './template.ts';

export const templates: readonly Template[] = [digits, mnistMlp, mnistCnn, mnistLstm, logisticRegression, xor, spirals, sine];
export type { Template } from './template.ts';

/** @throws NetwrightError naming the templates there are */
export function templateOf(id: string): Template {
  const template = templates.find((one) => one.id === id);
  if (template) return template;
  throw new NetwrightError({
    kind: 'usage',
    code: 'unknown-template',
    where: id,
    message: `There is no template “${id}”. There are: ${templates.map((one) => one.id).join(', ')}.`,
  });
}
