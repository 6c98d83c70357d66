import { expect, test } from 'vitest';
import { NetwrightError } from '../shared/lib/errors.ts';
import { newProject } from '../shared/project/create.ts';
import type { Handlers, OpenedProject } from '../shared/protocol/contract.ts';
import { openingWith, projectArgument } from './firstProject.ts';

const opened = (name: string, path: string | null): OpenedProject => ({
  project: newProject({ name, networks: [{ id: 'n', name: 'N', nodes: [], edges: [] }] }),
  path,
  notice: null,
});
const handlers = {
  'projects.initial': () => opened('sample', null),
  'projects.open': (path: string) => {
    if (path.includes('broken')) throw new NetwrightError({ kind: 'project', code: 'json', message: 'broken.netwright is no project.' });
    return opened('mine', path);
  },
} as Partial<Handlers> as Handlers;

test.each([
  [['/opt/netwright'], null],
  [['electron', '.', '--inspect', 'a.netwright'], 'a.netwright'],
  [['/opt/netwright', '--flag=b.netwright', 'C:\\My Nets\\A.NETWRIGHT'], 'C:\\My Nets\\A.NETWRIGHT'],
  [['first.netwright'], null],
  [['electron', '/x/digits.keras'], '/x/digits.keras'],
])('%j names %s', (args, path) => {
  expect(projectArgument(args)).toBe(path);
});

test('the named file is opened first, and only first', async () => {
  const { 'projects.initial': initial } = openingWith(handlers, '/x/mine.netwright');
  expect(await initial()).toMatchObject({ path: '/x/mine.netwright', project: { name: 'mine' } });
  expect(await initial()).toMatchObject({ path: null, project: { name: 'sample' } });
});

test('without a file nothing changes', () => {
  expect(openingWith(handlers, null)).toBe(handlers);
});

test('a file that cannot be opened is said, and the app opens', async () => {
  expect(await openingWith(handlers, 'broken.netwright')['projects.initial']()).toMatchObject({
    project: { name: 'sample' },
    notice: 'broken.netwright is no project.',
  });
});
