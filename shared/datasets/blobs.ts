// Three round clouds of points: the easiest set with more than two classes.

import { type GeneratedDataset, generateRows, pointsDescriptor } from './generated.ts';

const centres = [
  [0, 1],
  [-0.87, -0.5],
  [0.87, -0.5],
] as const;
const spread = 0.3;

const descriptor = pointsDescriptor({
  id: 'blobs',
  title: 'Blobs',
  about: 'Three round clouds of points that touch a little. A single layer with softmax does well.',
  task: 'classes',
  classNames: ['top', 'left', 'right'],
  samples: { train: 900, test: 300 },
});

export const blobs: GeneratedDataset = {
  descriptor,
  generate: () =>
    generateRows(descriptor, (row, _, random) => {
      const label = row % centres.length;
      const [x, y] = centres[label] as (typeof centres)[number];
      return [[x + spread * random.normal(0), y + spread * random.normal(1)], label];
    }),
};
