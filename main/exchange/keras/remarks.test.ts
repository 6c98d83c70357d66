// What is said of a file for Keras: where padding counts otherwise there.

import { expect, test } from 'vitest';
import { networkOf } from '../../../shared/code/testing/requests.ts';
import { analyze } from '../../../shared/compile/index.ts';
import { defaultTrainingSettings } from '../../../shared/training/settings.ts';
import { remarksOn } from './remarks.ts';
import { writtenModel } from './writtenLayers.ts';

/** Two attentions of masked words, the first with a residual around it. */
function remarks(first: boolean | undefined, second: boolean | undefined): readonly string[] {
  const set = (ignoreMask: boolean | undefined) => ({ parameters: { keyDim: 4, ...(ignoreMask === undefined ? {} : { ignoreMask }) } });
  const network = networkOf([
    ['input', 'x', [], { parameters: { shape: [5] } }],
    ['embedding', 'words', ['x'], { parameters: { inputDim: 9, outputDim: 4, maskZero: true } }],
    ['multiHeadAttention', 'first', ['words'], set(first)],
    ['add', 'around', ['words', 'first']],
    ['multiHeadAttention', 'second', ['around'], set(second)],
    ['dense', 'y', ['second'], { parameters: { units: 2 } }],
  ]);
  const analysis = analyze(network, { dataset: null });
  const trained = { network, analysis, settings: defaultTrainingSettings, dataset: null, state: new Map(), step: 0, learningRate: 0.1 };
  return remarksOn(writtenModel(trained), trained);
}

test('nothing where nobody set it, or where it is as Keras has it', () => {
  expect(remarks(undefined, undefined)).toEqual([]);
  expect(remarks(false, true)).toEqual([]);
});

test('which attention it is where it was set otherwise', () => {
  expect(remarks(true, true)).toEqual([expect.stringContaining('for “first” otherwise than here')]);
  expect(remarks(true, false)).toEqual([expect.stringContaining('“first” otherwise')]);
});
