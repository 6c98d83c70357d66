// The project the window opens with: the file that was double-clicked or named on the command line, else what the main process would show.

import { errorDetails } from '../shared/lib/errors.ts';
import type { Handlers, OpenedProject } from '../shared/protocol/contract.ts';

/** The first argument that names a project file; switches of Electron and the program's own folder are none. */
export function projectArgument(args: readonly string[]): string | null {
  return args.slice(1).find((arg) => !arg.startsWith('-') && arg.toLowerCase().endsWith('.netwright')) ?? null;
}

/** The same handlers, but the first project asked for is that file. A file that cannot be opened is said in the notice, and the app opens all the same. */
export function openingWith(handlers: Handlers, path: string | null): Handlers {
  if (path === null) return handlers;
  let pending: string | null = path;
  const initial = async (): Promise<OpenedProject> => {
    const file = pending;
    pending = null;
    try {
      const opened = file === null ? null : await handlers['projects.open'](file);
      return opened ?? (await handlers['projects.initial']());
    } catch (error) {
      return { ...(await handlers['projects.initial']()), notice: errorDetails(error).message };
    }
  };
  return { ...handlers, 'projects.initial': initial };
}
