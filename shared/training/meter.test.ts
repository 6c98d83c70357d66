import { describe, expect, it } from 'vitest';
import { batchValues, Meter, type MeterResults } from './meter.ts';

const results: MeterResults = { precision: (sums) => (sums[0] as number) / ((sums[0] as number) + (sums[1] as number)) };
const batches = [
  { of: 10, sums: { loss: [0.5], precision: [3, 1] } },
  { of: 2, sums: { loss: [2], precision: [0, 2] } },
];

describe('a meter', () => {
  it('takes what is listed as sums and everything else as means over samples', () => {
    const meter = new Meter(results);
    for (const { of, sums } of batches) meter.add(sums, of);
    expect(meter.values()).toEqual({ loss: (10 * 0.5 + 2 * 2) / 12, precision: 3 / 6 });
  });

  it('goes on exactly from its state as JSON', () => {
    const whole = new Meter(results),
      first = new Meter(results);
    for (const { of, sums } of batches) whole.add(sums, of);
    first.add(batches[0]?.sums ?? {}, 10);
    const second = new Meter(results, JSON.parse(JSON.stringify(first.state())));
    second.add(batches[1]?.sums ?? {}, 2);
    expect(second.state()).toEqual(whole.state());
  });

  it('reads one batch alone', () => expect(batchValues(results, batches[1]?.sums ?? {})).toEqual({ loss: 2, precision: 0 }));
});
