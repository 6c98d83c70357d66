// Whatever a person's data looks like, the network made for it has no problem, and compiles.

import { describe, expect, it } from 'vitest';
import { analyze, compileNetwork } from '../../shared/compile/index.ts';
import type { DatasetDescriptor } from '../../shared/datasets/descriptor.ts';
import { serializeProject } from '../../shared/project/read.ts';
import { projectForData } from './projectForData.ts';

const about: Omit<DatasetDescriptor, 'task' | 'features' | 'labels'> = {
  ...{ id: '/data/own.npz', title: 'own.npz', about: 'Some samples.', samples: { train: 20, test: 0 } },
  ...{ look: 'table', source: '/data/own.npz', licence: 'your own', origin: 'file' },
};
const column = (name: string, shape: number[], dtype: 'float32' | 'uint8' | 'int32' = 'float32') => ({ name, shape, dtype });
const three = ['a', 'b', 'c'];

const cases: Readonly<Record<string, Pick<DatasetDescriptor, 'task' | 'features' | 'labels' | 'classNames' | 'moreFeatures' | 'moreLabels'>>> = {
  'a table with classes': { task: 'classes', features: column('x', [7]), labels: column('y', [], 'int32'), classNames: three },
  'a table with yes and no': { task: 'binary', features: column('x', [7]), labels: column('y', [1], 'int32') },
  'marks, several at once': { task: 'binary', features: column('x', [7]), labels: column('y', [4], 'int32') },
  'a table with numbers': { task: 'numbers', features: column('x', [7]), labels: column('y', [2]) },
  'sequences with one class': { task: 'classes', features: column('x', [9, 2]), labels: column('y', [], 'int32'), classNames: three },
  'sequences with a class at every step': { task: 'classes', features: column('x', [9, 2]), labels: column('y', [9], 'int32'), classNames: three },
  'several classes for a row': { task: 'classes', features: column('x', [7]), labels: column('y', [5], 'int32'), classNames: three },
  pictures: { task: 'classes', features: column('x', [28, 28, 3], 'uint8'), labels: column('y', [], 'int32'), classNames: three },
  'small pictures': { task: 'classes', features: column('x', [4, 4, 1], 'uint8'), labels: column('y', [], 'int32'), classNames: three },
  volumes: { task: 'numbers', features: column('x', [4, 4, 4, 2]), labels: column('y', [2, 2]) },
  'several of both': {
    ...{ task: 'classes', features: column('x0', [7]), labels: column('y0', [], 'int32'), classNames: three },
    moreFeatures: [column('x1', [9, 2]), column('x2', [12, 12, 1], 'uint8')],
    moreLabels: [{ ...column('y1', [3]), task: 'numbers' }],
  },
  'what comes in as what is asked for': { task: 'numbers', features: column('x', [7]), labels: column('x', [7]) },
};

describe('a project for data', () => {
  it.each(Object.entries(cases))('%s', (_, own) => {
    const dataset = { ...about, ...own };
    const project = projectForData(dataset, dataset.source, null);
    const [network] = project.networks;
    if (!network) return expect.fail('no network');
    expect(analyze(network, { dataset }).problems).toEqual([]);
    expect(compileNetwork({ network, settings: project.training, dataset, batchSize: 4 }).outputs).toHaveLength(1 + (own.moreLabels?.length ?? 0));
    expect(serializeProject(project)).toContain(dataset.source);
  });

  it('says numbers where they look like two classes', () => {
    const dataset = { ...about, ...(cases['a table with yes and no'] as (typeof cases)[string]) };
    const { networks, training } = projectForData(dataset, 'own.npz', 'numbers');
    expect(networks[0]?.nodes.at(-1)?.parameters).toEqual({ units: 1, activation: 'linear' });
    expect(training.loss).toBe('meanSquaredError');
  });
});
