// Which metrics say something about labels.

import { expect, test } from 'vitest';
import type { Target } from '../bindings.ts';
import { metricMisfit } from './objective.ts';

const yesOrNo = (...shape: readonly number[]): Target => ({
  ...{ key: 'labels/y', name: 'y', title: 'answers.npz', task: 'binary', dtype: 'float32', classNames: ['0', '1'], reconstruction: false },
  shape: [...shape],
});

test('rows of yes and no may be classes, of which the largest few are looked at; a single yes or no is none', () => {
  expect(metricMisfit('topKCategoricalAccuracy', yesOrNo(3, 4))).toBeNull();
  expect(metricMisfit('topKCategoricalAccuracy', yesOrNo(3, 1))).toContain('says nothing about answers.npz');
  expect(metricMisfit('topKCategoricalAccuracy', yesOrNo())).toContain('says nothing about answers.npz');
});
