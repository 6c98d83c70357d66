// A failed run must say what, where and what to do, whatever the trainer wrote.

import { expect, test } from 'vitest';
import { failureWords } from './failure.ts';

test('the first sentence is the title', () => {
  const words = failureWords({
    kind: 'work',
    code: 'loss-not-finite',
    message: 'The loss became NaN in epoch 1 at step 0.5. Try 0.0001. It helps.',
    where: 'epoch 1',
  });
  expect(words.title).toBe('The loss became NaN in epoch 1 at step 0.5.');
  expect(words.rest).toEqual(['Try 0.0001. It helps.', 'Where: epoch 1', 'Everything you drew is kept. Change what caused it, or train again as it is.']);
});

test('one sentence, and none', () => {
  expect(failureWords({ kind: 'data', code: 'x', message: 'The file is cut off.' })).toEqual({
    title: 'The file is cut off.',
    rest: ['Choose another dataset, or bring this one here again.'],
  });
  expect(failureWords(null).title).toContain('did not say why');
});
