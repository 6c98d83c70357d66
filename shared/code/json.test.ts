// The project's JSON, line by line.

import { expect, test } from 'vitest';
import { templateOf } from '../network/templates/index.ts';
import { jsonSource } from './json.ts';
import { textOf } from './source.ts';

test('it is the text of the file, and each node knows its lines', () => {
  const [network] = templateOf('mnist-cnn').create();
  if (!network) throw new Error('The template has no network.');
  const source = jsonSource(network);
  expect(textOf(source)).toBe(`${JSON.stringify(network, null, 2)}\n`);
  for (const { id, name } of network.nodes) {
    const own = source.filter(({ nodes }) => nodes.includes(id)).map(({ text }) => text);
    expect(JSON.parse(own.join('\n').replace(/,$/, ''))).toMatchObject({ id, name });
  }
});

test('an empty network is one too', () => {
  const network = { id: 'n', name: 'N', nodes: [], edges: [] };
  expect(JSON.parse(textOf(jsonSource(network)))).toEqual(network);
});
