// The built-in datasets, in the order of the list. Their files are read in main/datasets; generated ones are computed from here.

import { blobs } from './blobs.ts';
import type { DatasetDescriptor } from './descriptor.ts';
import { and, or, xor } from './gates.ts';
import type { GeneratedDataset } from './generated.ts';
import { line } from './line.ts';
import { reverse } from './reverse.ts';
import { shapes } from './shapes.ts';
import { sine } from './sine.ts';
import { spirals } from './spirals.ts';

export const generatedDatasets: readonly GeneratedDataset[] = [xor, and, or, spirals, blobs, line, sine, reverse, shapes];

const digits = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'];
const greyImage = {
  task: 'classes',
  features: { name: 'image', shape: [28, 28], dtype: 'uint8', scale: 1 / 255 },
  labels: { name: 'class', shape: [], dtype: 'uint8' },
  look: 'image',
} as const satisfies Partial<DatasetDescriptor> & Record<string, unknown>;
const image = () => ({ ...greyImage, features: { ...greyImage.features, shape: [...greyImage.features.shape] }, labels: { ...greyImage.labels, shape: [] } });

const mnist: DatasetDescriptor = {
  ...image(),
  id: 'mnist',
  title: 'MNIST digits',
  about: 'Handwritten digits, 28 × 28 grey pixels. The first dataset of most courses.',
  classNames: digits,
  samples: { train: 60_000, test: 10_000 },
  source: 'Y. LeCun, C. Cortes, C. Burges: The MNIST database of handwritten digits',
  licence: 'CC BY-SA 3.0',
  origin: 'download',
};

const mnistSample: DatasetDescriptor = {
  ...mnist,
  id: 'mnist-sample',
  title: 'MNIST sample',
  about: 'A small part of the MNIST digits that comes with Netwright, for quick trials without a network.',
  samples: { train: 4000, test: 1000 },
  origin: 'bundled',
};

const fashionMnistMini: DatasetDescriptor = {
  ...image(),
  id: 'fashion-mnist-mini',
  title: 'Fashion-MNIST mini',
  about: 'Pictures of clothes, 28 × 28 grey pixels; 900 of the 70,000. Harder than digits.',
  classNames: ['T-shirt', 'Trouser', 'Pullover', 'Dress', 'Coat', 'Sandal', 'Shirt', 'Sneaker', 'Bag', 'Ankle boot'],
  samples: { train: 750, test: 150 },
  source: 'Zalando Research: Fashion-MNIST',
  licence: 'MIT',
  origin: 'bundled',
};

const alphabet = 'abcdefghijklmnopqrstuvwxyz';

const names: DatasetDescriptor = {
  id: 'names',
  title: 'Family names',
  about: 'Family names of eight languages, letter by letter, filled up with zeros. From which language is a name?',
  task: 'classes',
  features: { name: 'letters', shape: [12], dtype: 'uint8', symbols: ['', ...alphabet] },
  labels: { name: 'language', shape: [], dtype: 'uint8' },
  classNames: ['English', 'French', 'German', 'Italian', 'Japanese', 'Russian', 'Spanish', 'Czech'],
  samples: { train: 1600, test: 400 },
  look: 'table',
  source: 'Sean Robertson: Practical PyTorch',
  licence: 'MIT',
  origin: 'bundled',
};

const shakespeare: DatasetDescriptor = {
  id: 'shakespeare',
  title: 'Letters of Shakespeare',
  about: 'Windows of 32 letters out of Shakespeare’s plays. Which letter follows?',
  task: 'classes',
  features: { name: 'letters', shape: [32], dtype: 'uint8', symbols: [' ', ...alphabet, '.', ',', '’'] },
  labels: { name: 'next letter', shape: [], dtype: 'uint8' },
  classNames: ['blank', ...'abcdefghijklmnopqrstuvwxyz', 'full stop', 'comma', 'apostrophe'],
  samples: { train: 7648, test: 845 },
  look: 'table',
  source: 'William Shakespeare',
  licence: 'public domain',
  origin: 'bundled',
};

/** All built-in datasets. */
export const datasets: readonly DatasetDescriptor[] = [
  mnistSample,
  mnist,
  fashionMnistMini,
  names,
  shakespeare,
  ...generatedDatasets.map((set) => set.descriptor),
];

/** What comes with Netwright and stands in for a set that has to be downloaded first; null where nothing does. */
export const standInOf = (id: string | null): string | null => (id === 'mnist' ? 'mnist-sample' : null);

/** A built-in dataset by its id; undefined where there is none. */
export const datasetOf = (id: string): DatasetDescriptor | undefined => datasets.find((dataset) => dataset.id === id);
