import { join, sep } from 'node:path';
import { expect, test } from 'vitest';
import { hostPaths } from './hostPaths.ts';

const resources = join(sep, 'opt', 'Netwright', 'resources');

test('the installed app runs the trainer with the Node it carries, outside the archive', () => {
  const paths = hostPaths({ isPackaged: true, resources, cloneNode: undefined, platform: 'linux' });
  expect(paths).toEqual({
    assets: join(resources, 'assets'),
    node: join(resources, 'node', 'node'),
    trainer: join(resources, 'trainer', 'trainer.mjs'),
  });
  expect(hostPaths({ isPackaged: true, resources, cloneNode: undefined, platform: 'win32' }).node).toBe(join(resources, 'node', 'node.exe'));
});

test('a clone uses the Node that the set-up found, and says so where none is named', () => {
  const clone = { isPackaged: false, resources, platform: 'linux' } as const;
  expect(hostPaths({ ...clone, cloneNode: '/clone/node' })).toEqual({ node: '/clone/node' });
  expect(() => hostPaths({ ...clone, cloneNode: undefined })).toThrow('npm start');
});
