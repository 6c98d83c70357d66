// Expression: a formula over the layer's inputs, value by value. The formula is parsed into tensor operations and never run as code.

import { text } from '../../lib/fields.ts';
import type { Tensor } from '../../tensor/types.ts';
import { lowerFormula } from '../formula/lower.ts';
import { parseFormula } from '../formula/parse.ts';
import { FormulaError } from '../formula/tree.ts';
import { type LayerContext, LayerError, layer } from '../layer.ts';

export const expression = layer({
  id: 'expression',
  title: 'Expression',
  family: 'core',
  group: 'further',
  help: {
    text: 'Computes a formula of your own, value by value: x is what comes in; with several connections they are called a, b, c, … in their order. It knows + - * / ^, comparisons (1 where true, 0 where not), exp, log, sqrt, abs, min, max, clip, where and all activation functions. It learns nothing, but gradients pass through it.',
    formula: 'x * sigmoid(x);  a + 2 * b;  where(x > 0, x, 0.1 * x)',
  },
  synonyms: ['formula', 'lambda', 'function', 'custom', 'math', 'arithmetic'],
  fields: {
    formula: text({
      label: 'Formula',
      help: 'Of x, or of a, b, c, … where several connections come in: x * sigmoid(x), a + 2 * b.',
      placeholder: 'x * sigmoid(x)',
      default: 'x * sigmoid(x)',
    }),
  },
  inputs: 'many',
  fewestInputs: 1,
  describe: ({ formula }) => (formula.length <= 40 ? formula : `${formula.slice(0, 39)}…`) || 'no formula',
  lower(context, inputs, { formula }) {
    try {
      return computed(context, inputs, formula);
    } catch (thrown) {
      throw thrown instanceof FormulaError ? pointedOut(formula, thrown) : thrown;
    }
  },
  keras: null,
});

/** The names of the inputs, in their order; the first is also called x. */
const letters = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'] as const;

function computed({ builder }: LayerContext, inputs: readonly Tensor[], formula: string): Tensor {
  if (inputs.length > letters.length)
    throw new LayerError({ code: 'too-many-inputs', input: letters.length, what: `A formula takes at most ${letters.length} connections.` });
  const used = new Set<number>();
  const valueNamed = (name: string): Tensor | undefined => {
    const place = name === 'x' ? 0 : (letters as readonly string[]).indexOf(name);
    used.add(place);
    return inputs[place];
  };
  const names = inputs.length === 1 ? 'is x' : `are ${letters.slice(0, inputs.length).join(', ')}`;
  const result = lowerFormula(parseFormula(formula), { builder, valueNamed, names });
  refuseUnused(inputs, used);
  return result;
}

function refuseUnused(inputs: readonly Tensor[], used: ReadonlySet<number>): void {
  const unused = inputs.findIndex((_, i) => !used.has(i));
  if (unused === -1) return;
  const name = inputs.length === 1 ? 'x' : letters[unused];
  throw new LayerError({
    code: 'formula-unused',
    parameter: 'formula',
    input: unused,
    what: `The formula does not use ${name}, ${inputs.length === 1 ? 'its input' : `its connection ${unused + 1}`}.`,
    why: 'What comes in and is not used would be computed for nothing. Use it in the formula, or remove the connection.',
  });
}

/** The sentence with the place in the formula, counted from 1 as people do. */
function pointedOut(formula: string, { at, message }: FormulaError): LayerError {
  return new LayerError({
    code: 'formula',
    parameter: 'formula',
    what: `The formula cannot be read at character ${at + 1}: ${message}.`,
    why: formula.trim() === '' ? 'The formula is empty.' : `${formula.slice(0, at)}▸${formula.slice(at)}`.slice(Math.max(0, at - 40), at + 40),
  });
}
