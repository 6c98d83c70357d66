// Sums over named axes, Einstein's way of writing products: `abc,cd->abd`. Each letter is an axis; what stands in both terms is multiplied
// one to one, what the result leaves out is added up. Read here and written as permutations and one matrix product. No layer itself.

import type { Builder } from '../../tensor/builder.ts';
import { sizeOf, type Tensor } from '../../tensor/types.ts';
import { LayerError } from '../layer.ts';

export interface Equation {
  /** The letters of each input's axes, three dots for those that are not named. */
  readonly terms: readonly string[];
  readonly result: string;
}

const refusal = (what: string, why = 'Every axis has a letter, as in ab,bc->ac: what the result leaves out is added up.') =>
  new LayerError({ code: 'equation', parameter: 'equation', what, why });

/** @param inputs how many terms it must have @throws LayerError for what is no such equation */
export function equationOf(text: string, inputs: number): Equation {
  const plain = text.replaceAll(' ', '');
  const [left = '', result, ...more] = plain.split('->');
  const terms = left.split(',');
  const whole = (term: string) => /^(?:[a-zA-Z]*|[a-zA-Z]*\.\.\.[a-zA-Z]*)$/.test(term);
  if (result === undefined || more.length > 0 || ![...terms, result].every(whole)) throw refusal(`“${text}” is no equation of axes.`);
  if (terms.length !== inputs) throw refusal(`The equation has ${terms.length} ${terms.length === 1 ? 'term' : 'terms'}, but ${inputs} come together.`);
  for (const term of [...terms, result])
    if (new Set(term.replace('...', '')).size !== term.replace('...', '').length) throw refusal(`“${term}” names an axis twice.`);
  return { terms, result };
}

/** Signs for the axes that three dots stand for: no one writes them. */
const unnamed = '0123456789';

/** With a sign for every axis. @param ranks of the terms */
export function spelledOut({ terms, result }: Equation, ranks: readonly number[]): Equation {
  const open = terms.map((term, i) => (term.includes('...') ? (ranks[i] as number) - (term.length - 3) : 0));
  const spell = (term: string, count: number) => term.replace('...', unnamed.slice(0, Math.max(0, count)));
  const spelled = terms.map((term, i) => spell(term, open[i] as number));
  spelled.forEach((term, i) => {
    if (term.length !== ranks[i])
      throw new LayerError({
        code: 'rank',
        input: i,
        parameter: 'equation',
        what: `“${terms[i]}” names ${term.length} ${term.length === 1 ? 'axis' : 'axes'}, but ${ranks[i]} come in, the batch counted.`,
      });
  });
  return { terms: spelled, result: spell(result, Math.max(...open)) };
}

/** The size of each axis. @throws LayerError where two terms disagree */
function sizesIn(terms: readonly string[], tensors: readonly Tensor[]): ReadonlyMap<string, number> {
  const sizes = new Map<string, number>();
  terms.forEach((term, input) => {
    [...term].forEach((letter, axis) => {
      const size = tensors[input]?.shape[axis] as number;
      const known = sizes.get(letter) ?? size;
      sizes.set(letter, size);
      if (known !== size)
        throw new LayerError({
          code: 'shape-mismatch',
          input,
          parameter: 'equation',
          what: `The axis ${letter} has ${known} places in one term and ${size} in another.`,
          why: 'Values are multiplied one to one along an axis of both, so it needs the same size in each.',
        });
    });
  });
  return sizes;
}

/** The value of an equation whose axes are all spelled out, for one or two tensors. */
export function einsum(builder: Builder, { terms, result }: Equation, tensors: readonly Tensor[]): Tensor {
  const sizes = sizesIn(terms, tensors);
  const stranger = [...result].find((letter) => !sizes.has(letter));
  if (stranger) throw refusal(`The result has an axis ${stranger} that no term has.`);
  const needed = (letter: string, other: number) => result.includes(letter) || (terms[other] ?? '').includes(letter);
  const reduced = tensors.map((tensor, i) => withoutAxes(builder, tensor, terms[i] as string, (letter) => needed(letter, 1 - i)));
  const [first, second] = reduced as [Named, Named?];
  const value = second ? multiplied(builder, first, second, result, sizes) : first;
  return ordered(builder, value, result);
}

interface Named {
  readonly value: Tensor;
  readonly letters: string;
}

/** Added up over what is needed nowhere else. */
function withoutAxes(builder: Builder, value: Tensor, letters: string, isNeeded: (letter: string) => boolean): Named {
  const axes = [...letters].flatMap((letter, axis) => (isNeeded(letter) ? [] : [axis]));
  if (axes.length === 0) return { value, letters };
  return { value: builder.reduceSum(value, { axes, keepDims: false }), letters: [...letters].filter(isNeeded).join('') };
}

function ordered(builder: Builder, { value, letters }: Named, wanted: string): Tensor {
  const permutation = [...wanted].map((letter) => letters.indexOf(letter));
  return permutation.every((axis, i) => axis === i) ? value : builder.transpose(value, { permutation });
}

function multiplied(builder: Builder, a: Named, b: Named, result: string, sizes: ReadonlyMap<string, number>): Named {
  const isSummed = [...a.letters].some((letter) => b.letters.includes(letter) && !result.includes(letter));
  if (isSummed) return product(builder, a, b, result, sizes);
  // Nothing is added up: one to one, each lying along the axes of the result.
  const alongResult = (one: Named): Tensor => {
    const own = [...result].filter((letter) => one.letters.includes(letter)).join('');
    return builder.reshape(ordered(builder, one, own), { shape: [...result].map((letter) => (own.includes(letter) ? (sizes.get(letter) as number) : 1)) });
  };
  return { value: builder.multiply(alongResult(a), alongResult(b)), letters: result };
}

/** One matrix product: what is in both and the result stands apart, what is in both alone is added up. */
function product(builder: Builder, a: Named, b: Named, result: string, sizes: ReadonlyMap<string, number>): Named {
  const both = [...a.letters].filter((letter) => b.letters.includes(letter));
  const apart = both.filter((letter) => result.includes(letter)),
    summed = both.filter((letter) => !result.includes(letter));
  const ofA = [...a.letters].filter((letter) => !both.includes(letter)),
    ofB = [...b.letters].filter((letter) => !both.includes(letter));
  const count = (letters: readonly string[]) => sizeOf(letters.map((letter) => sizes.get(letter) as number));
  const matrix = (one: Named, letters: readonly (readonly string[])[]) =>
    builder.reshape(ordered(builder, one, letters.flat().join('')), { shape: [...(apart.length > 0 ? [count(apart)] : []), ...letters.slice(1).map(count)] });
  const value = builder.matMul(matrix(a, [apart, ofA, summed]), matrix(b, [apart, summed, ofB]));
  const letters = [...apart, ...ofA, ...ofB];
  return { value: builder.reshape(value, { shape: letters.map((letter) => sizes.get(letter) as number) }), letters: letters.join('') };
}
