// Blocks: laid open they are the layers they stand for; grouping and ungrouping change nothing that is computed; what cannot be is said.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NetwrightError } from '../lib/errors.ts';
import { BLOCK, expandBlocks } from './blocks.ts';
import { fragmentOf, pasteFragment } from './compose.ts';
import { applyEdit, applyEdits, type Edit } from './edits.ts';
import { blockPlace, detachBlock, groupIntoBlock, ungroupBlock } from './grouping.ts';
import type { BlockDefinition, Network, NetworkEdge, NetworkNode } from './network.ts';

type Step = readonly [kind: string, id: string, from: readonly string[], rest?: Partial<NetworkNode>];
const nodeOf = ([kind, id, , rest = {}]: Step): NetworkNode => ({ id, kind, name: id, parameters: {}, position: { x: 0, y: 0 }, ...rest });
/** `a:1` is the second output of a. */
function edgesOf(steps: readonly Step[]): NetworkEdge[] {
  return steps.flatMap(([, target, from]) =>
    from.map((way, input): NetworkEdge => {
      const [source = '', output] = way.split(':');
      return { id: `${way}>${target}${input}`, source, target, input, ...(output ? { output: Number(output) } : {}) };
    }),
  );
}
const drawn = (steps: readonly Step[], blocks?: BlockDefinition[]): Network => ({
  id: 'n',
  name: 'Net',
  nodes: steps.map(nodeOf),
  edges: edgesOf(steps),
  ...(blocks && { blocks }),
});
const block = (id: string, ...steps: readonly Step[]): BlockDefinition => ({ id, name: id, nodes: steps.map(nodeOf), edges: edgesOf(steps) });
const uses = (id: string, repeat = 1): Partial<NetworkNode> => ({ parameters: { block: id, repeat } });

/** What is computed, told without ids and names: by every output, what leads to it. */
function meaningOf(network: Network): string[] {
  const { nodes, edges } = expandBlocks(network).network;
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const told = new Map<string, string>();
  const tell = (id: string): string => {
    const known = told.get(id);
    if (known) return known;
    const node = byId.get(id) as NetworkNode;
    const inputs = edges.filter(({ target }) => target === id).sort((a, b) => a.input - b.input);
    const words = `${node.kind}${JSON.stringify(node.parameters)}(${inputs.map(({ source }) => tell(source)).join(',')})`;
    told.set(id, words);
    return words;
  };
  const followed = new Set(edges.map(({ source }) => source));
  return nodes
    .filter(({ id, output }) => output !== undefined || !followed.has(id))
    .map(({ id, output }) => `${tell(id)} ${JSON.stringify(output ?? {})}`)
    .sort();
}

const residual = block('residual', ['input', 'in', []], ['dense', 'a', ['in']], ['dense', 'b', ['a']], ['add', 'sum', ['b', 'in']]);
const wires = ({ network }: ReturnType<typeof expandBlocks>) => network.edges.map(({ source, target, input }) => `${source} > ${target} ${input}`).sort();

describe('laid open', () => {
  it('a block is its layers under its name, and follows its definition', () => {
    const network = drawn(
      [
        ['input', 'x', []],
        [BLOCK, 'one', ['x'], uses('residual')],
        ['dense', 'y', ['one']],
      ],
      [residual],
    );
    const open = expandBlocks(network);
    expect(open.network.nodes.map(({ id, name }) => [id, name])).toEqual([
      ['x', 'x'],
      ['one/a', 'one/a'],
      ['one/b', 'one/b'],
      ['one/sum', 'one/sum'],
      ['y', 'y'],
    ]);
    expect(wires(open)).toEqual(['one/a > one/b 0', 'one/b > one/sum 0', 'one/sum > y 0', 'x > one/a 0', 'x > one/sum 1']);
    expect(open.origins.get('one/b')).toEqual({ place: 'one', inside: { block: 'residual', node: 'b' } });
    const { network: changed } = applyEdit(network, {
      type: 'editBlock',
      block: 'residual',
      edits: [{ type: 'setParameters', node: 'a', parameters: { units: 9 } }],
    });
    expect(expandBlocks(changed).network.nodes[1]?.parameters).toEqual({ units: 9 });
  });

  it('repeats follow each other; blocks may stand in blocks', () => {
    const pair = block('pair', ['input', 'p', []], [BLOCK, 'twice', ['p'], uses('residual', 2)], ['dense', 'last', ['twice']]);
    const open = expandBlocks(
      drawn(
        [
          ['input', 'x', []],
          [BLOCK, 'outer', ['x'], uses('pair')],
        ],
        [residual, pair],
      ),
    );
    expect(open.network.nodes.map(({ name }) => name)).toEqual([
      'x',
      ...[1, 2].flatMap((copy) => ['a', 'b', 'sum'].map((name) => `outer/twice/${copy}/${name}`)),
      'outer/last',
    ]);
    expect(wires(open)).toContain('outer/twice/1/sum > outer/twice/2/a 0');
    expect(open.faults).toEqual([]);
  });

  it('places may share weights, be frozen, and give several results', () => {
    const fork = block('fork', ['input', 'in', []], ['dense', 'a', ['in'], { output: {} }], ['dense', 'b', ['a']]);
    const network = drawn(
      [
        ['input', 'x', []],
        [BLOCK, 'one', ['x'], { ...uses('fork'), trainable: false }],
        [BLOCK, 'two', ['x'], { ...uses('fork'), shares: 'one' }],
        ['add', 'y', ['one', 'two:1']],
      ],
      [fork],
    );
    const { nodes } = expandBlocks(network).network;
    expect(nodes.map(({ id, shares, trainable, output }) => [id, shares, trainable, output])).toEqual([
      ['x', undefined, undefined, undefined],
      ['one/a', undefined, false, undefined],
      ['one/b', undefined, false, undefined],
      ['two/a', 'one/a', undefined, {}],
      ['two/b', 'one/b', undefined, undefined],
      ['y', undefined, undefined, undefined],
    ]);
    expect(wires(expandBlocks(network))).toEqual(['one/a > one/b 0', 'one/a > y 0', 'two/a > two/b 0', 'two/b > y 1', 'x > one/a 0', 'x > two/a 0']);
  });

  it.each<[string, readonly Step[], BlockDefinition[]]>([
    [
      'block-missing',
      [
        ['input', 'x', []],
        [BLOCK, 'one', ['x'], uses('ghost')],
      ],
      [],
    ],
    [
      'block-recursion',
      [
        ['input', 'x', []],
        [BLOCK, 'one', ['x'], uses('self')],
      ],
      [block('self', ['input', 'in', []], [BLOCK, 'again', ['in'], uses('self')])],
    ],
    [
      'block-repeat',
      [
        ['input', 'x', []],
        [BLOCK, 'one', ['x'], uses('residual', 0)],
      ],
      [residual],
    ],
    [
      'block-repeat',
      [
        ['input', 'x', []],
        [BLOCK, 'one', ['x'], uses('fork', 2)],
      ],
      [block('fork', ['input', 'in', []], ['dense', 'a', ['in']], ['dense', 'b', ['in']])],
    ],
    [
      'block-ports',
      [
        ['input', 'x', []],
        [BLOCK, 'one', [], uses('residual')],
      ],
      [residual],
    ],
    [
      'block-too-large',
      [
        ['input', 'x', []],
        [BLOCK, 'one', ['x'], uses('many', 1000)],
      ],
      [block('many', ['input', 'in', []], [BLOCK, 'more', ['in'], uses('residual', 1000)]), residual],
    ],
    [
      'block-too-large',
      [
        ['input', 'x', []],
        [BLOCK, 'one', ['x'], uses('a', 1000)],
      ],
      [
        block('a', ['input', 'in', []], [BLOCK, 'more', ['in'], uses('b', 1000)]),
        block('b', ['input', 'in', []], [BLOCK, 'more', ['in'], uses('c', 1000)]),
        block('c', ['input', 'in', []]),
      ],
    ],
  ])('%s is said in words, the block stays as it is', (fault, steps, blocks) => {
    const open = expandBlocks(drawn(steps, blocks));
    expect(open.faults).toMatchObject([{ place: 'one', fault }]);
    expect(open.network.nodes.map(({ id }) => id)).toEqual(['x', 'one']);
  });
});

describe('copies', () => {
  const shared = drawn(
    [
      ['input', 'x', []],
      ['dense', 'a', ['x']],
      ['dense', 'b', ['a'], { shares: 'a' }],
      [BLOCK, 'part', ['b'], uses('outer')],
    ],
    [block('outer', ['input', 'in', []], [BLOCK, 'in it', ['in'], uses('residual')]), residual],
  );
  const pasted = (to: Network, ...ids: string[]) => applyEdits(to, pasteFragment(to, fragmentOf(shared, ids), { x: 0, y: 0 }).edits).network;

  it('share weights among themselves, not with what was not copied', () => {
    expect(
      pasted(shared, 'a', 'b')
        .nodes.slice(4)
        .map(({ id, shares }) => [id, shares]),
    ).toEqual([
      ['n5', undefined],
      ['n6', 'n5'],
    ]);
    expect(pasted(shared, 'b').nodes[4]?.shares).toBeUndefined();
  });

  it('bring their blocks along: the same once, another of that id under a new one', () => {
    expect(pasted(shared, 'part').blocks).toEqual(shared.blocks);
    const elsewhere = pasted(drawn([['input', 'x', []]], [block('residual', ['input', 'in', []], ['dense', 'own', ['in']])]), 'x', 'b', 'part');
    expect(elsewhere.blocks?.map(({ id, nodes }) => [id, nodes[1]?.parameters['block']])).toEqual([
      ['residual', undefined],
      ['outer', 'b3'],
      ['b3', undefined],
    ]);
    expect(expandBlocks(elsewhere)).toMatchObject({ faults: [] });
  });
});

describe('grouping', () => {
  const network = drawn([
    ['input', 'x', []],
    ['dense', 'a', ['x']],
    ['dense', 'b', ['a']],
    ['add', 'sum', ['b', 'a']],
    ['dense', 'c', ['sum']],
    ['concatenate', 'y', ['c', 'b']],
  ]);

  it('changes nothing that is computed, and is undone exactly', () => {
    const { edits, node } = groupIntoBlock(network, ['b', 'sum'], 'My part');
    const applied = applyEdits(network, edits);
    expect(applied.network.nodes.map(({ kind, name }) => `${kind} ${name}`)).toEqual(['input x', 'dense a', 'block my_part_1', 'dense c', 'concatenate y']);
    expect(meaningOf(applied.network)).toEqual(meaningOf(network));
    expect(JSON.stringify(applyEdits(applied.network, applied.inverse).network)).toBe(JSON.stringify(network));
    const back = applyEdits(applied.network, ungroupBlock(applied.network, node).edits).network;
    expect(meaningOf(back)).toEqual(meaningOf(network));
    expect(back.nodes).toEqual(network.nodes);
  });

  it('a detached place no longer follows', () => {
    const grouped = applyEdits(network, groupIntoBlock(network, ['b'], 'B').edits).network;
    const two = applyEdit(grouped, blockPlace(grouped, 'b1', { x: 0, y: 0 })).network;
    const place = two.nodes.at(-1) as NetworkNode;
    const apart = applyEdits(two, detachBlock(two, place.id)).network;
    const edited = applyEdit(apart, { type: 'editBlock', block: 'b1', edits: [{ type: 'setParameters', node: 'b', parameters: { units: 3 } }] }).network;
    expect(edited.blocks?.map(({ id, nodes }) => [id, nodes.find(({ kind }) => kind === 'dense')?.parameters])).toEqual([
      ['b1', { units: 3 }],
      ['b2', {}],
    ]);
  });

  it.each<[string, Network, readonly string[], RegExp]>([
    ['nothing', network, [], /at least one layer/],
    ['an Input', network, ['x', 'a'], /“x” is where data enters/],
    ['a path that comes back', network, ['a', 'sum'], /leaves the selection and comes back/],
    [
      'half of a shared layer',
      drawn([
        ['input', 'x', []],
        ['dense', 'a', ['x']],
        ['dense', 'b', ['a'], { shares: 'a' }],
      ]),
      ['b'],
      /“b” shares its weights/,
    ],
  ])('of %s is refused in words', (_, of, ids, words) => {
    expect(() => groupIntoBlock(of, ids, 'B')).toThrow(NetwrightError);
    expect(() => groupIntoBlock(of, ids, 'B')).toThrow(words);
  });

  it('a block may not come into itself, at any depth', () => {
    const outer = block('outer', ['input', 'in', []], [BLOCK, 'in it', ['in'], uses('inner')]);
    const blocks = [outer, block('inner', ['input', 'in', []], ['dense', 'a', ['in']])];
    const network: Network = { id: 'n', name: 'N', nodes: [], edges: [], blocks };
    const place = (held: string): Edit => ({
      type: 'addNode',
      node: { id: 'p', kind: BLOCK, name: 'p', parameters: { block: held }, position: { x: 0, y: 0 } },
    });
    const put = (into: string, held: string) => () => applyEdit(network, { type: 'editBlock', block: into, edits: [place(held)] });
    expect(put('outer', 'inner')).not.toThrow();
    expect(put('inner', 'outer')).toThrow('The block “inner” would contain itself.');
    expect(put('inner', 'inner')).toThrow('contain itself');
  });

  it('definitions made inside a block stand in the network, and undoing takes them out; notes inside a block are its own', () => {
    const held = block('held', ['input', 'in', []], ['dense', 'a', ['in']]);
    const network: Network = { id: 'n', name: 'N', nodes: [], edges: [], blocks: [held] };
    const note = { id: 'm', kind: 'comment' as const, text: 'Why', position: { x: 0, y: 0 }, size: { width: 200, height: 100 } };
    const more = block('more', ['input', 'in', []]);
    const { network: after, inverse } = applyEdits(network, [
      { type: 'editBlock', block: 'held', edits: [{ type: 'setNetwork', properties: { blocks: [held, more], notes: [note] } }] },
    ]);
    expect(after.blocks).toEqual([{ ...held, notes: [note] }, more]);
    expect(JSON.stringify(applyEdits(after, inverse).network)).toBe(JSON.stringify(network));
  });

  it('a frame around the selection goes into the block and comes back', () => {
    const at = (y: number): Partial<NetworkNode> => ({ position: { x: 0, y } });
    const network = drawn([
      ['input', 'x', []],
      ['dense', 'a', ['x'], at(80)],
      ['dense', 'b', ['a'], at(160)],
    ]);
    const frame = { id: 'f', kind: 'frame' as const, text: 'Both', position: { x: -20, y: 60 }, size: { width: 320, height: 200 } };
    const framed = { ...network, notes: [frame] };
    const { edits, node } = groupIntoBlock(framed, ['a', 'b'], 'B');
    const grouped = applyEdits(framed, edits).network;
    expect([grouped.notes, grouped.blocks?.[0]?.notes]).toEqual([undefined, [frame]]);
    expect(applyEdits(grouped, ungroupBlock(grouped, node).edits).network.notes).toEqual([frame]);
  });

  it('random networks mean the same grouped, grouped again and ungrouped; every step is undone exactly', () => {
    const layers = fc.array(fc.tuple(fc.nat(99), fc.nat(99), fc.boolean()), { minLength: 3, maxLength: 10 });
    const picks = fc.array(fc.tuple(fc.nat(3), fc.nat(99), fc.nat(99)), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(layers, picks, (choices, steps) => {
        const random: Step[] = [['input', 'x', []]];
        for (const [first, second, joins] of choices) {
          const at = (n: number) => (random[n % random.length] as Step)[1];
          random.push([joins ? 'add' : 'dense', `l${random.length}`, joins ? [at(first), at(second)] : [at(first)], { parameters: { units: random.length } }]);
        }
        const before = drawn(random),
          meaning = meaningOf(before);
        let now = before;
        for (const [kind, from, size] of steps) {
          const places = now.nodes.filter((node) => node.kind === BLOCK);
          const place = places[from % Math.max(1, places.length)];
          const edits = () => {
            if (kind === 1 && place) return ungroupBlock(now, place.id).edits;
            if (kind === 2 && place) return detachBlock(now, place.id);
            const start = from % now.nodes.length;
            return groupIntoBlock(
              now,
              now.nodes.slice(start, start + 1 + (size % 4)).map(({ id }) => id),
              'B',
            ).edits;
          };
          try {
            const applied = applyEdits(now, edits());
            expect(JSON.stringify(applyEdits(applied.network, applied.inverse).network)).toBe(JSON.stringify(now));
            now = applied.network;
          } catch (thrown) {
            if (!(thrown instanceof NetwrightError)) throw thrown;
          }
          expect(expandBlocks(now).faults).toEqual([]);
          expect(meaningOf(now)).toEqual(meaning);
        }
      }),
      { seed: 20261121, numRuns: 300 },
    );
  });
});
