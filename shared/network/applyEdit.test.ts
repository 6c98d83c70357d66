// Every edit is undone exactly, whatever came before it.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { NetwrightError } from '../lib/errors.ts';
import { applyEdit, applyEdits, type Edit } from './edits.ts';
import type { Network } from './network.ts';

const empty: Network = { id: 'net', name: 'Net', nodes: [], edges: [] };
const node = (id: string, name = id) => ({ id, kind: 'dense', name, parameters: {}, position: { x: 0, y: 0 } });
const edge = (id: string, source: string, target: string, input = 0) => ({ id, source, target, input });
const build = (...edits: Edit[]): Network => applyEdits(empty, edits).network;
const pair = build({ type: 'addNode', node: node('a') }, { type: 'addNode', node: node('b') }, { type: 'addEdge', edge: edge('e', 'a', 'b') });

/** A random edit that fits the network, made from a few random numbers. */
function randomEdit(network: Network, kind: number, pick: number, value: number): Edit {
  const one = network.nodes[pick % Math.max(1, network.nodes.length)];
  const other = network.nodes[value % Math.max(1, network.nodes.length)];
  const link = network.edges[pick % Math.max(1, network.edges.length)];
  const fresh: Edit = { type: 'addNode', node: { ...node(`n${network.nodes.length}-${value}-${pick}-${network.edges.length}`, `dense_${value % 3}`) } };
  if (!one || !other) return network.nodes.some(({ id }) => id === fresh.node.id) ? { type: 'renameNetwork', name: `N${value}` } : fresh;
  const free = network.nodes.some(({ id }) => id === fresh.node.id) ? `x${value}` : fresh.node.id;
  const edits: Edit[] = [
    network.nodes.some(({ id }) => id === free) ? { type: 'renameNetwork', name: `N${value}` } : { type: 'addNode', node: { ...fresh.node, id: free } },
    { type: 'removeNodes', nodes: [one.id] },
    network.edges.some(({ id }) => id === `e${value}`)
      ? { type: 'renameNetwork', name: 'Other' }
      : { type: 'addEdge', edge: edge(`e${value}`, one.id, other.id, pick % 3) },
    link ? { type: 'removeEdges', edges: [link.id] } : { type: 'renameNetwork', name: 'None' },
    { type: 'moveNodes', positions: { [one.id]: { x: value, y: pick }, [other.id]: { x: pick, y: value } } },
    { type: 'renameNode', node: one.id, name: `name-${one.id}` },
    { type: 'setParameters', node: one.id, parameters: { [`p${pick % 3}`]: value % 4 === 0 ? undefined : value } },
    { type: 'replace', nodes: network.nodes.slice(0, 1), edges: [] },
    { type: 'setNode', node: one.id, properties: { trainable: [true, false, undefined][value % 3], bypassed: value % 2 === 0 ? true : undefined } },
    { type: 'setNode', node: one.id, properties: { output: value % 2 === 0 ? { lossWeight: value } : undefined } },
    one !== other && other.shares === undefined && !network.nodes.some(({ shares }) => shares === one.id)
      ? { type: 'setNode', node: one.id, properties: { shares: other.id } }
      : { type: 'setNode', node: one.id, properties: { shares: undefined } },
  ];
  return edits[kind % edits.length] as Edit;
}

describe('applyEdit', () => {
  test('undoing random edits gives the first document to the last byte', () => {
    const steps = fc.array(fc.tuple(fc.nat(10), fc.nat(40), fc.nat(40)), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(steps, (choices) => {
        const trail: { before: string; inverse: readonly Edit[] }[] = [];
        let network = pair;
        for (const [kind, pick, value] of choices) {
          const applied = applyEdit(network, randomEdit(network, kind, pick, value));
          trail.push({ before: JSON.stringify(network), inverse: applied.inverse });
          network = applied.network;
        }
        for (const { before, inverse } of trail.reverse()) {
          network = applyEdits(network, inverse).network;
          expect(JSON.stringify(network)).toBe(before);
        }
      }),
      { seed: 20261121, numRuns: 300 },
    );
  });

  test('edits never change the network they are given', () => {
    const frozen = structuredClone(pair);
    applyEdits(pair, [
      { type: 'setParameters', node: 'a', parameters: { units: 3 } },
      { type: 'removeNodes', nodes: ['b'] },
    ]);
    expect(pair).toEqual(frozen);
  });

  test('what is untouched keeps its identity', () => {
    const { network } = applyEdit(pair, { type: 'setParameters', node: 'a', parameters: { units: 3 } });
    expect(network.nodes[1]).toBe(pair.nodes[1]);
    expect(network.edges).toBe(pair.edges);
  });

  test('a removed layer takes its connections along', () => {
    const { network } = applyEdit(pair, { type: 'removeNodes', nodes: ['a'] });
    expect(network.nodes.map(({ id }) => id)).toEqual(['b']);
    expect(network.edges).toEqual([]);
  });

  test('names stay unique', () => {
    const { network } = applyEdits(empty, [
      { type: 'addNode', node: node('a', 'dense_1') },
      { type: 'addNode', node: node('b', 'dense_1') },
    ]);
    expect(network.nodes.map(({ name }) => name)).toEqual(['dense_1', 'dense_2']);
  });

  describe('a layer at several places', () => {
    const twins = build(
      { type: 'addNode', node: { ...node('a'), parameters: { units: 3 } } },
      { type: 'addNode', node: node('b') },
      { type: 'addNode', node: node('c') },
    );
    const shared = applyEdits(twins, [
      { type: 'setNode', node: 'b', properties: { shares: 'a' } },
      { type: 'setNode', node: 'c', properties: { shares: 'b' } },
    ]).network;
    const parametersOf = (network: Network) => Object.fromEntries(network.nodes.map(({ id, parameters }) => [id, parameters]));

    test('has one set of parameters, that of the layer shared', () => {
      expect(shared.nodes.map(({ shares }) => shares)).toEqual([undefined, 'a', 'a']);
      const { network } = applyEdit(shared, { type: 'setParameters', node: 'c', parameters: { units: 5 } });
      expect(parametersOf(network)).toEqual({ a: { units: 5 }, b: { units: 5 }, c: { units: 5 } });
      expect(applyEdit(shared, { type: 'setNode', node: 'b', properties: { trainable: false } }).network.nodes.every((one) => one.trainable === false)).toBe(
        true,
      );
    });

    test('outlives the place that owned it', () => {
      const { network } = applyEdit(shared, { type: 'removeNodes', nodes: ['a'] });
      expect(network.nodes).toEqual([
        { ...node('b'), parameters: { units: 3 } },
        { ...node('c'), parameters: { units: 3 }, shares: 'b' },
      ]);
    });

    test('comes apart with the parameters it had', () => {
      const apart = applyEdits(shared, [
        { type: 'setNode', node: 'b', properties: { shares: undefined } },
        { type: 'setParameters', node: 'b', parameters: { units: 8 } },
      ]).network;
      expect(parametersOf(apart)).toEqual({ a: { units: 3 }, b: { units: 8 }, c: { units: 3 } });
    });

    test('is no circle', () => {
      expect(() => applyEdit(shared, { type: 'setNode', node: 'a', properties: { shares: 'b' } })).toThrow('cannot share');
      expect(() => applyEdit(shared, { type: 'setNode', node: 'a', properties: { shares: 'ghost' } })).toThrow('no layer with the id “ghost”');
    });
  });

  test.each<[Edit, string]>([
    [{ type: 'removeNodes', nodes: ['ghost'] }, 'no layer with the id “ghost”'],
    [{ type: 'removeEdges', edges: ['ghost'] }, 'no connection with the id “ghost”'],
    [{ type: 'addEdge', edge: edge('f', 'a', 'ghost') }, 'no layer with the id “ghost”'],
    [{ type: 'addNode', node: node('a') }, 'already has a layer with the id “a”'],
    [{ type: 'renameNode', node: 'a', name: 'b' }, 'already has a layer called “b”'],
    [{ type: 'renameNode', node: 'a', name: '  ' }, 'needs a name'],
    [{ type: 'renameNode', node: 'a', name: 'ü'.repeat(65) }, 'at most 64 characters; this one has 65'],
    [{ type: 'renameNetwork', name: 'n'.repeat(101) }, 'at most 100 characters; this one has 101'],
    [{ type: 'replace', nodes: [node('a')], edges: [edge('e', 'a', 'b')] }, 'does not exist'],
  ])('%j is refused in words', (edit, words) => {
    expect(() => applyEdit(pair, edit)).toThrow(NetwrightError);
    expect(() => applyEdit(pair, edit)).toThrow(words);
  });

  test('of several edits all or none happen', () => {
    expect(() =>
      applyEdits(pair, [
        { type: 'removeNodes', nodes: ['a'] },
        { type: 'removeNodes', nodes: ['a'] },
      ]),
    ).toThrow('“a”');
    expect(pair.nodes).toHaveLength(2);
  });
});
