// Two spirals wound into each other (K. Lang, M. Witbrock, 1988): the classic hard case for small networks.

import { type GeneratedDataset, generateRows, pointsDescriptor } from './generated.ts';

const turns = 1.75;

const descriptor = pointsDescriptor({
  id: 'spirals',
  title: 'Two spirals',
  about: 'Points on two arms wound into each other. Needs two hidden layers or many units.',
  task: 'binary',
  classNames: ['first arm', 'second arm'],
  samples: { train: 1000, test: 400 },
});

export const spirals: GeneratedDataset = {
  descriptor,
  generate: () =>
    generateRows(descriptor, (row, _, random) => {
      const arm = row & 1;
      // Drawn, not stepped through: the share split off for validation, taken from the end, must cover both arms whole.
      const along = Math.sqrt(random.uniform(0));
      const angle = along * turns * 2 * Math.PI + arm * Math.PI;
      return [[along * Math.cos(angle) + 0.02 * random.normal(1), along * Math.sin(angle) + 0.02 * random.normal(2)], arm];
    }),
};
