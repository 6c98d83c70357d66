// What the desktop shell and the window say to each other beside the protocol: the menu, links to the outside, and how the line is opened.
// In a browser there is no shell, and none of this.

import { z } from 'zod';
import type { Channel } from './channel.ts';

/** One action of the window as the native menu shows it. Choosing it comes back as the event `app.action`. */
export const menuEntrySchema = z.strictObject({
  id: z.string().min(1).max(100),
  label: z.string().min(1).max(200),
  /** The menu it stands in. */
  group: z.string().min(1).max(40),
  /** As in `Ctrl+Shift+Z`; `Ctrl` is the command key on a Mac. */
  shortcut: z.string().max(40).nullable(),
  enabled: z.boolean(),
});
export type MenuEntry = z.infer<typeof menuEntrySchema>;
export const menuSchema = z.array(menuEntrySchema).max(500);

/** The only places outside that the app opens, by id, so that no text from a project can name one. */
export const links = {
  keras: 'https://keras.io/api/layers/',
  mnist: 'https://keras.io/api/datasets/mnist/',
  'cc-by-sa-3.0': 'https://creativecommons.org/licenses/by-sa/3.0/',
  'fashion-mnist': 'https://github.com/zalandoresearch/fashion-mnist',
  onnxruntime: 'https://onnxruntime.ai/docs/',
} as const;
export type LinkId = keyof typeof links;

/** The link's address; null for anything that is not on the list. */
export function linkAddress(id: unknown): string | null {
  return typeof id === 'string' && Object.hasOwn(links, id) ? links[id as LinkId] : null;
}

/** What the preload script puts into the window as `window.netwrightShell`. */
export interface ShellBridge {
  /** The line to the main process; carries the protocol. */
  readonly channel: Channel;
  /** Says which actions there are and which make sense now; the shell draws its menu from it. */
  setMenu(entries: readonly MenuEntry[]): void;
  openLink(id: LinkId): void;
}
