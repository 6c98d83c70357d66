import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keepWeights } from '../exchange/weightStore.ts';
import type { Dialogs } from '../host.ts';
import { Projects, projectFromTemplate } from './index.ts';

let home: string;
beforeEach(async () => void (home = await mkdtemp(join(tmpdir(), 'netwright-'))));
afterEach(() => rm(home, { recursive: true }));

const model = { file: 'm.keras', network: { id: 'm', name: 'm', nodes: [], edges: [] }, training: {}, notes: [], values: 0 };
const open = (dialogs: Dialogs | null = null) =>
  new Projects({ folders: { data: join(home, 'data'), cache: join(home, 'cache') }, dialogs }, { open: async (path) => ({ ...model, file: path }) });
const project = projectFromTemplate('mnist-mlp');
const path = () => join(home, 'p.netwright');

describe('projects', () => {
  it('begin with the sample, and with what was not saved after a crash', async () => {
    expect(await open().initial()).toMatchObject({ project: projectFromTemplate('digits'), path: null, notice: null });
    await open().keep({ ...project, name: 'Edited' }, null);
    expect(await open().initial()).toMatchObject({ project: { name: 'Edited' }, notice: 'Unsaved changes of “Edited” were brought back.' });
  });

  it('are saved and opened again as they were; saving clears the automatic copy', async () => {
    const projects = open();
    await projects.keep(project, null);
    expect(await projects.save(project, path())).toEqual({ path: path() });
    const first = await readFile(path(), 'utf8');
    expect(await projects.open(path())).toEqual({ project, path: path(), notice: null });
    await projects.save(project, path());
    expect(await readFile(path(), 'utf8')).toBe(first);
    expect((await open().initial()).notice).toBeNull();
    expect(await readdir(home)).toEqual(['data', 'p.netwright']);
  });

  it('from a template have networks of their own, which no earlier run belongs to', () => {
    const [first, second] = [open().fromTemplate('digits').project, open().fromTemplate('digits').project];
    const ids = [...first.networks, ...second.networks].map(({ id }) => id);
    expect(new Set(ids).size).toBe(6);
    expect(first.networks.map(({ nodes, edges }) => ({ nodes, edges }))).toEqual(second.networks.map(({ nodes, edges }) => ({ nodes, edges })));
  });

  it('keep the newest of many automatic copies', async () => {
    const projects = open();
    await Promise.all(Array.from({ length: 20 }, (_, i) => projects.keep({ ...project, name: `Edit ${i}` }, null)));
    expect((await open().initial()).project.name).toBe('Edit 19');
  });

  it('are listed newest first while their files are there', async () => {
    const projects = open();
    for (const name of ['a', 'b', 'c']) await projects.save({ ...project, name }, join(home, `${name}.netwright`));
    await projects.open(join(home, 'a.netwright'));
    await rm(join(home, 'b.netwright'));
    expect((await projects.recent()).map(({ name }) => name)).toEqual(['a', 'c']);
    expect((await projects.recent())[0]).toMatchObject({ networks: project.networks.map(({ name }) => name), dataset: 'mnist' });
  });

  it('left without being saved are kept, listed and opened again without a file of their own', async () => {
    const projects = open();
    const { path: left } = await projects.leave({ ...project, name: 'Left: a/b' });
    expect((await projects.recent())[0]).toMatchObject({ name: 'Left: a/b', path: left });
    expect(await open().open(left)).toMatchObject({ project: { name: 'Left: a/b' }, path: null });
    for (let i = 0; i < 21; i++) await projects.leave({ ...project, name: `Left ${i}` });
    expect(await readdir(join(home, 'data', 'left'))).toHaveLength(20);
    expect((await projects.recent()).some(({ path: one }) => one === left)).toBe(false);
  });

  const untouchable: readonly [string, string, string][] = [['a newer version', JSON.stringify({ ...project, version: 99 }), 'saved by a newer Netwright']];
  it.each(untouchable)('are not saved over %s', async (_, text, sentence) => {
    await writeFile(path(), text);
    await expect(open().open(path())).rejects.toThrow(sentence);
    await expect(open().save(project, path())).rejects.toThrow(sentence);
    expect(await readFile(path(), 'utf8')).toBe(text);
  });

  it('are not saved over what another program wrote meanwhile', async () => {
    const projects = open();
    await projects.save(project, path());
    await open().save({ ...project, name: 'Other' }, path());
    await expect(projects.save(project, path())).rejects.toThrow('was changed by another program');
    expect(await open().open(path())).toMatchObject({ project: { name: 'Other' } });
  });

  it('that cannot be read are refused, and stay as they are', async () => {
    await writeFile(path(), '{"format": "netwright", "version": 1');
    await expect(open().open(path())).rejects.toMatchObject({ kind: 'project', code: 'json-syntax' });
    await expect(open().open(join(home, 'none'))).rejects.toMatchObject({ kind: 'project', code: 'project-missing' });
  });

  it('leave models to their reader, and put the weights that a network names beside the project', async () => {
    expect(await open().open(join(home, 'digits.h5'))).toEqual({ ...model, file: join(home, 'digits.h5') });
    const weights = await keepWeights(join(home, 'data'), new Map([['a/kernel', { shape: [1], data: Float32Array.of(7) }]]), 'a.keras');
    const networks = project.networks.map((network, i) => (i === 0 ? { ...network, weights } : network));
    await open().save({ ...project, networks }, path());
    expect(await readdir(home)).toEqual([weights, 'data', 'p.netwright'].sort());
  });

  it('ask the host where to, and take no for an answer', async () => {
    const dialogs: Dialogs = { open: async () => null, save: async (name) => join(home, name) };
    expect(await open(dialogs).open(null)).toBeNull();
    expect(await open(dialogs).save(project, null)).toEqual({ path: join(home, `${project.name}.netwright`) });
    await expect(open().save(project, null)).rejects.toMatchObject({ code: 'no-dialogs' });
  });
});
