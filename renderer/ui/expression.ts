// Small sums as people type them into a field: `32*2`, `(28-4)/2`, `2^7`. Pure.

/** Precedence of the operators, weakest first. */
const levels: readonly (readonly string[])[] = [['+', '-'], ['*', '/'], ['^']];

function tokensOf(text: string): readonly string[] | null {
  const clean = text.replaceAll('−', '-').replaceAll('·', '*').replaceAll('×', '*').replaceAll('**', '^').replace(/\s+/g, '');
  const tokens = clean.match(/\d+\.?\d*(?:e[+-]?\d+)?|\.\d+(?:e[+-]?\d+)?|[-+*/^()]/gi) ?? [];
  return tokens.join('') === clean && tokens.length > 0 ? tokens : null;
}

const compute = (operator: string, a: number, b: number): number => {
  if (operator === '+') return a + b;
  if (operator === '-') return a - b;
  if (operator === '*') return a * b;
  return operator === '/' ? a / b : a ** b;
};

/** Reads tokens from the left; `at` moves on. Null where the sum breaks off. */
class Reader {
  private readonly tokens: readonly string[];
  private at = 0;

  constructor(tokens: readonly string[]) {
    this.tokens = tokens;
  }

  /** The whole sum, or null. */
  all(): number | null {
    const value = this.level(0);
    return this.at === this.tokens.length ? value : null;
  }

  private level(depth: number): number | null {
    const operators = levels[depth];
    if (!operators) return this.single();
    let value = this.level(depth + 1);
    while (value !== null && operators.includes(this.tokens[this.at] ?? '')) {
      const operator = this.tokens[this.at++] as string;
      const right = this.level(depth + 1);
      value = right === null ? null : compute(operator, value, right);
    }
    return value;
  }

  private single(): number | null {
    const token = this.tokens[this.at++];
    if (token === '-' && this.tokens[this.at] !== '-') {
      const value = this.single();
      return value === null ? null : -value;
    }
    if (token === '(') {
      const value = this.level(0);
      return this.tokens[this.at++] === ')' ? value : null;
    }
    return token !== undefined && /^[\d.]/.test(token) ? Number(token) : null;
  }
}

/** What a sum comes to; null for what is none, or has no finite result. */
export function evaluate(text: string): number | null {
  const tokens = text.length > 200 ? null : tokensOf(text);
  const value = tokens && new Reader(tokens).all();
  return value !== null && Number.isFinite(value) ? Number(value.toPrecision(12)) : null;
}
