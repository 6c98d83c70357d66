import { describe, expect, it } from 'vitest';
import { NetwrightError } from '../../shared/lib/errors.ts';
import { defaultTrainingSettings, type TrainingSettings } from '../../shared/training/settings.ts';
import { several, weights } from './options.ts';
import { type SettingFlags, settingsFrom } from './trainSettings.ts';

const own: TrainingSettings = { ...defaultTrainingSettings, optimizer: { id: 'adam', parameters: { learningRate: 0.01, beta1: 0.8 } } };
const from = (flags: SettingFlags) => settingsFrom(own, flags);

describe('settings from the command line', () => {
  it('without a flag are the project’s own', () => expect(from({})).toEqual(own));

  it('take names and parameters as ours or as Keras’', () => {
    expect(from({ optimizer: 'RMSprop:centered=true:rho=0.8' }).optimizer).toEqual({ id: 'rmsprop', parameters: { centered: true, rho: 0.8 } });
    expect(from({ optimizer: 'adam:global_clipnorm=1', learningRate: 0.1 }).optimizer).toEqual({
      id: 'adam',
      parameters: { learningRate: 0.1, beta1: 0.8, globalClipnorm: 1 },
    });
    expect(from({ loss: 'sparse_categorical_crossentropy' }).loss).toBe('sparseCategoricalCrossentropy');
    expect(from({ loss: 'huber:delta=2' })).toMatchObject({ loss: 'huber', lossParameters: { delta: 2 } });
    expect(from({ metrics: ['rmse', 'AUC:curve=PR', 'mae'] })).toMatchObject({
      metrics: ['rootMeanSquaredError', 'auc', 'mae'],
      metricParameters: { auc: { curve: 'PR' } },
    });
    expect(from({ schedule: 'CosineDecay:decay_steps=100:alpha=0.1' }).schedule).toEqual({ id: 'cosineDecay', parameters: { decaySteps: 100, alpha: 0.1 } });
    expect(from({ schedule: 'piecewiseConstantDecay:boundaries=5/9:values=1/0.1/0.01' }).schedule?.parameters).toEqual({
      boundaries: '5/9',
      values: '1/0.1/0.01',
    });
    expect(from({ callback: ['EarlyStopping:patience=2:baseline=none', 'bestCheckpoint'] }).callbacks).toEqual([
      { id: 'earlyStopping', parameters: { patience: 2, baseline: null } },
      { id: 'bestCheckpoint', parameters: {} },
    ]);
  });

  const wrong: readonly [SettingFlags, string][] = [
    [{ optimizer: 'magic' }, '--optimizer: There is no optimizer “magic”'],
    [{ optimizer: 'sgd:speed=2' }, '--optimizer: SGD has no parameter “speed”'],
    [{ optimizer: 'sgd:momentum' }, '“sgd:momentum”: expected a name and parameters such as sgd:key=value, but got “momentum”.'],
    [{ loss: 'huber:delta=0' }, '--loss: Delta must be a number greater than 0'],
    [{ metrics: ['auc:curve=XYZ'] }, '--metrics: Curve must be one of ROC, PR, but is XYZ'],
    [{ schedule: 'cosineDecay:decaySteps=half' }, '--schedule: Decay steps must be a whole number at least 1, or none, but is half'],
    [{ callback: ['earlyStopping', 'earlyStopping'] }, '--callback: earlyStopping is there twice'],
  ];
  it.each(wrong)('%j is wrong usage', (flags, message) => {
    expect(() => from(flags)).toThrow(expect.objectContaining({ kind: 'usage', message: expect.stringContaining(message) }));
    expect(() => from(flags)).toThrow(NetwrightError);
  });
});

describe('options', () => {
  it('read weights of classes', () => {
    expect(weights('0=1, 3=0.5')).toEqual({ 0: 1, 3: 0.5 });
    for (const text of ['a=1', '0', '0=', '0=-1']) expect(() => weights(text)).toThrow('such as 0=1,1=5');
  });
  it('may be repeated', () => expect(several('b', several('a'))).toEqual(['a', 'b']));
});
