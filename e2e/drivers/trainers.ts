// The trainer processes below the app, as the system sees them: to kill one, and to see that none is left.

import { execFileSync } from 'node:child_process';

interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly command: string;
}

function processes(): Process[] {
  const table = execFileSync('ps', ['-eo', 'pid=,ppid=,args='], { encoding: 'utf8' });
  return table.split('\n').flatMap((line) => {
    const [, pid, parent, command] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
    return command ? [{ pid: Number(pid), parent: Number(parent), command }] : [];
  });
}

/** Process ids of the trainers that a server has started and that still run. */
export function trainersOf(server: number): number[] {
  return processes()
    .filter(({ parent, command }) => parent === server && command.includes('trainer'))
    .map(({ pid }) => pid);
}
