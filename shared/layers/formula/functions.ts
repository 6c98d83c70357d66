// The functions a formula may use: a few of mathematics, and all activation functions under either spelling of their name.

import type { Builder } from '../../tensor/builder.ts';
import type { Tensor } from '../../tensor/types.ts';
import { activate, activationIds, activations } from '../activations/index.ts';
import { snakeCase } from '../snakeCase.ts';

export interface FormulaFunction {
  readonly fewest: number;
  readonly most: number;
  lower(builder: Builder, operands: readonly Tensor[]): Tensor;
}

const first = ([x]: readonly Tensor[]): Tensor => x as Tensor;
const ofOne = (name: 'abs' | 'sign' | 'square' | 'sqrt' | 'exp' | 'log' | 'sin' | 'cos' | 'erf' | 'floor'): FormulaFunction => ({
  fewest: 1,
  most: 1,
  lower: (builder, operands) => builder[name](first(operands)),
});
const ofMany = (name: 'maximum' | 'minimum'): FormulaFunction => ({
  fewest: 2,
  most: 8,
  lower: (builder, operands) => operands.reduce((a, b) => builder[name](a, b)),
});

const mathematics: Readonly<Record<string, FormulaFunction>> = {
  ...Object.fromEntries((['abs', 'sign', 'square', 'sqrt', 'exp', 'log', 'sin', 'cos', 'erf', 'floor'] as const).map((name) => [name, ofOne(name)])),
  max: ofMany('maximum'),
  min: ofMany('minimum'),
  pow: { fewest: 2, most: 2, lower: (builder, [x, y]) => builder.power(x as Tensor, y as Tensor) },
  clip: { fewest: 3, most: 3, lower: (builder, [x, low, high]) => builder.minimum(builder.maximum(x as Tensor, low as Tensor), high as Tensor) },
  where: {
    fewest: 3,
    most: 3,
    lower: (builder, [condition, yes, no]) => builder.select(builder.cast(condition as Tensor, { dtype: 'bool' }), yes as Tensor, no as Tensor),
  },
};

const activationFunctions = Object.fromEntries(
  activationIds.flatMap((id) => {
    const entry: FormulaFunction = { fewest: 1, most: 1, lower: (builder, operands) => activate(builder, id, first(operands)) };
    return [id, snakeCase(id), ...('kerasAliases' in activations[id] ? (activations[id].kerasAliases as readonly string[]) : [])].map((name) => [name, entry]);
  }),
) as Readonly<Record<string, FormulaFunction>>;

const functions: ReadonlyMap<string, FormulaFunction> = new Map(Object.entries({ ...activationFunctions, ...mathematics }));

/** The function of that name; undefined where there is none. */
export const functionOf = (name: string): FormulaFunction | undefined => functions.get(name);
/** The names a person is told: one spelling each. */
export const functionNames: readonly string[] = [...Object.keys(mathematics), ...activationIds];
