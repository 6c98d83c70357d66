// Finds the template that a finished English sentence was written with: `3 layers deleted` is `{0} layers deleted` with `3`.
// So whoever writes a sentence (layers, compiler, trainer, files) knows nothing of languages. Pure; what the template becomes is translate.ts.

export interface Recognized {
  readonly key: string;
  readonly values: readonly string[];
}

interface Pattern {
  readonly key: string;
  readonly expression: RegExp;
  /** Where each placeholder's number stands among the groups. */
  readonly order: readonly number[];
  /** Letters that are not placeholders: the more, the surer. */
  readonly weight: number;
}

/** Templates with fewer letters than this (`set {0}`) are read only in short texts: a sentence that nobody has translated must not be taken apart. */
const telling = 6;
const short = 60;
/** What a place takes up: anything, or a number as the code writes it (`1,234`, `407 k`, `±0.1`). */
const any = '(.+?)';
/** The same where it follows a word at once: an ending that may be missing. */
const ending = '(.*?)';
const number = '([±≈−-]?[\\d.,×… −-]*\\d(?: ?[kMGT])?)';
const placeholder = /\{(\d+)\}/;
const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

function patternOf(key: string, numeric: (key: string, place: number) => boolean): Pattern {
  const parts = key.split(placeholder);
  const words = parts.filter((_, i) => i % 2 === 0);
  const order = parts.filter((_, i) => i % 2 === 1).map(Number);
  const place = (index: number) => {
    const before = words[index] ?? '';
    if (numeric(key, order[index] ?? 0)) return number;
    return /\w$/.test(before) || (index > 0 && before === '') ? ending : any;
  };
  const expression = words.map((text, i) => `${i === 0 ? '' : place(i - 1)}${escaped(text)}`).join('');
  return { key, expression: new RegExp(`^${expression}$`, 's'), order, weight: words.join('').length };
}

function valuesOf({ order }: Pattern, groups: readonly string[]): string[] {
  const values: string[] = [];
  order.forEach((place, i) => {
    values[place] = groups[i] ?? '';
  });
  return values;
}

/**
 * Reads sentences by the templates among these keys, the most telling one first.
 * @param numeric whether a template's place holds a number and nothing else
 */
export function recognizer(keys: readonly string[], numeric: (key: string, place: number) => boolean = () => false): (sentence: string) => Recognized | null {
  const patterns = keys
    .filter((key) => placeholder.test(key))
    .map((key) => patternOf(key, numeric))
    // `{0} of {1}` says too little to be read in what somebody else wrote.
    .filter(({ order, weight }) => weight >= telling || order.length < 2)
    .sort((a, b) => b.weight - a.weight);
  return (sentence) => {
    for (const pattern of patterns) {
      if (pattern.weight < telling && (sentence.length > short || sentence.includes('. '))) continue;
      const found = pattern.expression.exec(sentence);
      if (found) return { key: pattern.key, values: valuesOf(pattern, found.slice(1)) };
    }
    return null;
  };
}
