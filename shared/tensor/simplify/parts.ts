// Simplifications of cutting and joining: what was cut is not joined again, what was joined is not cut again.

import { positiveAxis, withSize } from '../ops/shapes.ts';
import { type Instruction, sameShape, type Tensor } from '../types.ts';
import type { Rule, Rules, Scope } from './rule.ts';

const axisOf = ({ attributes, inputs }: Pick<Instruction, 'attributes' | 'inputs'>): number =>
  positiveAxis(attributes.axis as number, inputs[0]?.shape.length ?? 0, 'axis');

const joinOne: Rule = ({ inputs }) => (inputs.length === 1 ? inputs : null);
const cutOnce: Rule = ({ inputs, attributes }) => (attributes.parts === 1 ? inputs : null);

/** The split whose parts these are, all of them in order. */
function splitInto(parts: readonly (Tensor | undefined)[], { producer }: Scope): Instruction | undefined {
  const split = producer(parts[0], 'split');
  return split && split.outputs.length === parts.length && split.outputs.every((output, i) => output.id === parts[i]?.id) ? split : undefined;
}

/** concat(split(x)) = x. */
const joinWhatWasCut: Rule = (candidate, scope) => {
  const split = splitInto(candidate.inputs, scope);
  return split && axisOf(split) === axisOf(candidate) ? split.inputs : null;
};

/** Parts of size 1 whose axis was dropped before they are joined along the first: the axis moved to the front, then merged with the next. */
const joinDroppedAxis: Rule = (candidate, scope) => {
  const parts = candidate.inputs.map((input) => scope.producer(input, 'reshape')?.inputs[0]);
  const split = splitInto(parts, scope),
    [x] = split?.inputs ?? [],
    [type] = candidate.types,
    [first] = candidate.inputs;
  if (!split || !x || !type || !first || axisOf(candidate) !== 0) return null;
  const axis = axisOf(split),
    rest = x.shape.flatMap((_, i) => (i === axis ? [] : [i]));
  const dropped = rest.map((i) => x.shape[i] as number);
  if (x.shape[axis] !== split.outputs.length || !sameShape(first.shape, dropped)) return null;
  return [scope.builder.reshape(scope.builder.transpose(x, { permutation: [axis, ...rest] }), { shape: type.shape })];
};

/** split(concat(x, y, …)) = x, y, … where the cuts fall on the joints. */
const cutWhatWasJoined: Rule = (candidate, { producer }) => {
  const concat = producer(candidate.inputs[0], 'concat');
  const fits = concat && axisOf(concat) === axisOf(candidate) && concat.inputs.length === candidate.types.length;
  return fits && candidate.types.every((type, i) => sameShape(type.shape, concat.inputs[i]?.shape ?? [])) ? concat.inputs : null;
};

/** A slice that lies within one of the joined values is a slice of that. */
const sliceOneOfJoined: Rule = ({ inputs, attributes, types: [type] }, { builder, producer }) => {
  const concat = producer(inputs[0], 'concat');
  if (!concat || !type) return null;
  const axis = axisOf(concat),
    begin = attributes.begin as readonly number[];
  let start = begin[axis] as number;
  for (const x of concat.inputs) {
    const size = x.shape[axis] as number;
    if (start < size)
      return start + (type.shape[axis] as number) <= size ? [builder.slice(x, { begin: withSize(begin, axis, start), size: type.shape })] : null;
    start -= size;
  }
  return null;
};

export const partRules: Rules = {
  concat: [joinOne, joinWhatWasCut, joinDroppedAxis],
  split: [cutOnce, cutWhatWasJoined],
  slice: [sliceOneOfJoined],
};
