// Python's spelling: values, calls, names, comments. Knows no library.

const KEYWORDS = new Set(
  'False None True and as assert async await break class continue def del elif else except finally for from global if import in is lambda nonlocal not or pass raise return try while with yield'.split(
    ' ',
  ),
);

/** What lines are kept below where that is possible. */
const WIDTH = 88;

/** A number as Python writes it; `float`: with a point even where it is whole. */
function numeral(value: number, float: boolean): string {
  if (!Number.isFinite(value)) return `float("${value > 0 ? 'inf' : value < 0 ? '-inf' : 'nan'}")`;
  return float && Number.isInteger(value) && Math.abs(value) < 1e15 ? `${value}.0` : String(value);
}

/** Words between double quotes. */
export const quoted = (text: string): string => JSON.stringify(text);

/** A value of JSON's kinds; lists become tuples, as the libraries write sizes. */
export function python(value: unknown, float = false): string {
  if (value === null || value === undefined) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'number') return numeral(value, float);
  if (typeof value === 'string') return quoted(value);
  if (Array.isArray(value)) return value.length === 1 ? `(${python(value[0], float)},)` : `(${value.map((one) => python(one, float)).join(', ')})`;
  return `{${Object.entries(value)
    .map(([key, one]) => `${quoted(key)}: ${python(one, float)}`)
    .join(', ')}}`;
}

/** A call on one line, or with a line for each argument where one is too long. */
export function callLines(before: string, args: readonly string[], after = ''): string[] {
  const short = `${before}(${args.join(', ')})${after}`;
  if (short.length <= WIDTH || args.length === 0) return [short];
  return [`${before}(`, ...args.map((arg) => `    ${arg},`), `)${after}`];
}

/** Words as a comment, broken between words. */
export function comment(words: string): string[] {
  const lines: string[] = [];
  let line = '#';
  for (const word of words.split(/\s+/)) {
    if (`${line} ${word}`.length > WIDTH && line !== '#') {
      lines.push(line);
      line = '#';
    }
    line = `${line} ${word}`;
  }
  return [...lines, line];
}

/** What cannot be said: the reason as a comment, and a line that stops whoever runs it with the same words. */
export const unsaid = (words: string): string[] => [...comment(words), `raise NotImplementedError(${quoted(words)})`];

/** Gives out names that Python takes, each once. */
export class Names {
  private readonly taken: Set<string>;

  constructor(reserved: readonly string[]) {
    this.taken = new Set([...KEYWORDS, ...reserved]);
  }

  /** `conv 1` to `conv_1`. */
  take(wanted: string): string {
    const letters = wanted.replaceAll(/[^A-Za-z0-9_]/g, '_').toLowerCase();
    const stem = /^[a-z_]/.test(letters) ? letters : `layer_${letters}`;
    let name = stem;
    for (let number = 1; this.taken.has(name); number++) name = `${stem}_${number}`;
    this.taken.add(name);
    return name;
  }
}
