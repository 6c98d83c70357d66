// `netwright export`: what a run has learned, in another program's format.

import { extname, resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { NetwrightError } from '../../../shared/lib/errors.ts';
import { formatShape } from '../../../shared/tensor/types.ts';
import { fitToNetwork } from '../../datasets/fit.ts';
import { exportFormats } from '../../exchange/formats.ts';
import { type Trained, trainedIn } from '../../exchange/trained.ts';
import { readRequest } from '../../runs/store.ts';
import { runFolder } from '../chosen.ts';
import { type Context, perform, withMain } from '../context.ts';

interface Options {
  readonly to: keyof typeof exportFormats;
  readonly output: string;
  readonly json?: boolean;
}

async function trained(context: Context, run: string): Promise<Trained> {
  const folder = runFolder(context.host, run);
  const { network, settings, dataset, target } = await readRequest(folder);
  const { descriptor } = await withMain(context, (main) => main.datasets.prepare(dataset, target));
  return trainedIn(folder, { network, settings, dataset: fitToNetwork(descriptor, network, settings) });
}

/** How the values that the network saw follow from the stored ones; whoever feeds the exported model must do the same. */
function scalingOf({ dataset }: Trained): string | null {
  const { scale = 1, offset = 0 } = dataset?.features ?? {};
  return scale === 1 && offset === 0 ? null : `value × ${scale}${offset === 0 ? '' : ` + ${offset}`}`;
}

/** Keras goes by a file's name: one that says another format would not open. @throws NetwrightError of kind `usage` */
function refuseOtherEnding(format: Options['to'], path: string): void {
  const ending = extname(path).toLowerCase();
  const [other] = Object.entries(exportFormats).find(([, { extension, alsoNamed }]) => [extension, ...alsoNamed].includes(ending)) ?? [format];
  if (other === format) return;
  throw new NetwrightError({
    kind: 'usage',
    code: 'export-ending',
    where: path,
    message: `${path} is named like a file of another format, and Keras would not open it. Give --to ${other}, or a name that ends in ${exportFormats[format].extension}.`,
  });
}

async function take(context: Context, run: string, { to, output: file }: Options): Promise<number> {
  refuseOtherEnding(to, file);
  const model = await trained(context, run);
  const notes = await exportFormats[to].write(resolve(file), model);
  const scaling = scalingOf(model);
  const shapes = model.network.nodes.filter(({ kind }) => kind === 'input').map(({ id }) => model.analysis.nodes[id]?.outputShape ?? []);
  context.output.event({ event: 'exported', run, to, file, input_shapes: shapes, input_scaling: scaling, notes });
  context.output.line(`Written: ${file}`);
  context.output.line(
    `It takes ${shapes.map(formatShape).join(' and ')} for each sample${scaling === null ? '' : `, scaled as the network saw them: ${scaling}`}.`,
  );
  for (const note of notes) context.output.line(note);
  return 0;
}

export function addExport(program: Command): void {
  program
    .command('export <run>')
    .description('what a run has learned, in another program’s format')
    .addOption(
      new Option('--to <format>', 'keras: opens in Keras 3 with load_model; h5: the older one, without the optimizer’s state')
        .choices(Object.keys(exportFormats))
        .makeOptionMandatory(),
    )
    .requiredOption('-o, --output <path>', 'the file to write')
    .option('--json', 'one JSON object a line')
    .action((run: string, options: Options) => perform(options.json, (context) => take(context, run, options)));
}
