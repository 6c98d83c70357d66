// Formulas as operations of Keras: every step by itself, with the same numbers. Whether Keras loads them is looked at by `npm run parity`.

import { expect, test } from 'vitest';
import { closeTo } from '../../../shared/lib/testing/closeTo.ts';
import type { Network } from '../../../shared/network/network.ts';
import { forward } from '../testing/forward.ts';
import { inSteps, operationIn } from './writtenFormulas.ts';

const at = { position: { x: 0, y: 0 } };
const networkOf = (formula: string, inputs = 1): Network => ({
  ...{ id: 'n', name: 'formulas' },
  nodes: [
    ...Array.from({ length: inputs }, (_, i) => ({ ...at, id: `in${i}`, kind: 'input', name: `in${i}`, parameters: { shape: [3] } })),
    { ...at, id: 'f', kind: 'expression', name: 'f', parameters: { formula } },
  ],
  edges: Array.from({ length: inputs }, (_, i) => ({ id: `e${i}`, source: `in${i}`, target: 'f', input: i })),
});

test.each([
  ['x * sigmoid(x)', 1],
  ['where(a > 0.5, a, 0.1 * b)', 2],
  ['clip(x, 0.2, 0.8) - (a ^ 2 + 1) / 3', 1],
  ['max(a, b, 0.3) * min(b, a) + pow(a, 2) - pi', 2],
  ['(2 * 3 - 1) * -x', 1],
  ['x', 1],
])('%s in steps gives the same', (formula, inputs) => {
  const network = networkOf(formula, inputs);
  const steps = inSteps(network);
  const numbers = (one: Network) => forward({ network: one, weights: new Map() }, { samples: 2, whole: false }).flatMap(({ data }) => [...data]);
  closeTo(numbers(steps), numbers(network), 1e-12);
  expect(steps.nodes.at(-1)).toMatchObject({ id: 'f', name: 'f' });
  for (const node of steps.nodes) if (node.kind === 'expression') expect(operationIn(node).args.length).toBeGreaterThan(0);
});

test('each step is an operation, called with values and numbers', () => {
  const steps = inSteps(networkOf('sqrt(x) / -2'));
  expect(steps.nodes.slice(1).map((node) => operationIn(node))).toEqual([
    { module: 'keras.src.ops.numpy', className: 'Sqrt', args: [{ input: 0 }] },
    { module: 'keras.src.ops.numpy', className: 'TrueDivide', args: [{ input: 0 }, -2] },
  ]);
});

test('no step is called as another node', () => {
  const { nodes, edges } = networkOf('max(x, 0) + 1');
  const other = { ...at, id: 'g', kind: 'identity', name: 'f_1', parameters: {} };
  const names = inSteps({ id: 'n', name: 'n', nodes: [...nodes, other], edges: [...edges, { id: 'g', source: 'f', target: 'g', input: 0 }] }).nodes.map(
    ({ name }) => name,
  );
  expect(new Set(names).size).toBe(names.length);
});

test('a number alone, and what Keras lacks, are refused by name', () => {
  expect(() => operationIn({ ...at, id: 'f', kind: 'expression', name: 'f', parameters: { formula: '3' } })).toThrow('its formula is a number');
  expect(() => operationIn({ ...at, id: 'f', kind: 'expression', name: 'f', parameters: { formula: 'binaryStep(x)' } })).toThrow(
    'Keras has no operation binaryStep',
  );
});
