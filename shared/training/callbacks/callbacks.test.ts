// Callbacks against Keras' own, driven by the same values (../fixtures/make.py).

import { describe, expect, test } from 'vitest';
import { closeTo } from '../../lib/testing/closeTo.ts';
import fixtures from '../fixtures/callbacks.json' with { type: 'json' };
import type { ChosenSettings } from '../settings.ts';
import { Callbacks, callbacks } from './index.ts';
import { moreIsBetter } from './monitor.ts';

interface Case extends ChosenSettings {
  readonly values: readonly number[];
  /** How many epochs were trained. */
  readonly epochs: number;
  readonly rates: readonly number[];
  /** The epoch whose weights the model has at the end. */
  readonly weightsOfEpoch: number;
}
const cases = fixtures.cases as unknown as readonly Case[];

/** Plays epochs until one stops; every callback is made anew from its state before each epoch, as after a resume. */
function play(given: readonly ChosenSettings[], values: readonly number[]) {
  let states = {};
  let rate = 0.1;
  let best: number | null = null;
  const rates: number[] = [];
  for (const [i, value] of values.entries()) {
    const all = new Callbacks({ callbacks: [...given] }, JSON.parse(JSON.stringify(states)));
    const decision = all.epoch({ epoch: i + 1, values: { val_loss: value, val_accuracy: value }, learningRate: rate });
    states = all.state();
    rate = decision.learningRate;
    rates.push(rate);
    if (decision.keep.includes(all.restoring() ?? '')) best = i + 1;
    if (decision.stop) return { rates, best, stop: decision.stop };
  }
  return { rates, best, stop: null };
}

describe.each(cases.map((one) => [`${one.id} ${JSON.stringify(one.parameters)}`, one] as const))(
  '%s',
  (_title, { id, parameters, values, epochs, rates, weightsOfEpoch }) => {
    const played = play([{ id, parameters }], values);
    test('ends when Keras ends, with the weights of the same epoch', () => {
      expect(played.rates).toHaveLength(epochs);
      expect(played.best ?? epochs).toBe(weightsOfEpoch);
      expect(played.stop === null).toBe(epochs === values.length);
    });
    test('sets Keras’ learning rates', () => closeTo(played.rates, rates, 1e-6));
  },
);

test('ids are the names in the list', () => {
  for (const [id, callback] of Object.entries(callbacks)) expect(callback.id).toBe(id);
});

test('a threshold ends training with the first epoch that reaches it, and says so', () => {
  const stop = (parameters: ChosenSettings['parameters']) => play([{ id: 'stopAtThreshold', parameters }], [1, 0.8, 0.4, 0.9]).stop;
  expect(stop({ threshold: 0.5 })).toBe('Stop at a threshold after epoch 3: val_loss has reached 0.5: it is 0.4.');
  expect(stop({ threshold: 0.8, monitor: 'val_accuracy' })).toContain('after epoch 1');
  expect(stop({ threshold: 0.1 })).toBeNull();
});

test('the best epoch is kept without stopping', () => {
  expect(play([{ id: 'bestCheckpoint', parameters: { restore: true } }], [1, 0.5, 0.6, 0.4, 0.7])).toMatchObject({ best: 4, stop: null });
});

test.each([
  ['val_loss', false],
  ['loss', false],
  ['val_accuracy', true],
  ['digit_accuracy', true],
  ['val_digit_mae', false],
  ['mean_absolute_percentage_error', false],
  ['auc', true],
  ['val_cosine_similarity', true],
])('more of %s is better: %s', (monitor, expected) => expect(moreIsBetter(monitor, 'auto')).toBe(expected));

describe('refusals', () => {
  const make = (id: string, parameters: ChosenSettings['parameters'] = {}) => new Callbacks({ callbacks: [{ id, parameters }] });
  test('an unknown callback, an unknown parameter, a wrong value', () => {
    expect(() => make('nonsense')).toThrow('There is no callback “nonsense” (training.callbacks). Known: earlyStopping,');
    expect(() => make('earlyStopping', { patients: 3 })).toThrow('Early stopping has no parameter “patients” (training.callbacks.earlyStopping.patients).');
    expect(() => make('reduceLrOnPlateau', { factor: 1 })).toThrow('Factor must be a number greater than 0 and at most 0.999, but is 1');
    expect(() => make('earlyStopping', { mode: 'up' })).toThrow('Better is must be one of auto, min, max, but is up');
  });
  test('one twice, or two that set the rate', () => {
    const early = { id: 'earlyStopping', parameters: {} };
    expect(() => new Callbacks({ callbacks: [early, early] })).toThrow('earlyStopping is there twice');
    expect(() => new Callbacks({ callbacks: [{ id: 'reduceLrOnPlateau', parameters: {} }], schedule: { id: 'cosineDecay', parameters: {} } })).toThrow(
      'cannot both set the learning rate',
    );
  });
  test('a value that no epoch gives', () => {
    expect(() => make('earlyStopping').requireWatched(['loss', 'accuracy'])).toThrow(
      'Early stopping watches “val_loss”, but an epoch gives: loss, accuracy (training.callbacks.earlyStopping.monitor). Set a validation split above 0, or watch one of these.',
    );
    expect(() => make('earlyStopping').requireWatched(['loss', 'val_loss'])).not.toThrow();
  });
});
