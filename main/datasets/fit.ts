// Brings a file's descriptor in line with the network that is to learn from it, where that changes no number: classes that the
// file happens to lack, whole-number targets of a regression. Built-in datasets need none of this.

import { analyze, bindingsOf, graphOf } from '../../shared/compile/index.ts';
import { answersOf, labelColumns, type LabelColumn } from '../../shared/datasets/columns.ts';
import type { DatasetDescriptor } from '../../shared/datasets/descriptor.ts';
import type { Network } from '../../shared/network/network.ts';
import { sparseCategoricalCrossentropy } from '../../shared/training/losses/sparseCategoricalCrossentropy.ts';
import { formatShape, type Shape, sizeOf } from '../../shared/tensor/types.ts';
import { dataError } from './dataError.ts';

const names = (count: number): string[] => Array.from({ length: count }, (_, i) => String(i));

/** @throws NetwrightError of kind `data` where a sample has another number of values than the network's Input */
function checkInputs(network: Network, dataset: DatasetDescriptor, inputs: ReturnType<typeof bindingsOf>['inputs']): void {
  for (const { one, column } of inputs) {
    const declared = one.node.parameters['shape'];
    if (!column || !Array.isArray(declared) || sizeOf(declared as number[]) === sizeOf(column.shape)) continue;
    throw dataError(
      'data-shape',
      dataset.id,
      `A sample of ${dataset.title} is ${formatShape(column.shape)}, but the Input of “${network.name}” expects ${formatShape(declared as number[])}. Use data of that size, or set the Input's shape to automatic.`,
    );
  }
}

/** What of the training says how labels are read. */
interface LossSettings {
  readonly loss?: string | undefined;
  readonly lossParameters?: Readonly<Record<string, unknown>> | undefined;
}

/** Whether labels of one class, of whatever number (255, −1), are left out: then the network says how many classes there are. */
const leavesOut = ({ loss, lossParameters }: LossSettings): boolean =>
  loss === sparseCategoricalCrossentropy.id && typeof lossParameters?.['ignoreClass'] === 'number';

/** The column as an output of this shape reads it. */
function fitted(column: LabelColumn, output: Shape, settings: LossSettings): LabelColumn {
  if (leavesOut(settings)) return asClasses(column, output);
  if (column.task === 'numbers') return counted(column, output, settings);
  const { classNames = names(2), ...rest } = column;
  const width = output.at(-1) ?? 1;
  const answers = sizeOf(column.shape);
  // As many numbers as answers: each answer is a number; two classes may be told by one.
  if (sizeOf(output) === answers) return classNames.length === 2 ? column : { ...rest, task: 'numbers', shape: [...output] };
  if (sizeOf(output) !== answers * width || width < classNames.length) return column;
  if (width === classNames.length && column.task === 'classes') return places(column, output);
  return places({ ...column, task: 'classes', classNames: [...classNames, ...names(width).slice(classNames.length)] }, output);
}

/** Answers in the places that the output has for them, where the two differ in axes of one place alone. */
function places(column: LabelColumn, output: Shape): LabelColumn {
  const asked = output.slice(0, -1),
    answers = answersOf(column);
  const [own, theirs] = [answers, asked].map((shape) => shape.filter((size) => size !== 1));
  if (String(own) !== String(theirs)) return column;
  const isSame = String(answers) === String(asked);
  if (isSame) return answers.length === column.shape.length ? column : { ...column, shape: [...answers] };
  // A last axis of one place would be taken for the label's own.
  return { ...column, shape: asked.at(-1) === 1 ? [...asked, 1] : asked };
}

/** Whole numbers as classes where the output has a place for each of them at every answer: as numbers they would not fit. */
function counted({ below, ...column }: LabelColumn, output: Shape, { loss }: LossSettings): LabelColumn {
  const width = output.at(-1) ?? 1;
  const asIs = below === undefined ? column : { ...column, below };
  if (below === undefined || width < 2 || sizeOf(output) !== sizeOf(column.shape) * width) return asIs;
  if (below <= width) return { ...column, task: 'classes', shape: output.slice(0, -1), classNames: names(width) };
  if (loss !== sparseCategoricalCrossentropy.id) return asIs;
  throw dataError(
    'label-range',
    column.key,
    `The labels “${column.name}” go up to ${below - 1}, but the network tells ${width} classes apart: 0 to ${width - 1}. Give its last layer ${below} units, or check the labels.`,
  );
}

/** Whole numbers as classes of the output, one for each of its places; as it is where they are none. */
function asClasses({ classNames: _, ...column }: LabelColumn, output: Shape): LabelColumn {
  const places = output.slice(0, -1);
  const isWhole = column.dtype === 'int32' || column.dtype === 'uint8';
  return isWhole && sizeOf(column.shape) === sizeOf(places) ? { ...column, task: 'classes', shape: places, classNames: names(output.at(-1) ?? 1) } : column;
}

/** The descriptor with other label columns of the same order. */
function withLabels(dataset: DatasetDescriptor, columns: readonly LabelColumn[]): DatasetDescriptor {
  const [first, ...others] = columns.map(({ key: _, classNames, ...column }) => ({
    ...column,
    shape: [...column.shape],
    ...(classNames && { classNames: [...classNames] }),
  }));
  if (!first) return dataset;
  const { classNames: _, ...rest } = dataset;
  const { task, classNames, ...labels } = first;
  return { ...rest, task, labels, ...(classNames && { classNames }), ...(others.length > 0 && { moreLabels: others }) };
}

/** The descriptor as this network, trained so, reads it. */
export function fitToNetwork(dataset: DatasetDescriptor, network: Network, settings: LossSettings): DatasetDescriptor {
  if (dataset.origin !== 'file') return dataset;
  const { inputs, outputs } = bindingsOf(graphOf(network), dataset);
  checkInputs(network, dataset, inputs);
  const { nodes } = analyze(network, { dataset });
  const read = new Map(
    outputs.map(({ one, column }) => [column?.key, { shape: nodes[one.node.id]?.outputShape, trained: one.node.output?.loss ? one.node.output : settings }]),
  );
  const columns = labelColumns(dataset);
  const fit = columns.map((column) => {
    const { shape, trained = settings } = read.get(column.key) ?? {};
    return shape ? fitted(column, shape, trained) : column;
  });
  return fit.every((column, i) => column === columns[i]) ? dataset : withLabels(dataset, fit);
}
