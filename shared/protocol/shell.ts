// What the desktop shell and the window say to each other beside the protocol: how the line is opened, and what the native menu shows.
// In a browser there is no shell, and none of this.

import { z } from 'zod';
import type { Channel } from './channel.ts';

/** One action of the window as the native menu shows it. Choosing it comes back as the event `app.action`. */
const menuEntrySchema = z.strictObject({
  id: z.string().min(1).max(100),
  label: z.string().min(1).max(1000),
  /** The menu it stands in. */
  group: z.string().min(1).max(40),
  /** What that menu is called, in the language of the window. */
  menu: z.string().min(1).max(80),
  /** As in `Ctrl+Shift+Z`; `Ctrl` is the command key on a Mac. */
  shortcut: z.string().max(40).nullable(),
  enabled: z.boolean(),
});
export type MenuEntry = z.infer<typeof menuEntrySchema>;
export const menuSchema = z.array(menuEntrySchema).max(500);

/** What the preload script puts into the window as `window.netwrightShell`. */
export interface ShellBridge {
  /** A fresh line to the main process; it carries the protocol. (A port itself cannot cross into the page's world.) */
  openChannel(): Channel;
  /** Says which actions there are and which make sense now; the shell draws its menu from it. */
  setMenu(entries: readonly MenuEntry[]): void;
}
