// `netwright new`: a project file from a template.

import { existsSync } from 'node:fs';
import type { Command } from 'commander';
import { NetwrightError } from '../../../shared/lib/errors.ts';
import { projectFromTemplate } from '../../projects/index.ts';
import { ProjectFiles } from '../../projects/projectFile.ts';
import { perform } from '../context.ts';

interface Options {
  readonly output: string;
  readonly force?: boolean;
  readonly json?: boolean;
}

async function create(template: string, { output: file, force }: Options): Promise<void> {
  const project = projectFromTemplate(template);
  if (existsSync(file) && !force)
    throw new NetwrightError({
      kind: 'usage',
      code: 'file-exists',
      where: file,
      message: `${file} exists already. Name another file, or write over it with --force.`,
    });
  await new ProjectFiles().save(project, file);
}

export function addNew(program: Command): void {
  program
    .command('new <template>')
    .description('a project from a template (netwright templates lists them)')
    .requiredOption('-o, --output <file>', 'the project file to write')
    .option('--force', 'write over a file that exists')
    .option('--json', 'one JSON object a line')
    .action((template: string, options: Options) =>
      perform(options.json, async ({ output }) => {
        await create(template, options);
        output.event({ event: 'created', file: options.output, template });
        output.line(`Written: ${options.output}`);
        return 0;
      }),
    );
}
