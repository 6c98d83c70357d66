// The small picture must follow the wiring, not the canvas.

import { expect, test } from 'vitest';
import type { Network } from './network.ts';
import { familyOf, pictureOf } from './picture.ts';

const node = (id: string, kind: string, parameters = {}) => ({ id, kind, name: id, parameters, position: { x: 999, y: -5 } });
const edge = (source: string, target: string, input = 0) => ({ id: `${source}-${target}`, source, target, input });
const residual: Network = {
  id: 'n',
  name: 'residual',
  nodes: [node('in', 'input'), node('conv', 'conv2d', { filters: 32 }), node('plus', 'add'), node('out', 'dense', { units: 10 }), node('odd', 'mystery')],
  edges: [edge('in', 'conv'), edge('conv', 'plus'), edge('in', 'plus', 1), edge('plus', 'out'), edge('out', 'gone')],
};

test('rows follow the longest way, labels carry the telling number', () => {
  const { boxes, lines } = pictureOf(residual);
  expect(boxes.map(({ id, label, family, row }) => [id, label, family, row])).toEqual([
    ['in', 'Input', 'core', 0],
    ['conv', 'Conv2D 32', 'convolution', 1],
    ['plus', 'Add', 'merge', 2],
    ['out', 'Dense 10', 'core', 3],
    ['odd', 'mystery', null, 0],
  ]);
  expect(lines).toContainEqual(['in', 'plus']);
  expect(lines).not.toContainEqual(['out', 'gone']);
});

test('a parameter that makes no sense costs only the number', () => {
  expect(pictureOf({ ...residual, nodes: [node('d', 'dense', { units: null })], edges: [] }).boxes[0]?.label).toMatch(/^Dense/);
});

test('the family a network is known by', () => {
  expect(familyOf(residual)).toBe('convolution');
  expect(familyOf({ ...residual, nodes: [node('a', 'lstm'), node('b', 'conv2d')] })).toBe('recurrent');
  expect(familyOf({ ...residual, nodes: [] })).toBe('core');
});
