// The project the window opens with: the file that was double-clicked or named on the command line, else what the main process would show.

import { errorDetails } from '../shared/lib/errors.ts';
import { newProject } from '../shared/project/create.ts';
import type { Handlers, OpenedModel, OpenedProject } from '../shared/protocol/contract.ts';

/** A model that the app was started with stands in a project of its own. */
const projectOf = ({ file, network, training, notes }: OpenedModel): OpenedProject => ({
  project: newProject({ name: network.name, networks: [network], training }),
  path: null,
  notice: notes.length === 0 ? null : `${file}: ${notes.join(' ')}`,
});

/** The first argument that names a project file or a model; switches of Electron and the program's own folder are none. */
export function projectArgument(args: readonly string[]): string | null {
  return args.slice(1).find((arg) => !arg.startsWith('-') && /\.(netwright|keras|h5|hdf5)$/i.test(arg)) ?? null;
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
      if (opened && 'network' in opened) return projectOf(opened);
      return opened ?? (await handlers['projects.initial']());
    } catch (error) {
      return { ...(await handlers['projects.initial']()), notice: errorDetails(error).message };
    }
  };
  return { ...handlers, 'projects.initial': initial };
}
