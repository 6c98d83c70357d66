// `netwright new`: a project file from a template, or for one's own data.

import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { NetwrightError } from '../../../shared/lib/errors.ts';
import type { DatasetDescriptor } from '../../../shared/datasets/descriptor.ts';
import type { Project } from '../../../shared/project/project.ts';
import { isFileName, ownFileName } from '../../datasets/ownFile.ts';
import { projectFromTemplate } from '../../projects/index.ts';
import { projectForData } from '../../projects/projectForData.ts';
import { ProjectFiles } from '../../projects/projectFile.ts';
import { type Context, perform, withMain } from '../context.ts';

interface Options {
  readonly output: string;
  readonly data?: string;
  readonly target?: string;
  readonly task?: DatasetDescriptor['task'];
  readonly force?: boolean;
  readonly json?: boolean;
}

const usage = (code: string, where: string, message: string): NetwrightError => new NetwrightError({ kind: 'usage', code, where, message });

function projectFor(context: Context, template: string | undefined, { data, target, task }: Options): Promise<Project> | Project {
  if (template !== undefined && data === undefined) return projectFromTemplate(template);
  if (data === undefined || template !== undefined)
    throw usage('new-what', 'new', 'Name a template (“netwright templates” lists them), or data of your own with --data: one of the two.');
  const name = isFileName(data) ? ownFileName(resolve(data), target ?? null) : data;
  return withMain(context, async (main) => projectForData((await main.datasets.prepare(name)).descriptor, name, task ?? null));
}

async function create(context: Context, template: string | undefined, options: Options): Promise<void> {
  const { output: file, force } = options;
  const project = await projectFor(context, template, options);
  if (existsSync(file) && !force) throw usage('file-exists', file, `${file} exists already. Name another file, or write over it with --force.`);
  await new ProjectFiles().save(project, file);
}

export function addNew(program: Command): void {
  program
    .command('new [template]')
    .description('a project from a template (netwright templates lists them), or for your own data')
    .requiredOption('-o, --output <file>', 'the project file to write')
    .option('--data <path>', 'an .npz (x, y; x0, x1 …, y0, y1 … for several) or .csv file: a project with it, its preparation and a network that suits it')
    .option('--target <column>', 'the column of a .csv that is asked for (default: the last)')
    .addOption(new Option('--task <task>', 'what is asked for, where the numbers do not tell').choices(['classes', 'binary', 'numbers']))
    .option('--force', 'write over a file that exists')
    .option('--json', 'one JSON object a line')
    .action((template: string | undefined, options: Options) =>
      perform(options.json, async (context) => {
        await create(context, template, options);
        context.output.event({ event: 'created', file: options.output, template: template ?? null });
        context.output.line(`Written: ${options.output}`);
        return 0;
      }),
    );
}
