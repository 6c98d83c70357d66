// A network as it stands in the project's file, with the node that each line belongs to.

import type { Network } from '../network/network.ts';
import { aboutNode, indented, plainLines, type Source, type SourceLine } from './source.ts';

const lines = (value: unknown): string[] => JSON.stringify(value, null, 2).split('\n');

/** The texts with a comma behind the last line, unless nothing follows. */
const followed = (texts: readonly string[], isLast: boolean): string[] => texts.map((text, i) => (isLast || i < texts.length - 1 ? text : `${text},`));

function nodeList({ nodes }: Network): SourceLine[] {
  if (nodes.length === 0) return plainLines('"nodes": []');
  const each = nodes.flatMap((node, i) => aboutNode(node.id, followed(lines(node), i === nodes.length - 1)));
  return [...plainLines('"nodes": ['), ...indented(each, 2), ...plainLines(']')];
}

/** The same text as `JSON.stringify(network, null, 2)`. */
export function jsonSource(network: Network): Source {
  const entries = Object.entries(network).filter(([, value]) => value !== undefined);
  const body = entries.flatMap(([key, value], i) => {
    const isLast = i === entries.length - 1;
    if (key !== 'nodes')
      return plainLines(
        ...followed(
          lines(value).map((text, row) => (row === 0 ? `${JSON.stringify(key)}: ${text}` : text)),
          isLast,
        ),
      );
    const list = nodeList(network);
    return list.map((line, row) => (isLast || row < list.length - 1 ? line : { ...line, text: `${line.text},` }));
  });
  return [...plainLines('{'), ...indented(body, 2), ...plainLines('}')];
}
