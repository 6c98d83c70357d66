// The only place that takes messages from a page. Everything goes through one wrapper that checks who sent it and what it is.

import { ipcMain, type IpcMainEvent } from 'electron';
import type { z } from 'zod';
import { isTrustedSender } from './policy.ts';

/** Takes a kind of message: from our own page only, and only in the form the schema says. Anything else is dropped and logged. */
export function receive<T>(message: string, schema: z.ZodType<T>, listener: (value: T, event: IpcMainEvent) => void, log: (line: string) => void): void {
  ipcMain.on(message, (event, ...values: unknown[]) => {
    const parsed = schema.safeParse(values[0]);
    if (!isTrustedSender(event.senderFrame))
      log(`A message "${message}" from ${event.senderFrame?.url ?? 'a frame that is gone'} was dropped: only the app's own page may send.`);
    else if (!parsed.success || values.length > 1) log(`A message "${message}" was dropped: it does not have the agreed form.`);
    else listener(parsed.data, event);
  });
}
