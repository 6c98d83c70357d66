// The sample must be something that trains without a download.

import { expect, test } from 'vitest';
import { datasets } from '../../shared/datasets/catalogue.ts';
import type { DatasetState, TemplateInfo } from '../../shared/protocol/contract.ts';
import { sampleTemplate } from './sample.ts';

const states: readonly DatasetState[] = datasets.map((dataset) => ({ ...dataset, available: dataset.origin !== 'download', bytes: null }));
const template = (id: string, group: TemplateInfo['group'], dataset: string | null): TemplateInfo => ({
  id,
  title: id,
  about: '',
  group,
  dataset,
  networks: [{ id, name: id, nodes: [], edges: [] }],
});

test('pictures that are here come first', () => {
  const all = [template('table', 'Tables', 'xor'), template('far', 'Images', 'mnist'), template('near', 'Images', 'mnist-sample')];
  expect(sampleTemplate(all, states)?.id).toBe('near');
});

test('without pictures, whatever is ready; without anything, none', () => {
  expect(sampleTemplate([template('far', 'Images', 'mnist'), template('table', 'Tables', 'xor')], states)?.id).toBe('table');
  expect(sampleTemplate([template('far', 'Images', 'mnist'), template('bare', 'Text', null)], states)).toBeNull();
  expect(sampleTemplate([template('near', 'Images', 'mnist-sample')], [])).toBeNull();
});
