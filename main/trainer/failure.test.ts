import { expect, it } from 'vitest';
import { failureOf } from './failure.ts';

it('a full disk is told with its place and what to do; everything else as it is', () => {
  const full = Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
  expect(failureOf(full, { where: '/runs/a', resumable: true })).toMatchObject({
    kind: 'work',
    code: 'disk-full',
    where: '/runs/a',
    message: expect.stringContaining('The disk is full'),
  });
  expect(failureOf(full, { where: '/out', resumable: false })).toMatchObject({ message: expect.stringMatching(/predictions do not fit into \/out/) });
  expect(failureOf(full, null)).toMatchObject({ code: 'unexpected' });
  expect(failureOf(new Error('else'), { where: '/runs/a', resumable: true })).toMatchObject({ code: 'unexpected', message: 'else' });
});
