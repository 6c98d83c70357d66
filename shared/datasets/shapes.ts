// Small noisy pictures of a disc or a square, and for every pixel whether it belongs to it: a first segmentation.

import { normalAt, randomKey, uniformAt } from '../lib/random.ts';
import type { DatasetDescriptor, DatasetPart } from './descriptor.ts';
import type { GeneratedDataset } from './generated.ts';

const size = 16;
const noise = 0.3;

const descriptor: DatasetDescriptor = {
  id: 'shapes',
  title: 'Shapes to cut out',
  about: `Noisy pictures of ${size} × ${size} pixels with a disc or a square; for every pixel it is asked whether it belongs to the shape.`,
  task: 'binary',
  features: { name: 'image', shape: [size, size, 1], dtype: 'float32' },
  labels: { name: 'mask', shape: [size, size, 1], dtype: 'uint8' },
  classNames: ['background', 'shape'],
  samples: { train: 800, test: 200 },
  look: 'image',
  source: 'Computed by Netwright from a fixed seed',
  licence: 'CC0-1.0',
  origin: 'generated',
};

/** Whether a pixel belongs to the shape of a row. */
function shapeOf(key: number, row: number): (x: number, y: number) => boolean {
  const number = (index: number, low: number, high: number) => low + (high - low) * uniformAt(key, row * 8 + index);
  const radius = number(0, 2.5, 5),
    centreX = number(1, radius, size - 1 - radius),
    centreY = number(2, radius, size - 1 - radius);
  if (number(3, 0, 1) < 0.5) return (x, y) => Math.hypot(x - centreX, y - centreY) <= radius;
  return (x, y) => Math.max(Math.abs(x - centreX), Math.abs(y - centreY)) <= radius * 0.85;
}

function part(name: 'train' | 'test'): DatasetPart {
  const count = descriptor.samples[name];
  const key = randomKey('generated', descriptor.id, name);
  const pixels = size * size;
  const image = new Float32Array(count * pixels),
    mask = new Uint8Array(count * pixels);
  for (let row = 0; row < count; row++) {
    const belongs = shapeOf(key, row);
    for (let i = 0; i < pixels; i++) {
      const at = row * pixels + i;
      mask[at] = belongs(i % size, Math.floor(i / size)) ? 1 : 0;
      image[at] = Math.min(Math.max(0.25 + 0.5 * (mask[at] as number) + noise * normalAt(randomKey(key, 'noise'), at), 0), 1);
    }
  }
  return { count, columns: { 'features/image': image, 'labels/mask': mask } };
}

export const shapes: GeneratedDataset = { descriptor, generate: () => ({ train: part('train'), test: part('test') }) };
