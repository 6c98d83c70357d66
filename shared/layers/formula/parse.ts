// From a formula's text to its tree, by recursive descent. Nothing is ever run: the tree is data.
//
//   comparison = sum [("<" | "<=" | ">" | ">=") sum]
//   sum        = product {("+" | "-") product}
//   product    = signed {("*" | "/") signed}
//   signed     = ["-" | "+"] signed | power
//   power      = value ["^" signed]
//   value      = number | name | name "(" comparison {"," comparison} ")" | "(" comparison ")"

import { type Token, tokensOf } from './tokens.ts';
import { type Formula, FormulaError, type Operator } from './tree.ts';

/** How many parentheses, signs and powers may stand inside each other. */
const deepest = 40;

class Parser {
  private readonly tokens: readonly Token[];
  private place = 0;
  private depth = 0;

  constructor(tokens: readonly Token[]) {
    this.tokens = tokens;
  }

  private get next(): Token {
    return this.tokens[this.place] as Token;
  }

  /** Takes the next word if it is one of these signs. */
  private take<S extends string>(...signs: readonly S[]): S | null {
    const { kind, text } = this.next;
    const found = kind === 'sign' ? (signs.find((sign) => sign === text) ?? null) : null;
    if (found !== null) this.place++;
    return found;
  }

  private refuse(expected: string): never {
    const { kind, text, at } = this.next;
    throw new FormulaError(at, kind === 'end' ? `it ends where ${expected} is expected` : `“${text}” stands where ${expected} is expected`);
  }

  private nested<T>(parse: () => T): T {
    if (++this.depth > deepest) throw new FormulaError(this.next.at, `more than ${deepest} parts stand inside each other`);
    const result = parse();
    this.depth--;
    return result;
  }

  whole(): Formula {
    const formula = this.comparison();
    if (this.next.kind !== 'end') this.refuse('a sign such as + or *');
    return formula;
  }

  private comparison(): Formula {
    const left = this.sum();
    const { at } = this.next;
    const operator = this.take('<', '<=', '>', '>=');
    return operator ? { kind: 'operation', at, operator, operands: [left, this.sum()] } : left;
  }

  private chain(operators: readonly Operator[], operand: () => Formula): Formula {
    let left = operand();
    for (;;) {
      const { at } = this.next;
      const operator = this.take(...operators);
      if (!operator) return left;
      left = { kind: 'operation', at, operator, operands: [left, operand()] };
    }
  }

  private sum(): Formula {
    return this.chain(['+', '-'], () => this.product());
  }

  private product(): Formula {
    return this.chain(['*', '/'], () => this.signed());
  }

  private signed(): Formula {
    const { at } = this.next;
    const sign = this.take('-', '+');
    if (!sign) return this.power();
    const operand = this.nested(() => this.signed());
    return sign === '-' ? { kind: 'negative', at, operand } : operand;
  }

  private power(): Formula {
    const base = this.value();
    const { at } = this.next;
    if (!this.take('^')) return base;
    return { kind: 'operation', at, operator: '^', operands: [base, this.nested(() => this.signed())] };
  }

  private value(): Formula {
    const { kind, text, at } = this.next;
    if (kind === 'number') {
      this.place++;
      return { kind, at, value: Number(text) };
    }
    if (kind === 'name') {
      this.place++;
      return this.take('(') ? { kind: 'call', at, name: text, operands: this.nested(() => this.operands()) } : { kind, at, name: text };
    }
    if (!this.take('(')) this.refuse('a number, a name or “(”');
    const inside = this.nested(() => this.comparison());
    if (!this.take(')')) this.refuse('“)”');
    return inside;
  }

  private operands(): readonly Formula[] {
    const operands: Formula[] = [];
    do operands.push(this.comparison());
    while (this.take(','));
    if (!this.take(')')) this.refuse('“,” or “)”');
    return operands;
  }
}

/** The tree of a formula. @throws FormulaError with the place where it stops making sense */
export const parseFormula = (text: string): Formula => new Parser(tokensOf(text)).whole();
