// Where the desktop app finds what it carries along: in the installed app beside the archive, in a clone where it lies. Knows no Electron.

import { join } from 'node:path';
import type { Host } from '../main/host.ts';

export interface Place {
  readonly isPackaged: boolean;
  /** Electron's resources folder. */
  readonly resources: string;
  /** Node 24 of a clone, named by the set-up that started us. */
  readonly cloneNode: string | undefined;
  readonly platform: NodeJS.Platform;
}

/** What differs from a plain Node process. The installed app brings its own Node, since Electron's may not run as one. */
export function hostPaths({ isPackaged, resources, cloneNode, platform }: Place): Partial<Pick<Host, 'assets' | 'node' | 'trainer'>> {
  if (isPackaged) {
    return {
      assets: join(resources, 'assets'),
      node: join(resources, 'node', platform === 'win32' ? 'node.exe' : 'node'),
      trainer: join(resources, 'trainer', 'trainer.mjs'),
    };
  }
  if (cloneNode) return { node: cloneNode };
  throw new Error('In a clone, start the app with "npm start": it says which Node runs the trainer.');
}
