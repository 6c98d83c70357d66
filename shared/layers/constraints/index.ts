// A kernel's constraint as parameters of a layer, and how Keras writes it.

import { choice, number } from '../../lib/fields.ts';
import type { Constraint } from './constraint.ts';

export { type Constraint, constrained } from './constraint.ts';

const norm = { min: 0, max: 1000, sliderMax: 5, level: 'advanced' } as const;

export const kernelConstraintFields = {
  kernelConstraint: choice({
    label: 'Kernel constraint',
    help: 'What the weights are brought back to after every step.',
    choices: [
      { value: 'none', label: 'none' },
      { value: 'maxNorm', label: 'largest norm', help: 'The weights of a unit are never longer than the largest norm. Often used with dropout.' },
      { value: 'nonNeg', label: 'not negative', help: 'Weights below 0 become 0.' },
      { value: 'unitNorm', label: 'norm 1', help: 'The weights of a unit always have the length 1.' },
      { value: 'minMaxNorm', label: 'norm between', help: 'The length of a unit’s weights is drawn between the smallest and the largest norm.' },
    ],
    level: 'advanced',
    default: 'none',
  }),
  kernelNormMin: number({ ...norm, label: 'Smallest norm', help: 'For “norm between”.', default: 0 }),
  kernelNormMax: number({ ...norm, label: 'Largest norm', help: 'For “largest norm” and “norm between”.', default: 2 }),
  kernelNormRate: number({
    label: 'Norm rate',
    help: 'For “norm between”: 1 puts the norm inside at once, less draws it nearer at each step.',
    min: 0,
    max: 1,
    level: 'advanced',
    default: 1,
  }),
  kernelNormAxes: choice({
    label: 'Norm over',
    help: 'Which weights are taken together for one norm.',
    choices: [
      { value: 'first', label: 'first axis', help: 'Keras’ own: for a dense layer the weights of a unit.' },
      { value: 'unit', label: 'all but the last axis', help: 'All weights of a unit or filter, of a convolution too.' },
      { value: 'last', label: 'last axis', help: 'For a dense layer the weights that leave one of its inputs.' },
      { value: 'all', label: 'all axes', help: 'One norm for the whole kernel.' },
    ],
    level: 'advanced',
    default: 'first',
  }),
};
export interface KernelConstraint {
  readonly kernelConstraint: 'none' | Constraint['kind'];
  readonly kernelNormMin: number;
  readonly kernelNormMax: number;
  readonly kernelNormRate: number;
  readonly kernelNormAxes: 'first' | 'unit' | 'last' | 'all';
}

const allButLast = (rank: number): number[] => Array.from({ length: rank - 1 }, (_, axis) => axis);

const axesOf: Readonly<Record<KernelConstraint['kernelNormAxes'], (rank: number) => number[]>> = {
  first: () => [0],
  unit: allButLast,
  last: (rank) => [rank - 1],
  all: (rank) => [...allButLast(rank), rank - 1],
};

/** The constraint of a kernel with so many axes; undefined where there is none. */
export function constraintOf(p: KernelConstraint, rank: number): Constraint | undefined {
  const axes = axesOf[p.kernelNormAxes](rank);
  switch (p.kernelConstraint) {
    case 'none':
      return undefined;
    case 'nonNeg':
      return { kind: 'nonNeg' };
    case 'unitNorm':
      return { kind: 'unitNorm', axes };
    case 'maxNorm':
      return { kind: 'maxNorm', axes, max: p.kernelNormMax };
    case 'minMaxNorm':
      return { kind: 'minMaxNorm', axes, min: p.kernelNormMin, max: p.kernelNormMax, rate: p.kernelNormRate };
  }
}

type Config = Readonly<Record<string, unknown>>;
const classNames = { nonNeg: 'NonNeg', unitNorm: 'UnitNorm', maxNorm: 'MaxNorm', minMaxNorm: 'MinMaxNorm' } as const;

/** Keras' object; null without a constraint. */
export function constraintToKeras(p: KernelConstraint, rank: number): Config | null {
  const constraint = constraintOf(p, rank);
  if (!constraint) return null;
  const object = (config: Config) => ({ module: 'keras.constraints', class_name: classNames[constraint.kind], config, registered_name: null });
  if (constraint.kind === 'nonNeg') return object({});
  const axis = constraint.axes.length === 1 ? constraint.axes[0] : constraint.axes;
  if (constraint.kind === 'unitNorm') return object({ axis });
  if (constraint.kind === 'maxNorm') return object({ max_value: constraint.max, axis });
  return object({ min_value: constraint.min, max_value: constraint.max, rate: constraint.rate, axis });
}

/** Our parameters for a constraint in a Keras configuration; null for one that is not in the list, or over other axes. */
export function constraintOfKeras(value: unknown, rank: number): Partial<KernelConstraint> | null {
  if (value === null || value === undefined) return { kernelConstraint: 'none' };
  const { class_name: name, config = {} } = (typeof value === 'string' ? { class_name: value } : value) as { class_name?: unknown; config?: Config };
  const plain = typeof name === 'string' ? name.replaceAll('_', '').toLowerCase() : '';
  const kind = Object.entries(classNames).find(([, own]) => own.toLowerCase() === plain)?.[0] as Constraint['kind'] | undefined;
  if (!kind || kind === 'nonNeg') return kind ? { kernelConstraint: kind } : null;
  const axes = axesOfKeras(config.axis ?? 0, rank);
  return axes && { kernelConstraint: kind, kernelNormAxes: axes, ...normsOfKeras(kind, config) };
}

/** What Keras takes where a number is left out. */
function normsOfKeras(kind: Constraint['kind'], { min_value = 0, max_value, rate = 1 }: Config): Partial<KernelConstraint> {
  if (kind === 'maxNorm') return { kernelNormMax: (max_value ?? 2) as number };
  if (kind === 'unitNorm') return {};
  return { kernelNormMin: min_value as number, kernelNormMax: (max_value ?? 1) as number, kernelNormRate: rate as number };
}

/** Axes in Keras' files may be counted from the end. */
function axesOfKeras(axis: unknown, rank: number): KernelConstraint['kernelNormAxes'] | null {
  const given = (Array.isArray(axis) ? axis : [axis]).map((one) => (typeof one === 'number' && one < 0 ? one + rank : one)).sort();
  const known = Object.entries(axesOf).find(([, axes]) => JSON.stringify(axes(rank)) === JSON.stringify(given));
  return (known?.[0] ?? null) as KernelConstraint['kernelNormAxes'] | null;
}
