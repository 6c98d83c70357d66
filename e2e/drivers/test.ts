// The `test` of every spec: an app of its own, opened in a page of its own. Anything the page writes to its console as an error fails the test.

import { test as base, expect } from '@playwright/test';
import { App } from './app.ts';
import { type Server, startServer } from './server.ts';

export { expect };

interface Options {
  /** Whether the app measures while nothing is done. */
  readonly forecasts: boolean;
}
interface Fixtures {
  readonly server: Server;
  /** Opened, with its first project on the canvas. */
  readonly app: App;
  /** What the page complained of; a test that provokes complaints takes them out. */
  readonly complaints: string[];
}

export const test = base.extend<Fixtures & Options>({
  forecasts: [false, { option: true }],
  server: async ({ browserName: _ }, use) => {
    const server = await startServer();
    await use(server);
    await server.stop();
  },
  complaints: async ({ page }, use) => {
    const complaints: string[] = [];
    page.on('console', (message) => void (message.type() === 'error' && complaints.push(`${message.text()} (${message.location().url})`)));
    page.on('pageerror', (error) => void complaints.push(error.stack ?? error.message));
    await use(complaints);
    expect(complaints, 'the page wrote errors to its console').toEqual([]);
  },
  app: async ({ page, server, complaints, forecasts }, use) => {
    const app = new App(page, complaints);
    await app.open(server.address, { forecasts });
    await use(app);
  },
});
