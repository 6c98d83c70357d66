// The desktop app's main process: puts the shell's parts together around the same main process code that the browser and the command line use.

import { join } from 'node:path';
import { app, type BrowserWindow } from 'electron';
import { z } from 'zod';
import { createMain, type Main } from '../main/createMain.ts';
import { menuSchema } from '../shared/protocol/shell.ts';
import { serve } from '../shared/protocol/server.ts';
import { openingWith, projectArgument } from './firstProject.ts';
import { electronHost } from './host.ts';
import { receive } from './ipc.ts';
import { type LinkId, links } from './links.ts';
import { showMenu } from './menu.ts';
import { messages } from './messages.ts';
import { portChannel } from './portChannel.ts';
import { registerScheme, serveScheme } from './scheme.ts';
import { denyPermissions, lockPages, openLink } from './security.ts';
import { openWindow } from './window.ts';

let window: BrowserWindow | null = null;
/** A Mac names the file to open before the app is ready. */
let fileToOpen = projectArgument(process.argv);

if (app.requestSingleInstanceLock()) prepare();
else app.quit();

/** All that must be settled before the first page can exist. */
function prepare(): void {
  if (process.env.NETWRIGHT_HOME) app.setPath('userData', join(process.env.NETWRIGHT_HOME, 'window'));
  registerScheme();
  lockPages();
  app.on('will-finish-launching', () => app.on('open-file', (_, path) => (fileToOpen = path)));
  app.on('second-instance', showWindow);
  app.on('window-all-closed', () => app.quit());
  app.whenReady().then(start).catch(fail);
}

async function start(): Promise<void> {
  serveScheme(join(import.meta.dirname, '../renderer'));
  denyPermissions();
  const main = await createMain(electronHost(), { health: true });
  closeBeforeQuit(main);
  listen(main);
  window = openWindow();
}

/** Connects every page that asks, and draws the menu that it describes. */
function listen(main: Main): void {
  const handlers = openingWith(main.handlers, fileToOpen);
  receive(messages.connect, z.null(), (_, { ports }) => ports[0] && connect(main, handlers, portChannel(ports[0])), log);
  const onLink = (id: LinkId) => openLink(links[id]);
  const setting = { platform: process.platform, isDevelopment: !app.isPackaged, onAction: (action: string) => main.emit('app.action', { action }), onLink };
  receive(messages.menu, menuSchema, (entries) => showMenu(entries, setting), log);
  showMenu([], setting);
}

/** Serves one page until it is gone. */
function connect(main: Main, handlers: Main['handlers'], channel: ReturnType<typeof portChannel>): void {
  const stop = main.subscribe(serve(channel, handlers).emit);
  channel.onClose(stop);
}

/** Lets trainers write their checkpoints before the app ends. */
function closeBeforeQuit(main: Main): void {
  let closing = false;
  app.on('will-quit', (event) => {
    if (closing) return;
    closing = true;
    event.preventDefault();
    main
      .close()
      .catch((error: unknown) => log(String(error)))
      .finally(() => app.quit());
  });
}

function showWindow(): void {
  if (window?.isMinimized()) window.restore();
  window?.focus();
}

function log(line: string): void {
  process.stderr.write(`${line}\n`);
}

function fail(error: unknown): void {
  log(error instanceof Error ? (error.stack ?? error.message) : String(error));
  app.exit(1);
}
