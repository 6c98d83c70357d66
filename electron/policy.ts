// What the shell lets a page do, as plain functions without Electron, so that every rule can be tested: which pages are ours, what they may load.

/** The app's own origin. A scheme of its own, since pages of file:// may read every file. */
export const appScheme = 'netwright';
const appHost = 'app';
export const appPage = `${appScheme}://${appHost}/index.html`;

const sources = {
  'default-src': "'none'",
  'script-src': "'self'",
  // React Aria and the panels put small style elements into the page; they can carry no code.
  'style-src': "'self' 'unsafe-inline'",
  'img-src': "'self' data: blob:",
  'font-src': "'self'",
  'connect-src': "'self'",
  'worker-src': "'self' blob:",
  'base-uri': "'none'",
  'form-action': "'none'",
  'frame-ancestors': "'none'",
};

/** Sent with every answer of the scheme. */
export const contentSecurityPolicy = Object.entries(sources)
  .map(([name, value]) => `${name} ${value}`)
  .join('; ');

/** Whether an address is a page of the app itself. */
export function isOwnPage(address: string): boolean {
  const url = URL.canParse(address) ? new URL(address) : null;
  return url !== null && url.protocol === `${appScheme}:` && url.host === appHost && url.username === '' && url.password === '';
}

/** A frame that sends a message, as far as the check needs it; null once the frame is gone. */
export interface Sender {
  readonly url: string;
  readonly parent: unknown;
}

/** Only the app's own page in the window itself, never a frame in it, may speak to the shell. */
export function isTrustedSender(sender: Sender | null): boolean {
  return sender !== null && sender.parent === null && isOwnPage(sender.url);
}
