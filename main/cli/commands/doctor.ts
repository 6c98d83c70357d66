// `netwright doctor`: what works on this machine, what does not, and why.

import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { availableParallelism, totalmem } from 'node:os';
import { dirname, join } from 'node:path';
import type { Command } from 'commander';
import { atomicWrite } from '../../files/atomicWrite.ts';
import { createMain } from '../../createMain.ts';
import { listEngines } from '../../engines/index.ts';
import type { Host } from '../../host.ts';
import { perform } from '../context.ts';
import { exitStatus } from '../output.ts';

interface Finding {
  readonly what: string;
  readonly works: boolean;
  readonly detail: string /** Whether nothing goes without it. */;
  readonly needed: boolean;
}

async function writable(folder: string): Promise<Finding> {
  const trial = join(folder, '.doctor');
  const problem = await atomicWrite(trial, '')
    .then(
      () => rm(trial),
      (error: Error) => error.message,
    )
    .then((result) => result ?? null);
  return {
    what: 'Folder',
    works: problem === null,
    detail: problem === null ? folder : `${folder} cannot be written: ${problem}. Set NETWRIGHT_HOME to another folder.`,
    needed: true,
  };
}

async function engines(host: Host): Promise<Finding[]> {
  const all = await listEngines(host, true);
  return all.map(({ title, device, state, version, reason, whatToDo }) => ({
    what: `${title}, ${device.toUpperCase()}`,
    works: state === 'ready',
    detail: state === 'ready' ? [`version ${version}`, ...(reason === null ? [] : [reason])].join('. ') : `${reason} ${whatToDo ?? ''}`.trim(),
    // A card whose driver is broken leaves the CPU.
    needed: state === 'failed' && device === 'cpu',
  }));
}

async function data(host: Host): Promise<Finding[]> {
  const main = await createMain(host);
  const all = await main.datasets.list();
  await main.close();
  return all
    .filter(({ origin }) => origin !== 'generated')
    .map(({ title, available }) => ({
      what: title,
      works: available,
      detail: available ? 'on this machine' : 'not fetched yet: netwright datasets get NAME',
      needed: false,
    }));
}

function app(host: Host): Finding {
  const page = join(dirname(host.assets), 'dist', 'renderer', 'index.html');
  return { what: 'The window', works: existsSync(page), detail: existsSync(page) ? 'built' : 'not built yet: npm start builds it', needed: false };
}

async function examine(host: Host): Promise<Finding[]> {
  const machine = {
    what: 'Machine',
    works: true,
    detail: `Node ${process.versions.node}, ${process.platform} ${process.arch}, ${availableParallelism()} cores, ${(totalmem() / 2 ** 30).toFixed(1)} GiB of memory`,
    needed: true,
  };
  return [
    machine,
    ...(await Promise.all([writable(host.folders.data), writable(host.folders.cache)])),
    ...(await engines(host)),
    ...(await data(host)),
    app(host),
  ];
}

export function addDoctor(program: Command): void {
  program
    .command('doctor')
    .description('what works on this machine, what does not, and why')
    .option('--json', 'one JSON object a line')
    .action(({ json }: { json?: boolean }) =>
      perform(json, async ({ host, output }) => {
        const findings = await examine(host);
        for (const finding of findings) {
          output.event(finding);
          output.line(`${finding.works ? '✓' : finding.needed ? '✗' : '–'} ${finding.what}: ${finding.detail}`);
        }
        return findings.some(({ works, needed }) => needed && !works) ? exitStatus.work : 0;
      }),
    );
}
