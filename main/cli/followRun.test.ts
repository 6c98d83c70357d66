// What a run's start says beside its sizes: how the engine computes, where there is something to know of it.

import { afterEach, expect, it, vi } from 'vitest';
import type { FromTrainer } from '../../shared/protocol/trainer.ts';
import { RunEvents } from './followRun.ts';
import { Output } from './output.ts';

afterEach(() => vi.restoreAllMocks());

/** What the beginning of a run on an engine prints. */
function printed(engineRemark: string | undefined, json: boolean): string {
  let text = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
    text += String(chunk);
    return true;
  });
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  const record = {
    ...{ network: { name: 'GRU' }, settings: { seed: 1, epochs: 1 }, dataset: 'sine', engine: 'tensorflow', engineVersion: '2.21.0', device: 'gpu' },
    ...{ parameters: 9, samples: { train: 8, validation: 0, test: 0 }, stepsPerEpoch: 1, loss: 'meanSquaredError' },
    ...(engineRemark === undefined ? {} : { engineRemark }),
  };
  const message = { type: 'started', record, step: 0, totalSteps: 1 } as unknown as Extract<FromTrainer, { type: 'started' }>;
  new RunEvents({ output: new Output(json), logBatches: false }).hear(message);
  vi.restoreAllMocks();
  return text;
}

it('says how the engine computes, to people and to programs', () => {
  const remark = 'LSTM and GRU run in cuDNN’s kernels; their self-test was right here.';
  expect(printed(remark, false)).toMatch(/tensorflow 2\.21\.0 on the GPU\nLSTM and GRU run in cuDNN’s kernels/);
  expect(JSON.parse(printed(remark, true))).toMatchObject({ event: 'start', device: 'gpu', remark });
  expect(JSON.parse(printed(undefined, true))).not.toHaveProperty('remark');
});
