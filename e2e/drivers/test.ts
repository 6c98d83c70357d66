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

/** Starts the next test's app while this one runs, and lets the last one end meanwhile: a second of each test. */
class Servers {
  private next = this.begin();
  private readonly ending: Promise<void>[] = [];

  private begin(): Promise<Server> {
    const server = startServer();
    // Said where it is waited for.
    server.catch(() => undefined);
    return server;
  }

  async take(): Promise<Server> {
    const server = await this.next;
    this.next = this.begin();
    return server;
  }

  leave(server: Server): void {
    this.ending.push(server.stop());
  }

  async end(): Promise<void> {
    this.leave(await this.next);
    await Promise.all(this.ending);
  }
}

export const test = base.extend<Fixtures & Options, { readonly servers: Servers }>({
  forecasts: [false, { option: true }],
  servers: [
    async ({ browserName: _ }, use) => {
      const servers = new Servers();
      await use(servers);
      await servers.end();
    },
    { scope: 'worker' },
  ],
  server: async ({ servers }, use) => {
    const server = await servers.take();
    await use(server);
    servers.leave(server);
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
