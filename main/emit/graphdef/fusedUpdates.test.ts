// Which optimizers' steps are done by one kernel, with and without what makes their form another.

import { describe, expect, it } from 'vitest';
import { compileNetwork } from '../../../shared/compile/index.ts';
import { datasetOf } from '../../../shared/datasets/catalogue.ts';
import type { DatasetDescriptor } from '../../../shared/datasets/descriptor.ts';
import { chain } from '../../../shared/network/templates/template.ts';
import { defaultTrainingSettings } from '../../../shared/training/settings.ts';
import { fusedUpdates } from './fusedUpdates.ts';

const network = chain('n', 'Net', [
  ['input', 'in'],
  ['dense', 'hidden', { units: 3, activation: 'tanh' }],
  ['dense', 'answer', { units: 1, activation: 'sigmoid' }],
]);

function fusedWith(id: string, parameters: Record<string, number | boolean | null> = {}) {
  const settings = { ...defaultTrainingSettings, optimizer: { id, parameters } };
  const compiled = compileNetwork({ network, settings, dataset: datasetOf('spirals') as DatasetDescriptor, batchSize: 4 });
  return { fused: fusedUpdates(compiled.trainStep), weights: compiled.weights.map(({ name }) => name) };
}

describe('updates by one kernel', () => {
  it.each([
    ['adam', {}, 'ResourceApplyAdam', ['momentum', 'velocity']],
    ['adamW', {}, 'ResourceApplyAdam', ['momentum', 'velocity']],
    ['sgd', {}, 'ResourceApplyGradientDescent', []],
    ['sgd', { momentum: 0.9 }, 'ResourceApplyKerasMomentum', ['momentum']],
  ] as const)('%s %o: every weight with its slots', (id, parameters, op, slots) => {
    const { fused, weights } = fusedWith(id, parameters);
    expect(fused.map((update) => update.op)).toEqual(weights.map(() => op));
    expect(fused.map((update) => update.states)).toEqual(weights.map((weight) => [weight, ...slots.map((slot) => `${id}/${weight}/${slot}`)]));
  });

  it('AdamW makes the weight smaller before', () => {
    expect(fusedWith('adamW').fused.every(({ before }) => before !== null)).toBe(true);
    expect(fusedWith('adam').fused.every(({ before }) => before === null)).toBe(true);
  });

  it('other forms are left as they are', () => {
    expect(fusedWith('adam', { amsgrad: true }).fused).toEqual([]);
    expect(fusedWith('rmsprop').fused).toEqual([]);
  });
});
