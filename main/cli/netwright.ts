// The `netwright` command: the same main-process code as the app, without a window. One file per command in commands/.

import { Command, CommanderError } from 'commander';
import { nodeHost } from '../nodeHost.ts';
import { addDatasets } from './commands/datasets.ts';
import { addDoctor } from './commands/doctor.ts';
import { addEngines } from './commands/engines.ts';
import { addEvaluate } from './commands/evaluate.ts';
import { addPredict } from './commands/predict.ts';
import { addExport } from './commands/export.ts';
import { addForecast } from './commands/forecast.ts';
import { addImport } from './commands/import.ts';
import { addInspect } from './commands/inspect.ts';
import { addNew } from './commands/new.ts';
import { addResume } from './commands/resume.ts';
import { addCompare, addRuns } from './commands/runs.ts';
import { addServe } from './commands/serve.ts';
import { addTemplates } from './commands/templates.ts';
import { addTrain } from './commands/train.ts';
import { exitStatus, Output } from './output.ts';

const commands = [
  addTemplates,
  addNew,
  addImport,
  addInspect,
  addForecast,
  addTrain,
  addResume,
  addEvaluate,
  addPredict,
  addExport,
  addRuns,
  addCompare,
  addEngines,
  addDatasets,
  addServe,
  addDoctor,
];

function createProgram(): Command {
  const program = new Command('netwright');
  program
    .description('Draw neural networks, train them on your own machine, compare them fairly.')
    .version(nodeHost().version)
    .exitOverride()
    .configureOutput({ writeErr: (text) => void process.stderr.write(text) });
  for (const add of commands) add(program);
  for (const command of program.commands) for (const one of [command, ...command.commands]) one.exitOverride();
  return program;
}

/** A wrong call: commander has said in words what is wrong already. */
function usageError(error: CommanderError): number {
  if (error.exitCode === 0) return 0;
  if (process.argv.includes('--json')) new Output(true).event({ event: 'error', code: error.code, message: error.message.replace(/^error: /, '') });
  return exitStatus.usage;
}

// A reader that hangs up (`netwright runs | head`) is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
});

try {
  await createProgram().parseAsync();
} catch (error) {
  process.exitCode = error instanceof CommanderError ? usageError(error) : new Output(process.argv.includes('--json')).error(error);
}
