import { MessageChannel } from 'node:worker_threads';
import { expect, test } from 'vitest';
import { messages } from './messages.ts';
import { type Port, portChannel } from './portChannel.ts';

/** Node's port in the shape of Electron's, which wraps what comes in. */
function joined() {
  const { port1, port2 } = new MessageChannel();
  const port: Port = {
    postMessage: (message) => port1.postMessage(message),
    on: (event: 'message' | 'close', listener: (event: { data: unknown }) => void) => port1.on(event, (data: unknown) => listener({ data })),
    start: () => port1.start(),
  };
  return { channel: portChannel(port), window: port2, end: () => port1.close() };
}

const nextText = (window: { once(event: 'message', listener: (text: string) => void): void }) =>
  new Promise<string>((resolve) => window.once('message', resolve));

test('texts go both ways, and nothing but texts comes through', async () => {
  const { channel, window, end } = joined();
  const heard = new Promise<string>((resolve) => channel.listen(resolve));
  window.postMessage({ not: 'a text' });
  window.postMessage('up');
  expect(await heard).toBe('up');
  const down = nextText(window);
  channel.post('down');
  expect(await down).toBe('down');
  end();
});

test('a window that takes nothing counts as stalled until it does', async () => {
  const { channel, window, end } = joined();
  const drained = new Promise<string>((resolve) => channel.listen(resolve));
  for (let i = 0; i < 65; i++) channel.post('progress');
  expect(channel.congested?.()).toBe(true);
  for (let i = 0; i < 65; i++) window.postMessage(messages.taken);
  window.postMessage('done');
  await drained;
  expect(channel.congested?.()).toBe(false);
  end();
});

test('a window that is gone is told of, and nothing more is sent', async () => {
  const { channel, window } = joined();
  const gone = new Promise<void>((resolve) => channel.onClose(resolve));
  window.close();
  await gone;
  expect(() => channel.post('too late')).not.toThrow();
  expect(channel.congested?.()).toBe(false);
});
