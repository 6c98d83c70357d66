// A formula's tree in tensor operations. Values are taken one to one; a size of 1, or a plain number, stretches.

import type { Builder } from '../../tensor/builder.ts';
import { formatShape, type Tensor } from '../../tensor/types.ts';
import { functionNames, functionOf } from './functions.ts';
import { type Formula, FormulaError, type Operator } from './tree.ts';

const words = (tensor: Tensor): string => formatShape(tensor.shape.slice(1));
const isNumber = ({ shape }: Tensor): boolean => shape.length === 0;

/** @throws FormulaError where two values cannot be taken one to one */
function refuseUnequal(at: number, operands: readonly Tensor[]): void {
  const [first, ...rest] = operands.filter((one) => !isNumber(one));
  const strange = rest.find(
    ({ shape }) => first && (shape.length !== first.shape.length || shape.some((size, i) => size !== first.shape[i] && size !== 1 && first.shape[i] !== 1)),
  );
  if (first && strange) throw new FormulaError(at, `${words(first)} and ${words(strange)} cannot be taken value by value: they need the same sizes`);
}

const operations: Readonly<Record<Operator, (builder: Builder, x: Tensor, y: Tensor) => Tensor>> = {
  '+': (builder, x, y) => builder.add(x, y),
  '-': (builder, x, y) => builder.subtract(x, y),
  '*': (builder, x, y) => builder.multiply(x, y),
  '/': (builder, x, y) => builder.divide(x, y),
  '^': (builder, x, y) => builder.power(x, y),
  '<': (builder, x, y) => builder.cast(builder.less(x, y), { dtype: 'float32' }),
  '<=': (builder, x, y) => builder.cast(builder.lessEqual(x, y), { dtype: 'float32' }),
  '>': (builder, x, y) => builder.cast(builder.greater(x, y), { dtype: 'float32' }),
  '>=': (builder, x, y) => builder.cast(builder.greaterEqual(x, y), { dtype: 'float32' }),
};

export interface FormulaScope {
  readonly builder: Builder;
  /** The value of a name; undefined where there is none. */
  readonly valueNamed: (name: string) => Tensor | undefined;
  /** The names there are, for a sentence. */
  readonly names: string;
}

/** Writes a formula into a program. @throws FormulaError for unknown names and sizes that do not fit */
export function lowerFormula(formula: Formula, scope: FormulaScope): Tensor {
  const { builder } = scope;
  const lower = (operand: Formula) => lowerFormula(operand, scope);
  switch (formula.kind) {
    case 'number':
      return builder.constant(formula.value);
    case 'name':
      return named(formula, scope);
    case 'negative':
      return builder.negate(lower(formula.operand));
    case 'operation': {
      const [x, y] = [lower(formula.operands[0]), lower(formula.operands[1])];
      refuseUnequal(formula.at, [x, y]);
      return operations[formula.operator](builder, x, y);
    }
    case 'call':
      return called(formula, scope, formula.operands.map(lower));
  }
}

function named({ name, at }: Extract<Formula, { kind: 'name' }>, { builder, valueNamed, names }: FormulaScope): Tensor {
  if (name === 'pi') return builder.constant(Math.PI);
  const value = valueNamed(name);
  if (value) return value;
  if (functionOf(name)) throw new FormulaError(at, `the function ${name} needs parentheses: ${name}(x)`);
  throw new FormulaError(at, `there is no value “${name}”; there ${names}, and pi`);
}

function called({ name, at }: Extract<Formula, { kind: 'call' }>, { builder }: FormulaScope, operands: readonly Tensor[]): Tensor {
  const known = functionOf(name);
  if (!known) throw new FormulaError(at, `there is no function “${name}”; there are ${functionNames.join(', ')}`);
  const { fewest, most } = known;
  if (operands.length < fewest || operands.length > most) {
    const wanted = fewest === most ? `${fewest}` : `${fewest} to ${most}`;
    throw new FormulaError(at, `${name} takes ${wanted} ${most === 1 ? 'value' : 'values'}, and gets ${operands.length}`);
  }
  refuseUnequal(at, operands);
  return known.lower(builder, operands);
}
