// Labels of a file as the network that is to learn from them reads them: what the numbers do not say, its last layer does.

import { describe, expect, it } from 'vitest';
import { labelColumns } from '../../shared/datasets/columns.ts';
import type { DatasetDescriptor, DatasetTensor } from '../../shared/datasets/descriptor.ts';
import { chain } from '../../shared/network/templates/template.ts';
import { fitToNetwork } from './fit.ts';

const withLabels = (labels: Partial<DatasetTensor>, more: Partial<DatasetDescriptor> = {}): DatasetDescriptor => ({
  ...{ id: 'mine.npz', title: 'mine.npz', about: '', task: 'numbers', look: 'table', source: '', licence: '', origin: 'file' },
  ...{ features: { name: 'x', shape: [4], dtype: 'float32' }, labels: { name: 'y', shape: [1], dtype: 'int32', ...labels }, samples: { train: 8, test: 0 } },
  ...more,
});
const ending = (units: number) =>
  chain('n', 'Net', [
    ['input', 'x'],
    ['dense', 'y', { units, activation: 'softmax' }],
  ]);
const read = (dataset: DatasetDescriptor, units: number, loss = 'auto') => labelColumns(fitToNetwork(dataset, ending(units), { loss }))[0];

describe('whole numbers that do not say whether they are classes', () => {
  it('are classes where the network has a unit for each', () => {
    expect(read(withLabels({ below: 8 }), 10)).toMatchObject({ task: 'classes', shape: [], classNames: { length: 10 } });
    expect(read(withLabels({ below: 5000 }), 5000, 'sparseCategoricalCrossentropy')).toMatchObject({ task: 'classes', classNames: { length: 5000 } });
    expect(read(withLabels({ below: 1 }), 3)).toMatchObject({ task: 'classes', classNames: ['0', '1', '2'] });
  });

  it('stay numbers where it gives one', () => {
    expect(read(withLabels({ below: 8 }), 1)).toMatchObject({ task: 'numbers', shape: [1] });
  });

  it('are refused where they are too large for what the loss asks', () => {
    expect(() => read(withLabels({ below: 12 }), 10, 'sparseCategoricalCrossentropy')).toThrow(
      'The labels “y” go up to 11, but the network tells 10 classes apart: 0 to 9. Give its last layer 12 units, or check the labels.',
    );
  });
});

it('classes that the data happen to lack are those of the network', () => {
  expect(read(withLabels({ shape: [] }, { task: 'classes', classNames: ['0', '1', '2'] }), 5)).toMatchObject({ task: 'classes', classNames: { length: 5 } });
});

it('one answer may have a place of its own in the output', () => {
  const network = chain('n', 'Net', [
    ['input', 'x'],
    ['reshape', 'row', { targetShape: [1, 4] }],
    ['dense', 'y', { units: 3, activation: 'softmax' }],
  ]);
  const dataset = withLabels({ shape: [] }, { task: 'classes', classNames: ['0', '1', '2'] });
  expect(labelColumns(fitToNetwork(dataset, network, { loss: 'sparseCategoricalCrossentropy' }))[0]).toMatchObject({ task: 'classes', shape: [1, 1] });
  expect(fitToNetwork(dataset, ending(3), { loss: 'auto' })).toBe(dataset);
});
