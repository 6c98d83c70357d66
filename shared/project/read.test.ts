import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NetwrightError } from '../lib/errors.ts';
import { newProject } from './create.ts';
import { migrate } from './migrations/index.ts';
import { withoutPrototypeKeys } from './plainJson.ts';
import { type Project, projectVersion } from './project.ts';
import { readProject, serializeProject } from './read.ts';

const node = (id: string, name = id, kind = 'dense') => ({ id, kind, name, parameters: {}, position: { x: 0, y: 0 } });
const sample = (): Project =>
  newProject({
    name: 'Sample',
    networks: [{ id: 'n', name: 'MLP', nodes: [node('a', 'input', 'input'), node('b', 'dense')], edges: [{ id: 'e', source: 'a', target: 'b', input: 0 }] }],
  });
const changed = (change: (project: Project & Record<string, unknown>) => void): string => {
  const project = structuredClone(sample()) as Project & Record<string, unknown>;
  change(project);
  return JSON.stringify(project);
};
const refusal = (text: string): NetwrightError => {
  try {
    readProject(text, 'a.netwright');
  } catch (error) {
    if (error instanceof NetwrightError) return error;
    throw error;
  }
  throw new Error('It was read.');
};

const corpus: readonly [string, string, string, RegExp][] = [
  ['an empty file', '', 'json-syntax', /^a\.netwright is not valid JSON \(the file is empty\)/],
  ['garbage', 'PK\u0003\u0004', 'json-syntax', /not valid JSON/],
  ['a truncated file', serializeProject(sample()).slice(0, 200), 'json-syntax', /^a\.netwright is not valid JSON \(line \d+, column \d+\)/],
  ['deep nesting', `{"x":${'['.repeat(70)}${']'.repeat(70)}}`, 'json-depth', /nests deeper than 64 levels/],
  ['another format', '{"format":"other"}', 'project-format', /“format” should be “netwright”/],
  ['a list', '[]', 'project-format', /“format” should be “netwright”/],
  ['a newer version', changed((p) => Object.assign(p, { version: 3 })), 'project-newer', /newer Netwright \(file version 3; this one reads up to 2\)/],
  ['a version that is text', changed((p) => Object.assign(p, { version: '1' })), 'project-version', /version: expected a whole number from 1, found "1"/],
  [
    'a wrong type',
    changed((p) => Object.assign(p.networks[0]?.nodes[1]?.position as object, { x: 'left' })),
    'project-invalid',
    /networks\[0\]\.nodes\[1\]\.position\.x: expected number, received string/,
  ],
  ['no networks', changed((p) => Object.assign(p, { networks: [] })), 'project-invalid', /networks: Too small/],
  [
    'a batch size of 0',
    changed((p) => Object.assign(p.training, { batchSize: 0 })),
    'project-invalid',
    /training\.batchSize: Too small: expected number to be >=1/,
  ],
  [
    'an edge to nowhere',
    changed((p) => Object.assign(p.networks[0]?.edges[0] as object, { target: 'z' })),
    'project-invalid',
    /networks\[0\]\.edges\[0\]\.target: there is no node with the id “z”/,
  ],
  [
    'two nodes with one id',
    changed((p) => p.networks[0]?.nodes.push(node('b', 'other'))),
    'project-invalid',
    /networks\[0\]\.nodes\[2\]\.id: two nodes have the id “b”/,
  ],
  [
    'a block that contains itself',
    changed((p) => {
      const place = (block: string) => ({ ...node(`in-${block}`, `in-${block}`, 'block'), parameters: { block } });
      const blocks = ['a', 'b'].map((id, i) => ({ id, name: id.toUpperCase(), nodes: [place(i === 0 ? 'b' : 'a')], edges: [] }));
      Object.assign(p.networks[0] as object, { blocks });
    }),
    'project-invalid',
    /networks\[0\]\.blocks\[0\]: the block “A” contains itself/,
  ],
  [
    'two nodes with one name',
    changed((p) => p.networks[0]?.nodes.push(node('c', 'dense'))),
    'project-invalid',
    /networks\[0\]\.nodes\[2\]\.name: two nodes are called “dense”/,
  ],
];

describe('reading a project', () => {
  it.each(corpus)('refuses %s with the place', (_, text, code, sentence) => {
    const error = refusal(text);
    expect(error.message).toMatch(sentence);
    expect(error).toMatchObject({ kind: 'project', code, where: 'a.netwright' });
  });

  it('keeps unknown kinds and unknown fields through a round trip', () => {
    const text = changed((p) => {
      p.future = { a: 1 };
      Object.assign(p.training, { warmup: 3 });
      Object.assign(p.networks[0]?.nodes[1] as object, { kind: 'quantumDense', colour: 'red' });
    });
    const again = readProject(serializeProject(readProject(text, 'a')), 'a');
    expect(again).toEqual(JSON.parse(text));
  });

  it('drops keys that reach a prototype', () => {
    const text = serializeProject(sample()).replace('"runs"', '"__proto__": {"polluted": true}, "constructor": {"x": 1}, "runs"');
    const project = readProject(text, 'a');
    expect(Object.keys(project)).not.toContain('constructor');
    expect((project as Record<string, unknown>).polluted).toBeUndefined();
  });

  it('gives the same bytes for the same project, and the project back', () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 1, maxLength: 60 }),
        fc.dictionary(
          fc.string({ maxLength: 8 }).filter((k) => !['__proto__', 'constructor', 'prototype'].includes(k)),
          fc.jsonValue({ maxDepth: 3 }).map((v) => withoutPrototypeKeys(JSON.parse(JSON.stringify(v)))),
        ),
        (name, parameters) => {
          const project = sample();
          const first = project.networks[0]?.nodes[0];
          if (first) Object.assign(first, { parameters });
          const full = { ...project, name };
          const text = serializeProject(full);
          expect(readProject(text, 'a')).toEqual(full);
          expect(serializeProject(readProject(text, 'a'))).toBe(text);
          expect(serializeProject(Object.fromEntries(Object.entries(full).reverse()) as Project)).toBe(text);
        },
      ),
    );
  });

  it('does not write what it could not read again', () => {
    const project = sample();
    expect(() => serializeProject({ ...project, networks: [] })).toThrow(/networks: Too small/);
  });
});

describe('migrating', () => {
  const stored = (version: number): string => readFileSync(join(import.meta.dirname, `../../assets/projects/version-${version}.netwright`), 'utf8');

  it('there is a stored file of every version, and each is read', () => {
    for (let version = 1; version <= projectVersion; version++) {
      const project = readProject(stored(version), `version-${version}.netwright`);
      expect(project.version).toBe(projectVersion);
      expect({ ...project, version }, `version ${version}`).toEqual(JSON.parse(stored(version)));
    }
  });

  it('the present version is written as it was read, byte for byte', () => {
    expect(serializeProject(readProject(stored(projectVersion), 'stored'))).toBe(stored(projectVersion));
  });

  it('takes one numbered step after another', () => {
    const steps = [
      { to: 2, name: 'adds a', migrate: (d: object) => ({ ...d, a: 1 }) },
      { to: 3, name: 'renames a', migrate: ({ a, ...rest }: { a?: number }) => ({ ...rest, b: a ?? null }) },
    ];
    expect(migrate({ format: 'netwright' }, 1, 3, steps)).toEqual({ format: 'netwright', b: 1, version: 3 });
  });

  it('says which step is missing', () => {
    expect(() => migrate({}, 1, 2, [])).toThrow('no way from version 1 to version 2');
  });
});
