// The data as NumPy code: `x_train`, `y_train`, `x_test`, `y_test` in the shapes that the network and its losses take. Sets that Keras can
// fetch are fetched; those that follow a rule are made by the same rule; others are read from a file, with words about what it must hold.

import { featureColumns, labelColumns, weightColumns } from '../datasets/columns.ts';
import type { OutputObjective } from '../compile/index.ts';
import type { DatasetDescriptor, DatasetTensor } from '../datasets/descriptor.ts';
import { classCount } from '../datasets/columns.ts';
import { sameShape, type Shape, sizeOf } from '../tensor/types.ts';
import { comment, python } from './python.ts';

const PARTS = ['train', 'test'] as const;

const fetched = (name: string, words: string): string[] => [...comment(words), `(x_train, y_train), (x_test, y_test) = keras.datasets.${name}.load_data()`];

/** Sets made by a rule: the lines of a function of the number of rows. */
const rules: Readonly<Record<string, readonly string[]>> = {
  blobs: [
    'label = np.arange(rows) % 3',
    'centres = np.array([[0, 1], [-0.87, -0.5], [0.87, -0.5]])',
    'return centres[label] + 0.3 * rng.normal(size=(rows, 2)), label',
  ],
  spirals: [
    'arm = np.arange(rows) % 2',
    'along = np.sqrt(rng.uniform(size=rows))',
    'angle = along * 1.75 * 2 * np.pi + arm * np.pi',
    'points = np.stack([along * np.cos(angle), along * np.sin(angle)], axis=1)',
    'return points + 0.02 * rng.normal(size=(rows, 2)), arm',
  ],
  sine: [
    'phase = 2 * np.pi * rng.uniform(size=(rows, 1))',
    'period = 12 + 12 * rng.uniform(size=(rows, 1))',
    'wave = np.sin(phase + 2 * np.pi * np.arange(25) / period)',
    'windows = wave[:, :24] + 0.08 * rng.normal(size=(rows, 24))',
    'return windows[..., None], wave[:, 24:]',
  ],
  ...Object.fromEntries(
    (
      [
        ['and', 'a & b'],
        ['or', 'a | b'],
        ['xor', 'a ^ b'],
      ] as const
    ).map(([id, truth]) => [
      id,
      [
        'a, b = np.arange(rows) & 1, (np.arange(rows) >> 1) & 1',
        'corners = np.stack([a, b], axis=1)',
        `return corners + 0.1 * rng.normal(size=(rows, 2)), ${truth}`,
      ],
    ]),
  ),
};

function made(dataset: DatasetDescriptor, rule: readonly string[], seed: number): string[] {
  const { train, test } = dataset.samples;
  return [
    ...comment(`${dataset.title}: the rule of Netwright's set, with NumPy's own random numbers.`),
    `rng = np.random.default_rng(${seed})`,
    ...['', '', 'def samples(rows):', ...rule.map((line) => `    ${line}`), '', ''],
    `x_train, y_train = samples(${train})`,
    `x_test, y_test = samples(${test})`,
  ];
}

/** The names under which a file of arrays holds so many columns: `x`, or `x0`, `x1`. */
const arrayNames = (letter: string, count: number): string[] => (count === 1 ? [letter] : Array.from({ length: count }, (_, i) => `${letter}${i}`));
const list = (texts: readonly string[]): string => (texts.length === 1 ? (texts[0] as string) : `[${texts.join(', ')}]`);

function fromFile(dataset: DatasetDescriptor): string[] {
  const names = { x: arrayNames('x', featureColumns(dataset).length), y: arrayNames('y', labelColumns(dataset).length) };
  const weights = weightColumns(dataset).map(({ name }) => name);
  const columns = [...featureColumns(dataset), ...labelColumns(dataset), ...weightColumns(dataset)];
  const all = [...names.x, ...names.y, ...weights].map((name, i) => `${name} (${columns[i]?.name}, ${['samples', ...(columns[i]?.shape ?? [])].join(' × ')})`);
  const loaded = (letter: 'x' | 'y', part: string) =>
    `${letter}_${part} = ${list(names[letter].map((name) => `data["${name}${part === 'test' ? '_test' : ''}"]`))}`;
  return [
    ...comment(`${dataset.title} as NumPy arrays: ${all.join(', ')}; the same with _test for the samples kept apart.`),
    `data = np.load(${python(`${dataset.id}.npz`)})`,
    ...PARTS.flatMap((part) => [loaded('x', part), loaded('y', part)]),
    ...(weights.length > 0 ? [`w_train = ${list(weights.map((name) => `data["${name}"]`))}`] : []),
  ];
}

function source(dataset: DatasetDescriptor, seed: number): string[] {
  if (dataset.id === 'mnist') return fetched('mnist', 'MNIST: 60,000 digits to train, 10,000 to test.');
  if (dataset.id === 'mnist-sample') return fetched('mnist', "All of MNIST; Netwright's sample is 4,000 of these 60,000 digits, and 1,000 to test.");
  if (dataset.id === 'fashion-mnist-mini') return fetched('fashion_mnist', "All of Fashion-MNIST; Netwright's set is 900 of these 70,000 pictures.");
  const rule = rules[dataset.id];
  return rule ? made(dataset, rule, seed) : fromFile(dataset);
}

/** ` / 255.0`, ` * 2.0 - 1.0`, … */
function scaling({ scale = 1, offset = 0 }: DatasetTensor): string {
  const inverse = Math.round(1 / scale);
  const factor = scale === 1 ? '' : Math.abs(inverse * scale - 1) < 1e-12 ? ` / ${python(inverse, true)}` : ` * ${python(scale, true)}`;
  return factor + (offset === 0 ? '' : offset > 0 ? ` + ${python(offset, true)}` : ` - ${python(-offset, true)}`);
}

/** An array as the network takes it. */
function fed(expression: string, column: DatasetTensor, shape: Shape): string {
  const scaled = `${expression}.astype("float32")${scaling(column)}`;
  if (sameShape(column.shape, shape) || sizeOf(shape) === 0) return scaled;
  const whole = scaling(column) === '' ? scaled : `(${scaled})`;
  return `${whole}.reshape(-1, ${shape.join(', ')})`;
}

/** An array as the loss takes it. */
function asked(expression: string, { target, loss, shape }: OutputObjective): string {
  if (target.task === 'numbers') return fed(expression, target, shape);
  if (loss.labels === 'classes') return `${expression}.astype("int32")`;
  if (target.task === 'classes' || loss.labels === 'oneHot') return `keras.utils.to_categorical(${expression}, ${classCount(target)})`;
  return `${expression}.reshape(-1, ${shape.join(', ')}).astype("float32")`;
}

interface Ask {
  readonly dataset: DatasetDescriptor;
  readonly objectives: readonly OutputObjective[];
  /** The shape that each Input takes, with the column that feeds it. */
  readonly inputs: readonly { readonly shape: Shape; readonly column: DatasetTensor & { readonly key: string } }[];
  readonly seed: number;
  readonly limit: number | null;
}

/** `x_train[0]` of several, `x_train` of one. */
function pick(letter: 'x' | 'y', part: string, keys: readonly string[], key: string): string {
  return keys.length === 1 ? `${letter}_${part}` : `${letter}_${part}[${keys.indexOf(key)}]`;
}

/** All lines, from nothing to arrays that `fit` takes. */
export function dataLines({ dataset, objectives, inputs, seed, limit }: Ask): string[] {
  const features = featureColumns(dataset).map(({ key }) => key);
  const labels = labelColumns(dataset).map(({ key }) => key);
  const cut = limit === null ? '' : `[:${limit}]`;
  const prepared = PARTS.flatMap((part) => {
    const end = part === 'train' ? cut : '';
    const x = inputs.map(({ column, shape }) => fed(`${pick('x', part, features, column.key)}${end}`, column, shape));
    const y = objectives.map((one) => {
      const { target } = one;
      return asked(`${pick(target.reconstruction ? 'x' : 'y', part, target.reconstruction ? features : labels, target.key)}${end}`, one);
    });
    return [`x_${part}, y_${part} = ${list(x)}, ${list(y)}`];
  });
  return [...source(dataset, seed), ...prepared];
}
