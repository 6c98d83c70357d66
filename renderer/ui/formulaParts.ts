// A formula as people type it (`y_f = Σ w_f · patch + b_f`), taken apart for typesetting: what is a variable, what stands low, what stands high.
// It knows how formulas are written, not what they mean: nothing is computed.

/** `at`: where it stands in what was typed, which tells it from its neighbours. */
export type FormulaPart =
  | { readonly kind: 'text' | 'variable'; readonly at: number; readonly text: string }
  | { readonly kind: 'below' | 'above'; readonly at: number; readonly parts: readonly FormulaPart[] };

/** A letter for itself, or a word; a name with underscores in it (`key_dim`) is one word. */
const wordAt = /^(?:[\p{Lu}\p{Ll}](?![\p{Lu}\p{Ll}])[\p{Lm}′]*|\p{L}+(?:_\p{L}{2,})*)/u;
/** What may be lowered or raised without brackets. */
const operandAt = /^(?:\d+(?:\.\d+)?|\p{L}+)/u;
const closing: Readonly<Record<string, string>> = { '(': ')', '⌊': '⌋' };

/** Where the bracket that opens at `start` closes, the closing one included; null where none does. */
function closeOf(text: string, start: number): number | null {
  const open = text[start] as string;
  let depth = 0;
  for (let i = start; i < text.length; i++) {
    if (text[i] === open) depth++;
    else if (text[i] === closing[open] && --depth === 0) return i + 1;
  }
  return null;
}

interface Script {
  readonly kind: 'below' | 'above';
  readonly inner: string;
  /** Where the text goes on. */
  readonly end: number;
}

/** What stands in brackets from `start` on. Round ones only hold it together and are not shown. */
function bracketed(text: string, start: number, kind: Script['kind']): Script | null {
  const end = closeOf(text, start);
  if (end === null) return null;
  return { kind, inner: text[start] === '(' ? text.slice(start + 1, end - 1) : text.slice(start, end), end };
}

/** What is lowered or raised at `at`: something in brackets, a number or a letter. Null where nothing carries it, or nothing follows. */
function scriptAt(text: string, at: number): Script | null {
  const kind = text[at] === '^' ? 'above' : 'below',
    start = at + 1;
  if (!/[_^]/.test(text[at] as string) || at === 0 || text[at - 1] === ' ') return null;
  if ((text[start] ?? '') in closing) return bracketed(text, start, kind);
  const inner = operandAt.exec(text.slice(start))?.[0];
  return inner === undefined ? null : { kind, inner, end: start + inner.length };
}

/** A single letter is a variable, unless it is the article of a sentence (“with a τ for each row”). */
const isVariable = (word: string, after: string): boolean =>
  /^[\p{Lu}\p{Ll}][\p{Lm}′]*$/u.test(word) && !(word === 'a' && /^ \p{L}/u.test(after)) && !/^[ΣE]/u.test(word);

/** Adds plain text, to what went before where that is plain too. */
function say(parts: FormulaPart[], at: number, text: string): void {
  const last = parts.at(-1);
  if (last?.kind === 'text') parts[parts.length - 1] = { ...last, text: last.text + text };
  else parts.push({ kind: 'text', at, text });
}

/** The parts of one line. A script that nothing carries, or whose bracket is never closed, stays as it was typed. */
export function formulaParts(text: string): readonly FormulaPart[] {
  const parts: FormulaPart[] = [];
  for (let at = 0; at < text.length; ) {
    const script = scriptAt(text, at);
    const piece = wordAt.exec(text.slice(at))?.[0] ?? (text[at] as string);
    if (script) parts.push({ kind: script.kind, at, parts: formulaParts(script.inner) });
    else if (isVariable(piece, text.slice(at + piece.length))) parts.push({ kind: 'variable', at, text: piece });
    else say(parts, at, piece);
    at = script?.end ?? at + piece.length;
  }
  return parts;
}

/** The lines of a formula: each but the last ends with a semicolon. */
export const formulaLines = (text: string): readonly string[] => text.split(/(?<=;)\s+/);
