// Generated source text: lines that know which layers they speak of, so that code and canvas can point at each other.

export interface SourceLine {
  readonly text: string;
  /** Ids of the nodes it is about; none for what belongs to the whole. */
  readonly nodes: readonly string[];
}
export type Source = readonly SourceLine[];

/** Lines that are about no layer. */
export const plainLines = (...texts: readonly string[]): SourceLine[] => texts.map((text) => ({ text, nodes: [] }));

export const aboutNode = (node: string, texts: readonly string[]): SourceLine[] => texts.map((text) => ({ text, nodes: [node] }));

export const indented = (lines: Source, by = 4): SourceLine[] =>
  lines.map(({ text, nodes }) => ({ text: text === '' ? text : `${' '.repeat(by)}${text}`, nodes }));

/** The text of a file, with a line break at its end. */
export const textOf = (source: Source): string => source.map(({ text }) => `${text}\n`).join('');
