// Every template: fits its dataset without a problem, has a name of its own, compiles with its own settings.

import { describe, expect, test } from 'vitest';
import { layerOf } from '../../layers/index.ts';
import { networkSchema } from '../network.ts';
import { canConnect } from '../rules.ts';
import { templateOf, templates } from './index.ts';

test('ids and titles are used once, and words are there', () => {
  for (const key of ['id', 'title'] as const) expect(new Set(templates.map((template) => template[key])).size).toBe(templates.length);
  for (const { about } of templates) expect(about.length).toBeGreaterThan(30);
});

test('an unknown template is told with those there are', () => {
  expect(() => templateOf('none')).toThrow('There is no template “none”. There are: digits,');
});

describe.each(templates.map((template) => [template.id, template] as const))('%s', (_, template) => {
  const networks = template.create();
  test('is a document with layers this version knows', () => {
    for (const network of networks) {
      expect(networkSchema.parse(network)).toEqual(network);
      expect(network.nodes.filter(({ kind }) => !layerOf(kind))).toEqual([]);
    }
  });
  test('has no two layers of one name, at one place, or connected against the rules', () => {
    for (const network of networks) {
      const { nodes, edges } = network;
      expect(new Set(nodes.map(({ name }) => name)).size).toBe(nodes.length);
      expect(new Set(nodes.map(({ position }) => `${position.x}/${position.y}`)).size).toBe(nodes.length);
      for (const edge of edges) {
        const without = { ...network, edges: edges.filter((other) => other !== edge) };
        expect(canConnect(without, edge.source, edge.target, edge.input)).toBeNull();
      }
    }
  });
});
