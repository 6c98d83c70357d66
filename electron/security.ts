// The locks on every page that may ever appear: no permission, no navigation, no new window, no attached view. Set once for all contents.

import { app, session, shell } from 'electron';
import { isKnownLink } from './links.ts';
import { isOwnPage } from './policy.ts';

/** Before the app is ready: every renderer runs in the sandbox, and every page is locked as it is made. */
export function lockPages(): void {
  app.enableSandbox();
  app.on('web-contents-created', (_, contents) => {
    contents.on('will-navigate', (event) => {
      if (!isOwnPage(event.url)) event.preventDefault();
    });
    contents.on('will-redirect', (event) => event.preventDefault());
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.setWindowOpenHandler(({ url }) => {
      openLink(url);
      return { action: 'deny' };
    });
  });
}

/** Once the app is ready: pages get no permission but their own clipboard, and no device. */
export function denyPermissions(): void {
  const pages = session.defaultSession;
  const allowed = (permission: string, address: string) => ['clipboard-read', 'clipboard-sanitized-write'].includes(permission) && isOwnPage(address);
  pages.setPermissionRequestHandler((contents, permission, answer) => answer(allowed(permission, contents.getURL())));
  pages.setPermissionCheckHandler((_, permission, origin) => allowed(permission, origin));
  pages.setDevicePermissionHandler(() => false);
}

/** Opens an address of the list in the system's browser; anything else is not opened. */
export function openLink(address: string): void {
  if (isKnownLink(address)) void shell.openExternal(address);
}
