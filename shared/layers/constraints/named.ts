// A weight's constraint as one parameter of a layer: its kind, with the numbers of its own. (The kernel of a layer with one kernel has a
// parameter for each number instead: constraints/index.ts.)

import { choice, type Field, type Fields, type Nested, nestedOfShort, number, schemaOf, shortNested, shortOf } from '../../lib/fields.ts';
import { type Constraint, constraintOf, constraintOfKeras, constraintToKeras, type KernelConstraint, kernelConstraintFields } from './index.ts';

const norm = (label: string, usual: number) => number({ label, min: 0, max: 1000, sliderMax: 5, default: usual });
const rate = number({ label: 'Rate', help: '1 puts the norm inside at once, less draws it nearer at each step.', min: 0, max: 1, default: 1 });
const axes = choice({ label: 'Norm over', help: 'Which weights are taken together for one norm.', choices: axisChoices(), default: 'first' });

function axisChoices() {
  return [
    { value: 'first', label: 'first axis' },
    { value: 'unit', label: 'all but the last axis' },
    { value: 'last', label: 'last axis' },
    { value: 'all', label: 'all axes' },
  ] as const;
}

type Kind = KernelConstraint['kernelConstraint'];
/** Numbers of each kind; `axes` only for weights of several axes. */
const own: Readonly<Record<Kind, Fields>> = {
  none: {},
  nonNeg: {},
  maxNorm: { max: norm('Largest norm', 2) },
  unitNorm: {},
  minMaxNorm: { min: norm('Smallest norm', 0), max: norm('Largest norm', 1), rate },
};
const hasNorm = (kind: string): boolean => kind === 'maxNorm' || kind === 'unitNorm' || kind === 'minMaxNorm';
const overAxes = Object.fromEntries(Object.entries(own).map(([kind, fields]) => [kind, hasNorm(kind) ? { ...fields, axes } : fields]));
const fieldsOf = (kind: string, several: boolean): Fields => (several ? overAxes : own)[kind as Kind] ?? {};

export type ConstraintValue = Kind | Nested;

/** @param several whether the weight has more than one axis */
export const constraintField = (label: string, several: boolean): Field<ConstraintValue> =>
  shortNested({
    label,
    help: 'What the weights are brought back to after every step.',
    level: 'advanced',
    choices: (kernelConstraintFields.kernelConstraint as Extract<Field<Kind>, { kind: 'choice' }>).choices,
    fieldsOf: (kind) => fieldsOf(kind, several),
    default: 'none',
  });

function spelledOut(value: ConstraintValue): KernelConstraint {
  const { kind, parameters } = nestedOfShort(value);
  const p = schemaOf(fieldsOf(kind, true)).parse(parameters) as Readonly<Record<string, number | KernelConstraint['kernelNormAxes'] | undefined>>;
  return {
    kernelConstraint: kind as Kind,
    kernelNormMin: (p['min'] ?? 0) as number,
    kernelNormMax: (p['max'] ?? 0) as number,
    kernelNormRate: (p['rate'] ?? 1) as number,
    kernelNormAxes: (p['axes'] ?? 'first') as KernelConstraint['kernelNormAxes'],
  };
}

/** The constraint of a weight with so many axes; undefined where there is none. */
export const constraintNamed = (value: ConstraintValue, rank: number): Constraint | undefined => constraintOf(spelledOut(value), rank);

/** Keras' object; null without a constraint. */
export const namedToKeras = (value: ConstraintValue, rank: number) => constraintToKeras(spelledOut(value), rank);

/** And back; null for one that is not in the list, or over other axes. */
export function namedOfKeras(value: unknown, rank: number): ConstraintValue | null {
  const read = constraintOfKeras(value, rank);
  if (!read) return null;
  const kind = read.kernelConstraint ?? 'none';
  const given = { min: read.kernelNormMin, max: read.kernelNormMax, rate: read.kernelNormRate, axes: read.kernelNormAxes };
  const fields = fieldsOf(kind, rank > 1);
  const changed = Object.entries(given).filter(([name, one]) => one !== undefined && name in fields && one !== fields[name]?.default);
  return shortOf({ kind, parameters: Object.fromEntries(changed) }) as ConstraintValue;
}
