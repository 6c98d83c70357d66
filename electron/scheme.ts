// Serves the built renderer under the app's own scheme, with the content security policy on every answer.

import { readFile } from 'node:fs/promises';
import { protocol } from 'electron';
import { appFile, headersFor } from './appFiles.ts';
import { appScheme } from './policy.ts';

/** Before the app is ready: makes the scheme a standard, secure origin. */
export function registerScheme(): void {
  protocol.registerSchemesAsPrivileged([{ scheme: appScheme, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } }]);
}

/** Once the app is ready: answers the scheme's requests out of the folder. */
export function serveScheme(folder: string): void {
  protocol.handle(appScheme, async ({ url, method }) => {
    const file = appFile(url, folder);
    if (file === null || method !== 'GET') return new Response('Not found', { status: 404 });
    const content = await readFile(file).catch(() => null);
    return content === null ? new Response('Not found', { status: 404 }) : new Response(new Uint8Array(content), { headers: headersFor(file) });
  });
}
