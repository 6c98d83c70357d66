import { describe, expect, it } from 'vitest';
import { datasets, generatedDatasets } from './catalogue.ts';
import { datasetDescriptorSchema } from './descriptor.ts';

describe('the catalogue', () => {
  it.each(datasets.map((dataset) => [dataset.id, dataset] as const))('%s is described in full', (_, dataset) => {
    expect(datasetDescriptorSchema.parse(dataset)).toEqual(dataset);
    expect(dataset.about.length).toBeGreaterThan(20);
  });

  it('uses every id once', () => {
    expect(new Set(datasets.map((dataset) => dataset.id)).size).toBe(datasets.length);
  });
});

describe.each(generatedDatasets.map((set) => [set.descriptor.id, set] as const))('the generated set %s', (_, { descriptor, generate }) => {
  const { train, test } = generate();
  const width = descriptor.features.shape.reduce((product, size) => product * size, 1);

  it('has as many finite rows as it says', () => {
    for (const [part, count] of [
      [train, descriptor.samples.train],
      [test, descriptor.samples.test],
    ] as const) {
      expect(part.count).toBe(count);
      expect(part.features.length).toBe(count * width);
      expect(part.labels.length).toBe(count);
      expect([...part.features].every((value) => Number.isFinite(value) && Math.abs(value) < 5)).toBe(true);
    }
  });

  it('is the same every time, and its test part is not its training part', () => {
    expect(generate().train).toEqual(train);
    expect(test.features.slice(0, width)).not.toEqual(train.features.slice(0, width));
  });

  it('holds every class about equally often, also in the last tenth', () => {
    if (descriptor.task === 'numbers') return expect(new Set(train.labels).size).toBeGreaterThan(1000);
    const classes = descriptor.classNames?.length ?? 0;
    const tail = train.labels.slice(-train.count / 10);
    const share = (label: number) => tail.filter((value) => value === label).length / tail.length;
    for (let label = 0; label < classes; label++) expect(share(label)).toBeGreaterThan(0.2);
  });
});

describe('two spirals', () => {
  it('cannot be told apart by a straight line, but by the nearest neighbour', () => {
    const { train, test } = generatedDatasets.find((set) => set.descriptor.id === 'spirals')?.generate() ?? expect.fail('missing');
    const nearest = (x: number, y: number) => {
      let best = 0;
      let least = Number.POSITIVE_INFINITY;
      for (let i = 0; i < train.count; i++) {
        const distance = ((train.features[2 * i] as number) - x) ** 2 + ((train.features[2 * i + 1] as number) - y) ** 2;
        if (distance < least) [least, best] = [distance, i];
      }
      return train.labels[best];
    };
    let right = 0;
    for (let i = 0; i < test.count; i++) if (nearest(test.features[2 * i] as number, test.features[2 * i + 1] as number) === test.labels[i]) right++;
    expect(right / test.count).toBeGreaterThan(0.97);
  });
});
