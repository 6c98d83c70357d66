import { describe, expect, it } from 'vitest';
import { datasets, generatedDatasets } from './catalogue.ts';
import { type DatasetPart, datasetDescriptorSchema } from './descriptor.ts';

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
  const features = (part: DatasetPart) => part.columns[`features/${descriptor.features.name}`] as Float32Array;
  const labels = (part: DatasetPart) => part.columns[`labels/${descriptor.labels.name}`] as Float32Array | Uint8Array;
  const { train, test } = generate();
  const width = descriptor.features.shape.reduce((product, size) => product * size, 1);
  const answers = descriptor.labels.shape.reduce((product, size) => product * size, 1);

  it('has as many finite rows as it says', () => {
    for (const [part, count] of [
      [train, descriptor.samples.train],
      [test, descriptor.samples.test],
    ] as const) {
      expect(part.count).toBe(count);
      expect(features(part).length).toBe(count * width);
      expect(labels(part).length).toBe(count * answers);
      expect([...features(part)].every((value) => Number.isFinite(value) && Math.abs(value) < 8)).toBe(true);
    }
  });

  it('is the same every time, and its test part is not its training part', () => {
    expect(generate().train).toEqual(train);
    expect(features(test).slice(0, width)).not.toEqual(features(train).slice(0, width));
  });

  it('holds every class about equally often, also in the last tenth', () => {
    if (descriptor.task === 'numbers') return expect(new Set(labels(train)).size).toBeGreaterThan(1000);
    const classes = descriptor.classNames?.length ?? 0;
    // Where every sample asks many times, classes have their own shares: a shape is smaller than its background.
    const least = answers === 1 ? 0.2 : 0.1;
    const tail = labels(train).slice((-train.count * answers) / 10);
    const share = (label: number) => tail.filter((value) => value === label).length / tail.length;
    for (let label = 0; label < classes; label++) expect(share(label)).toBeGreaterThan(least);
  });
});

describe('two spirals', () => {
  it('cannot be told apart by a straight line, but by the nearest neighbour', () => {
    const { train, test } = generatedDatasets.find((set) => set.descriptor.id === 'spirals')?.generate() ?? expect.fail('missing');
    const of = (part: DatasetPart) => [part.columns['features/point'] as Float32Array, part.columns['labels/class'] as Uint8Array] as const;
    const [points, sorts] = of(train);
    const [testPoints, testSorts] = of(test);
    const nearest = (x: number, y: number) => {
      let best = 0;
      let least = Number.POSITIVE_INFINITY;
      for (let i = 0; i < train.count; i++) {
        const distance = ((points[2 * i] as number) - x) ** 2 + ((points[2 * i + 1] as number) - y) ** 2;
        if (distance < least) [least, best] = [distance, i];
      }
      return sorts[best];
    };
    let right = 0;
    for (let i = 0; i < test.count; i++) if (nearest(testPoints[2 * i] as number, testPoints[2 * i + 1] as number) === testSorts[i]) right++;
    expect(right / test.count).toBeGreaterThan(0.97);
  });
});
