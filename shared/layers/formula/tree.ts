// A formula as a tree, and the one way in which it is refused: with the character where it stops making sense.

export type Operator = '+' | '-' | '*' | '/' | '^' | '<' | '<=' | '>' | '>=';

/** `at`: the character it begins with, counted from 0. */
export type Formula =
  | { readonly kind: 'number'; readonly at: number; readonly value: number }
  | { readonly kind: 'name'; readonly at: number; readonly name: string }
  | { readonly kind: 'negative'; readonly at: number; readonly operand: Formula }
  | { readonly kind: 'operation'; readonly at: number; readonly operator: Operator; readonly operands: readonly [Formula, Formula] }
  | { readonly kind: 'call'; readonly at: number; readonly name: string; readonly operands: readonly Formula[] };

/** What is wrong with a formula, and where. */
export class FormulaError extends Error {
  override readonly name = 'FormulaError';
  /** The character it is about, counted from 0. */
  readonly at: number;

  constructor(at: number, message: string) {
    super(message);
    this.at = at;
  }
}
