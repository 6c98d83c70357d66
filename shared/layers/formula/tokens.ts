// A formula's text in words: numbers, names and signs. Knows no grammar.

import { FormulaError } from './tree.ts';

export interface Token {
  readonly kind: 'number' | 'name' | 'sign' | 'end';
  readonly text: string;
  readonly at: number;
}

/** More than anyone reads; keeps a formula from a file harmless. */
export const longestFormula = 500;

const word = /\s*(?:(?<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)|(?<name>[A-Za-z_]\w*)|(?<sign>\*\*|<=|>=|[-+*/^(),<>]))/y;

/** @throws FormulaError at the first character that belongs nowhere, or for a text that is too long */
export function tokensOf(text: string): readonly Token[] {
  if (text.length > longestFormula) throw new FormulaError(longestFormula, `a formula has at most ${longestFormula} characters, and this one ${text.length}`);
  const tokens: Token[] = [];
  const end = text.trimEnd().length;
  for (let at = 0; at < end; ) {
    word.lastIndex = at;
    const groups = word.exec(text)?.groups;
    if (!groups) throw new FormulaError(at + (text.slice(at).length - text.slice(at).trimStart().length), strange(text.slice(at).trimStart()));
    at = word.lastIndex;
    tokens.push(tokenOf(groups, at));
  }
  return [...tokens, { kind: 'end', text: '', at: end }];
}

function tokenOf({ number, name, sign }: Record<string, string | undefined>, end: number): Token {
  const text = number ?? name ?? sign ?? '';
  const kind = number !== undefined ? 'number' : name !== undefined ? 'name' : 'sign';
  return { kind, text: text === '**' ? '^' : text, at: end - text.length };
}

const strange = (rest: string): string => `“${[...rest][0]}” is no sign of a formula; there are + - * / ^ ( ) , < <= > >=`;
