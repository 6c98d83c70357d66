// AND, OR and XOR: the four corners of a square with a little noise, so that there is something to train on.
// A single step unit learns the first two and cannot learn the third.

import { type GeneratedDataset, generateRows, pointsDescriptor } from './generated.ts';

const noise = 0.1;

function gate(id: 'and' | 'or' | 'xor', title: string, about: string, truth: (a: number, b: number) => boolean): GeneratedDataset {
  const descriptor = pointsDescriptor({ id, title, about, task: 'binary', classNames: ['false', 'true'], samples: { train: 400, test: 200 } });
  return {
    descriptor,
    generate: () =>
      generateRows(descriptor, (row, _, random) => {
        const a = row & 1;
        const b = (row >> 1) & 1;
        return [[a + noise * random.normal(0), b + noise * random.normal(1)], truth(a, b) ? 1 : 0];
      }),
  };
}

export const and = gate(
  'and',
  'AND gate',
  'Two inputs that are both on, with a little noise. One straight line separates the classes.',
  (a, b) => a === 1 && b === 1,
);
export const or = gate(
  'or',
  'OR gate',
  'Two inputs of which at least one is on, with a little noise. One straight line separates the classes.',
  (a, b) => a === 1 || b === 1,
);
export const xor = gate(
  'xor',
  'XOR',
  'Exactly one of two inputs is on, with a little noise. No straight line separates the classes: it takes a hidden layer.',
  (a, b) => a !== b,
);
