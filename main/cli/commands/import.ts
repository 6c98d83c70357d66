// `netwright import`: a model from another program as a project, with its weights beside it.

import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { NetwrightError } from '../../../shared/lib/errors.ts';
import { importModel } from '../../exchange/importModel.ts';
import { saveImported } from '../../exchange/saveImported.ts';
import { type Context, perform } from '../context.ts';
import { formatCount } from '../output.ts';

interface Options {
  readonly output: string;
  readonly force?: boolean;
  readonly json?: boolean;
}

async function bring({ host, output }: Context, source: string, { output: file, force }: Options): Promise<number> {
  if (existsSync(file) && !force)
    throw new NetwrightError({
      kind: 'usage',
      code: 'file-exists',
      where: file,
      message: `${file} exists already. Name another file, or write over it with --force.`,
    });
  const model = await importModel(host, resolve(source));
  const { weights } = await saveImported(model, file, source);
  const values = [...model.weights.values()].reduce((sum, { data }) => sum + data.length, 0);
  output.event({
    event: 'imported',
    file,
    source,
    network: model.network.name,
    layers: model.network.nodes.length,
    weight_values: values,
    weights,
    notes: model.notes,
  });
  for (const note of model.notes) output.line(`Note: ${note}`);
  output.line(`Written: ${file}${weights === null ? '' : `, and ${formatCount(values)} weight values to ${weights}`}`);
  return 0;
}

export function addImport(program: Command): void {
  program
    .command('import <model>')
    .description('a project from a Keras model (.keras, .h5) with its weights, loss and optimizer')
    .requiredOption('-o, --output <file>', 'the project file to write; the weights are written beside it')
    .option('--force', 'write over a file that exists')
    .option('--json', 'one JSON object a line')
    .action((model: string, options: Options) => perform(options.json, (context) => bring(context, model, options)));
}
