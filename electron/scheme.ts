// Serves the built window under the app's own scheme.

import { protocol } from 'electron';
import { appAnswer } from './appAnswer.ts';
import { appScheme } from './policy.ts';

/** Before the app is ready: makes the scheme a standard, secure origin. */
export function registerScheme(): void {
  protocol.registerSchemesAsPrivileged([{ scheme: appScheme, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } }]);
}

/** Once the app is ready: answers the scheme's requests out of the folder. */
export function serveScheme(folder: string): void {
  protocol.handle(appScheme, ({ url, method }) => appAnswer(folder, url, method));
}
