// What Keras has no layer for, but operations on tensors, as Python code of `keras.ops`: formulas, sums over axes, waves that tell places.

import { chosenOperation } from '../layers/core/operation.ts';
import { Numbers } from '../layers/operations/holding.ts';
import { numbersIn } from '../layers/preprocessing/numberList.ts';
import { activationIds, activationKeras, activationOfKeras } from '../layers/activations/index.ts';
import { parseFormula } from '../layers/formula/parse.ts';
import { type Formula, FormulaError, type Operator } from '../layers/formula/tree.ts';
import { snakeCase } from '../layers/snakeCase.ts';
import type { CodeCall } from './model.ts';
import { callLines, python, quoted } from './python.ts';

/** Lines that put into the call's variable what it computes; null where it is none of these. @throws FormulaError for what cannot be said */
export function operationLines(call: CodeCall): readonly string[] | null {
  const { node, variable, given, parameters } = call;
  if (!parameters) return null;
  if (node.kind === 'expression') return [`${variable} = ${inPython(parseFormula(String(parameters['formula'])), given)}`];
  if (node.kind === 'einsum') return callLines(`${variable} = keras.ops.einsum`, [quoted(String(parameters['equation'])), ...given]);
  if (node.kind === 'operation') return operationCall(call);
  return isWaves(call) ? waveLines(call) : null;
}

/** More numbers than these are no code to read. */
const mostNumbers = 256;
/** Those that give whole numbers in Keras, which here go on as all others. */
const whole: ReadonlySet<string> = new Set(['argmax', 'argmin', 'argsort']);

/** One of Keras' operations by its own name, with all that it is told; null for too many numbers. */
function operationCall({ node, variable, further, given: [x = ''] }: CodeCall): readonly string[] | null {
  const { operation, parameters } = chosenOperation(node.parameters['operation']);
  const { module, config, args = [] } = operation.keras(parameters);
  const own = operation.id === 'constant' ? [new Numbers([1, ...(parameters['shape'] as readonly number[])], String(parameters['values']))] : args;
  if (own.some((one) => one instanceof Numbers && numbersIn(one.values).length > mostNumbers)) return null;
  const values = own.map((one) => (one instanceof Numbers ? `keras.ops.reshape(${python(numbersIn(one.values), true)}, ${python(one.shape)})` : python(one)));
  if (operation.id === 'constant') return [`${variable} = ${values[0]}`];
  const told = Object.entries(config).flatMap(([name, value]) => (value === null || value === false ? [] : [`${name}=${python(value)}`]));
  const input = operation.id === 'oneHot' ? `keras.ops.cast(${x}, "int32")` : x;
  const text = `keras.ops.${module === 'image' ? 'image.' : ''}${operation.title}(${[input, ...values, ...told].join(', ')})`;
  return [`${[variable, ...further].join(', ')} = ${whole.has(operation.id) ? `keras.ops.cast(${text}, "float32")` : text}`];
}

/** Names that the code of waves uses itself. */
export const waveNames = ['feature', 'angle', 'waves'] as const;
/** Whether it needs `np`. */
export const isWaves = ({ node: { kind, parameters } }: Pick<CodeCall, 'node'>): boolean => kind === 'positionEmbedding' && parameters['kind'] === 'sinusoidal';

/** As positionEmbedding.ts has them. */
function waveLines({ variable, given, parameters, outputShape }: CodeCall): readonly string[] | null {
  if (!outputShape) return null;
  const [steps, features] = outputShape;
  return [
    `feature = np.arange(${features})`,
    `angle = np.arange(${steps})[:, None] * ${parameters?.['maxWavelength']} ** (-2.0 * (feature // 2) / ${features})`,
    `waves = np.where(feature % 2 == 0, np.sin(angle), np.cos(angle)).astype("float32")`,
    `${variable} = ${given[0]} + waves`,
  ];
}

const letters = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
const strengths: Readonly<Record<Operator, number>> = { '<': 1, '<=': 1, '>': 1, '>=': 1, '+': 2, '-': 2, '*': 3, '/': 3, '^': 5 };
/** Of a sign, which binds weaker than a power. */
const SIGN = 4;
const functions: Readonly<Record<string, string>> = {
  ...Object.fromEntries(['abs', 'sign', 'square', 'sqrt', 'exp', 'log', 'sin', 'cos', 'erf', 'floor', 'where', 'clip'].map((name) => [name, name])),
  ...{ max: 'maximum', min: 'minimum', pow: 'power' },
};

const isComparison = ({ operator }: Formula & { readonly kind: 'operation' }): boolean => strengths[operator] === 1;

/** A formula in Python; what is compared is 1 or 0, as here. */
function inPython(formula: Formula, given: readonly string[]): string {
  switch (formula.kind) {
    case 'number':
      return String(formula.value);
    case 'name':
      return formula.name === 'pi' ? String(Math.PI) : (given[formula.name === 'x' ? 0 : letters.indexOf(formula.name)] ?? formula.name);
    case 'negative':
      return `-${within(formula.operand, SIGN, given)}`;
    case 'operation':
      return isComparison(formula) ? `keras.ops.cast(${infix(formula, given)}, "float32")` : infix(formula, given);
    case 'call':
      return called(formula, given);
  }
}

function infix({ operator, operands: [left, right] }: Formula & { readonly kind: 'operation' }, given: readonly string[]): string {
  const strength = strengths[operator];
  if (operator === '^') return `${within(left, strength + 1, given)} ** ${within(right, strength, given)}`;
  return `${within(left, strength, given)} ${operator} ${within(right, strength + 1, given)}`;
}

/** In brackets where it binds weaker than what is around it. */
function within(formula: Formula, strength: number, given: readonly string[]): string {
  const own =
    formula.kind === 'negative' ? SIGN : formula.kind === 'operation' && !isComparison(formula) ? strengths[formula.operator] : Number.POSITIVE_INFINITY;
  const text = inPython(formula, given);
  return own < strength ? `(${text})` : text;
}

function called({ name, operands, at }: Formula & { readonly kind: 'call' }, given: readonly string[]): string {
  const values = operands.map((one) => inPython(one, given)),
    [x = '0', ...rest] = values;
  if (name === 'max' || name === 'min') return rest.reduce((all, one) => `keras.ops.${functions[name]}(${all}, ${one})`, x);
  if (functions[name]) return `keras.ops.${functions[name]}(${values.join(', ')})`;
  const id = activationIds.find((one) => [one, snakeCase(one)].includes(name)) ?? activationOfKeras(name);
  if (id === 'binaryStep') return `keras.ops.cast(${x} >= 0, "float32")`;
  const known = id && activationKeras(id);
  if (known) return `keras.activations.${known}(${x})`;
  throw new FormulaError(at, `Keras has no function ${name}.`);
}
