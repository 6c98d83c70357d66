// EinsumDense: a Dense layer whose product is written as an equation of axes, for features along several axes or another one than the last.

import { shape, text, type Values } from '../../lib/fields.ts';
import { activationField, activationTitle } from '../activations/index.ts';
import { einsum, type Equation, equationOf, spelledOut } from '../merging/einsumming.ts';
import { held } from '../holding.ts';
import { initializerField } from '../initializers/index.ts';
import { LayerError, layer, only } from '../layer.ts';
import { activated, kernelPenaltyFields, kernelPenaltyKeras, regularizedWeight } from '../regularizers/index.ts';
import type { Shape, Tensor } from '../../tensor/types.ts';

const fields = {
  equation: text({
    label: 'Equation',
    help: 'A letter for every axis: of the input (the batch first), of the kernel, of the result. abc,cd->abd is a Dense for sequences.',
    placeholder: 'abc,cd->abd',
    default: 'abc,cd->abd',
  }),
  outputShape: shape({
    label: 'Output shape',
    help: 'The sizes of the result without the batch; -1 for an axis that comes in.',
    allowUnknown: true,
    default: [-1, 64],
  }),
  biasAxes: text({ label: 'Bias axes', help: 'Letters of the result that get a learned constant for each of their places; empty for none.', default: 'd' }),
  activation: activationField({ default: 'linear' }),
  kernelInitializer: initializerField({ label: 'Kernel initializer', default: 'glorotUniform' }),
  biasInitializer: initializerField({ label: 'Bias initializer', default: 'zeros', vector: true }),
  ...kernelPenaltyFields,
};
type Parameters = Values<typeof fields>;

export const einsumDense = layer({
  id: 'einsumDense',
  title: 'EinsumDense',
  family: 'core',
  group: 'further',
  help: {
    text: 'A Dense layer for features along any axes: an equation of letters says which axes of the input meet which of the kernel. What input and kernel share and the result leaves out is added up. Usual in transformers, for the projections of all heads at once.',
    formula: 'abc,cd->abd:  y[a, b, d] = activation(Σ_c x[a, b, c] · W[c, d] + bias[d])',
    source: 'https://keras.io/api/layers/core_layers/einsum_dense/',
  },
  synonyms: ['einstein', 'fully connected', 'projection', 'transformer', 'linear'],
  fields,
  inputs: 1,
  masking: 'keeps',
  naturalRank: 2,
  describe: (p) => [p.equation, activationTitle(p.activation)].join(' · '),
  lower(context, inputs, p) {
    const input = only(inputs);
    const { builder } = context;
    const { equation, sizes } = planned(input, p);
    const kernel = regularizedWeight(context, 'kernel', sizesOf(kernelTerm(equation), sizes), { ...p, initializer: p.kernelInitializer });
    const product = einsum(builder, equation, [input, kernel]);
    if (p.biasAxes === '') return activated(context, p, product);
    const bias = held(context, 'bias', biasShape(equation, p, sizes), p.biasInitializer, p, 'bias');
    return activated(context, p, builder.add(product, bias));
  },
  keras: {
    className: 'EinsumDense',
    extra: { quantization_config: null },
    toConfig: (p) => ({
      ...penalties(p.equation).toConfig(p),
      output_shape: p.outputShape.map((size) => (size === -1 ? null : size)),
      bias_axes: p.biasAxes === '' ? null : p.biasAxes,
    }),
    fromConfig(config) {
      const { output_shape: given, bias_axes: axes = null } = config;
      const read = penalties(String(config['equation'])).fromConfig(config);
      const all: readonly unknown[] = Array.isArray(given) ? given : [given];
      const sizes = all.map((size) => (size === null ? -1 : size));
      return read && sizes.every((size) => typeof size === 'number')
        ? { ...read, outputShape: sizes as number[], biasAxes: axes === null ? '' : String(axes) }
        : null;
    },
  },
});

/** The kernel's axes are as many as its letters. */
function penalties(equation: string) {
  const [, kernel = 'ab'] = /,([a-zA-Z]*)->/.exec(equation.replaceAll(' ', '')) ?? [];
  return kernelPenaltyKeras('kernel', kernel.length);
}

const kernelTerm = ({ terms }: Equation): string => terms[1] as string;
const sizesOf = (letters: string, sizes: ReadonlyMap<string, number>): Shape => [...letters].map((letter) => sizes.get(letter) as number);

interface Plan {
  readonly equation: Equation;
  readonly sizes: ReadonlyMap<string, number>;
}

/** The equation with all axes named, and the size of each. @throws LayerError where they do not fit */
function planned({ shape: given }: Tensor, p: Parameters): Plan {
  const parsed = equationOf(p.equation, 2);
  const kernelRank = (parsed.terms[1] as string).length;
  const equation = spelledOut(parsed, [given.length, kernelRank]);
  const sizes = new Map([...(equation.terms[0] as string)].map((letter, axis) => [letter, given[axis] as number]));
  const named = parsed.result.replace('...', '').slice(parsed.result.startsWith('...') ? 0 : 1);
  // Axes behind three dots are not told: sizes stand for the last letters of a result that begins with dots, else for those behind the batch.
  const told = p.outputShape.slice(-named.length);
  [...named].forEach((letter, i) => {
    const size = told[i] ?? -1;
    if (size === -1 && !sizes.has(letter)) throw unknown(letter);
    const known = sizes.get(letter) ?? size;
    if (size !== -1 && size !== known) throw unlike(letter, size, known);
    sizes.set(letter, known);
  });
  const open = [...kernelTerm(equation)].find((letter) => !sizes.has(letter));
  if (open) throw unknown(open);
  return { equation, sizes };
}

const unknown = (letter: string) =>
  new LayerError({
    code: 'equation',
    parameter: 'outputShape',
    what: `Nothing says how many places the axis ${letter} has.`,
    why: 'An axis that does not come in needs its size in the output shape.',
  });
const unlike = (letter: string, size: number, known: number) =>
  new LayerError({ code: 'shape-mismatch', parameter: 'outputShape', what: `The output shape gives the axis ${letter} ${size} places, but ${known} come in.` });

/** From the first of the bias' axes on; 1 where it has none. */
function biasShape({ result }: Equation, { biasAxes }: Parameters, sizes: ReadonlyMap<string, number>): Shape {
  const stranger = [...biasAxes].find((letter) => !result.includes(letter));
  if (stranger) throw new LayerError({ code: 'equation', parameter: 'biasAxes', what: `The bias has an axis ${stranger} that the result does not have.` });
  const first = Math.min(...[...biasAxes].map((letter) => result.indexOf(letter)));
  return [...result].slice(first).map((letter) => (biasAxes.includes(letter) ? (sizes.get(letter) as number) : 1));
}
