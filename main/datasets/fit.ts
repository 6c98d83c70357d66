// Brings a file's descriptor in line with the network that is to learn from it, where that changes no number: classes that the
// file happens to lack, whole-number targets of a regression. Built-in datasets need none of this.

import { analyze } from '../../shared/compile/index.ts';
import type { DatasetDescriptor } from '../../shared/datasets/descriptor.ts';
import type { Network } from '../../shared/network/network.ts';
import { formatShape, sizeOf } from '../../shared/tensor/types.ts';
import { dataError } from './dataError.ts';

const names = (count: number): string[] => Array.from({ length: count }, (_, i) => String(i));

/** How many numbers the network gives per sample; null where it gives none or several axes of them. */
function widthOf(network: Network, dataset: DatasetDescriptor): number | null {
  const { nodes, order } = analyze(network, { dataset });
  const shape = nodes[order.at(-1) ?? '']?.outputShape;
  return shape?.length === 1 ? (shape[0] as number) : null;
}

/** @throws NetwrightError of kind `data` where a sample has another number of values than the network's Input */
function checkInput(network: Network, dataset: DatasetDescriptor): void {
  const declared = network.nodes.find((node) => node.kind === 'input')?.parameters.shape;
  if (!Array.isArray(declared) || sizeOf(declared as number[]) === sizeOf(dataset.features.shape)) return;
  throw dataError(
    'data-shape',
    dataset.id,
    `A sample of ${dataset.title} is ${formatShape(dataset.features.shape)}, but the Input of “${network.name}” expects ${formatShape(declared as number[])}. Use data of that size, or set the Input's shape to automatic.`,
  );
}

/** The descriptor as this network reads it. */
export function fitToNetwork(dataset: DatasetDescriptor, network: Network): DatasetDescriptor {
  if (dataset.origin !== 'file') return dataset;
  checkInput(network, dataset);
  const width = widthOf(network, dataset);
  if (width === null || dataset.task === 'numbers') return dataset;
  const classes = dataset.classNames?.length ?? 2;
  if (width === 1 && classes > 2) {
    const { classNames: _, ...rest } = dataset;
    return { ...rest, task: 'numbers', labels: { ...dataset.labels, shape: [1] } };
  }
  return width > classes ? { ...dataset, task: 'classes', classNames: names(width), labels: { ...dataset.labels, shape: [] } } : dataset;
}
