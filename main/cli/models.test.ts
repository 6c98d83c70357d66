// `import` and `export` as a script uses them: a Keras model in, trained on, and out again.

import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test, vi } from 'vitest';
import type { ImportedModel } from '../exchange/imported.ts';
import { readKeras } from '../exchange/keras/readKeras.ts';
import { fixture } from '../exchange/testing/modelFiles.ts';

vi.setConfig({ testTimeout: 60_000 });

const home = mkdtempSync(join(tmpdir(), 'netwright-models-'));
afterAll(() => rmSync(home, { recursive: true }));

const command = ['--disable-warning=ExperimentalWarning', join(import.meta.dirname, 'netwright.ts')];
const options = { cwd: home, env: { ...process.env, NETWRIGHT_HOME: join(home, 'home') }, encoding: 'utf8' } as const;
const run = (...args: readonly string[]) => spawnSync(process.execPath, [...command, ...args, '--json'], options);
const events = (...args: readonly string[]): Record<string, unknown>[] =>
  execFileSync(process.execPath, [...command, ...args, '--json'], options)
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));

/** Twelve rows of four features and one of three classes. */
function data(): string {
  const rows = Array.from({ length: 12 }, (_, i) => [i % 4, (i * 7) % 5, i / 12, 1, i % 3].join(','));
  writeFileSync(join(home, 'data.csv'), `a,b,c,d,class\n${rows.join('\n')}\n`);
  return 'data.csv';
}

describe('a Keras model in and out', () => {
  test('import writes the project and its weights', () => {
    expect(events('import', fixture('perceptrons.keras'), '-o', 'model.netwright')).toEqual([
      {
        event: 'imported',
        file: 'model.netwright',
        source: fixture('perceptrons.keras'),
        network: 'perceptrons',
        layers: 4,
        weight_values: 43,
        weights: 'model.weights.safetensors',
        notes: [],
      },
    ]);
    expect(existsSync(join(home, 'model.weights.safetensors'))).toBe(true);
    expect(events('inspect', 'model.netwright')).toMatchObject([{ network: 'perceptrons', totals: { parameters: 43 } }]);
  });

  test('training starts from the weights, and export takes them back', async () => {
    const training = ['--data', data(), '--epochs', '1', '--batch-size', '12', '--validation-split', '0', '--optimizer', 'sgd', '--learning-rate', '1e-9'];
    events('train', 'model.netwright', ...training, '--run', 'run');
    expect(events('export', 'run', '--to', 'keras', '-o', 'taken.keras')).toEqual([
      { event: 'exported', run: 'run', to: 'keras', file: 'taken.keras', input_shapes: [[4]], input_scaling: null, notes: [] },
    ]);
    expect(events('export', 'run', '--to', 'h5', '-o', 'taken.h5')).toMatchObject([{ event: 'exported', to: 'h5', file: 'taken.h5', input_shapes: [[4]] }]);
    const names = ['taken.keras', 'taken.h5'].map((name) => join(home, name));
    const [before, after, older] = (await Promise.all([fixture('perceptrons.keras'), ...names].map(readKeras))) as [
      ImportedModel,
      ImportedModel,
      ImportedModel,
    ];
    expect(older).toEqual(after);
    for (const [name, { data: values }] of before.weights)
      after.weights.get(name)?.data.forEach((value, i) => void expect(value).toBeCloseTo(values[i] as number, 5));
    expect(after.network.nodes.map(({ name, kind }) => `${kind} ${name}`)).toEqual(before.network.nodes.map(({ name, kind }) => `${kind} ${name}`));
  });

  test('predict gives what a run, or the imported project, says to rows with labels and without', () => {
    data();
    const features = readFileSync(join(home, 'data.csv'), 'utf8').replaceAll(/,[^,\n]*\n/g, '\n');
    writeFileSync(join(home, 'features.csv'), features);
    const tables = [
      ['run', 'data.csv'],
      ['run', 'features.csv'],
      ['model.netwright', 'features.csv'],
    ].map(([from, rows]) => {
      expect(events('predict', from as string, '--data', rows as string, '-o', 'answers.csv')).toEqual([
        { event: 'predicted', samples: 12, outputs: [{ name: 'answer', shape: [12, 3] }], file: 'answers.csv' },
      ]);
      const [head, ...lines] = readFileSync(join(home, 'answers.csv'), 'utf8').trimEnd().split('\n');
      expect(head).toBe('answer_0,answer_1,answer_2');
      return lines.map((line) => line.split(',').map(Number));
    });
    expect(tables[0]).toHaveLength(12);
    for (const [a = 0, b = 0, c = 0] of tables[0] ?? []) expect(a + b + c).toBeCloseTo(1, 5);
    expect(tables[1]).toEqual(tables[0]);
    tables[2]?.flat().forEach((value, i) => void expect(value).toBeCloseTo(tables[0]?.flat()[i] as number, 5));
  });

  test('a project that exists is not written over unasked', () => {
    const before = readFileSync(join(home, 'model.netwright'), 'utf8');
    expect(run('import', fixture('residual.keras'), '-o', 'model.netwright')).toMatchObject({
      status: 2,
      stdout: expect.stringContaining('"code":"file-exists"'),
    });
    expect(readFileSync(join(home, 'model.netwright'), 'utf8')).toBe(before);
    expect(run('import', fixture('residual.keras'), '-o', 'model.netwright', '--force').status).toBe(0);
  });
});

test('new makes a project for a file, with what is asked for', () => {
  data();
  events('new', '--data', 'data.csv', '--target', 'a', '-o', 'own.netwright');
  const project = JSON.parse(readFileSync(join(home, 'own.netwright'), 'utf8'));
  expect(project.dataset).toBe(`${join(home, 'data.csv')}#a`);
  expect(project.networks[0].nodes.map(({ kind }: { kind: string }) => kind)).toEqual(['input', 'normalization', 'dense', 'dense']);
  const ended = events('train', 'own.netwright', '--epochs', '1', '--batch-size', '4').at(-1);
  expect(ended).toMatchObject({ event: 'end', reason: 'finished' });
});

test.each([
  ['neither template nor data', 2, ['new', '-o', 'x.netwright'], 'new-what'],
  ['data without a network’s weights', 3, ['predict', 'own.netwright', '--data', 'data.csv'], 'no-weights'],
  ['a damaged model', 3, ['import', fixture('external-storage.h5'), '-o', 'x.netwright'], 'hdf5-broken'],
  ['no model', 3, ['import', 'nothing.keras', '-o', 'x.netwright'], 'model-missing'],
  ['no output', 2, ['import', fixture('residual.keras')], 'commander.missingMandatoryOptionValue'],
  ['an unknown run', 2, ['export', 'nothing', '--to', 'keras', '-o', 'x.keras'], 'unknown-run'],
  ['another format’s ending', 2, ['export', 'run', '--to', 'keras', '-o', 'x.h5'], 'export-ending'],
  ['an unknown format', 2, ['export', 'nothing', '--to', 'abacus', '-o', 'x'], 'commander.invalidArgument'],
])('%s: exit status %i', (_, status, args, code) => {
  expect(run(...args)).toMatchObject({ status, stdout: expect.stringContaining(`"code":"${code}"`) });
  expect(existsSync(join(home, 'x.netwright'))).toBe(false);
});
