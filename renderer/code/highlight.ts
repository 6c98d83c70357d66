// Source text in its parts: comments, strings, numbers, words of the language. For Python and JSON; knows no colours.

export type TokenKind = 'comment' | 'string' | 'number' | 'keyword' | 'call' | 'plain';
export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
}

const pattern =
  /(?<comment>#.*$)|(?<string>f?"(?:[^"\\]|\\.)*")|(?<number>(?<![\w.])-?\d[\d_]*(?:\.\d+)?(?:e[+-]?\d+)?)|(?<keyword>\b(?:import|from|as|class|def|return|for|in|raise|lambda|None|True|False|self|null|true|false)\b)|(?<call>\b[A-Za-z_]\w*(?=\())/g;
const kinds: readonly TokenKind[] = ['comment', 'string', 'number', 'keyword', 'call'];

/** The parts of one line; put together they are the line. */
export function tokensOf(line: string): readonly Token[] {
  const tokens: Token[] = [];
  let end = 0;
  for (const match of line.matchAll(pattern)) {
    if (match.index > end) tokens.push({ kind: 'plain', text: line.slice(end, match.index) });
    tokens.push({ kind: kinds.find((kind) => match.groups?.[kind] !== undefined) ?? 'plain', text: match[0] });
    end = match.index + match[0].length;
  }
  return end < line.length ? [...tokens, { kind: 'plain', text: line.slice(end) }] : tokens;
}
