// Repairs where layers stand in blocks: made in the definition, at its entry, behind it; what they mend is mended.

import { describe, expect, it } from 'vitest';
import { datasetOf } from '../../datasets/catalogue.ts';
import type { DatasetDescriptor } from '../../datasets/descriptor.ts';
import { applyEdits } from '../../network/applyEdit.ts';
import { groupIntoBlock } from '../../network/grouping.ts';
import { type Network, networkSchema } from '../../network/network.ts';
import type { Problem } from '../../network/problem.ts';
import { chain, graph, step } from '../../network/templates/template.ts';
import { analyze } from '../index.ts';

const mnist = datasetOf('mnist') as DatasetDescriptor;
const problemsOf = (network: Network): readonly Problem[] => analyze(network, { dataset: mnist }).problems;
const labelsOf = (network: Network) => problemsOf(network).flatMap(({ repairs }) => repairs.map(({ label }) => label));
/** `names` as a block. */
function grouped(network: Network, ...names: readonly string[]): Network {
  const ids = network.nodes.filter(({ name }) => names.includes(name)).map(({ id }) => id);
  return applyEdits(network, groupIntoBlock(network, ids, 'Block').edits).network;
}
function mended(network: Network, label: string): Network {
  const repair = problemsOf(network)
    .flatMap(({ repairs }) => repairs)
    .find((one) => one.label === label);
  if (!repair) throw new Error(`no repair “${label}”, but ${labelsOf(network).join('; ')}`);
  const { network: after, inverse } = applyEdits(network, repair.edits);
  expect(networkSchema.safeParse(after).error?.issues ?? []).toEqual([]);
  expect(analyze(applyEdits(after, inverse).network, { dataset: mnist })).toEqual(analyze(network, { dataset: mnist }));
  return after;
}
const insideOf = ({ blocks }: Network) => blocks?.[0]?.nodes.flatMap(({ name, kind }) => (kind === 'input' ? [] : [`${name}: ${kind}`]));

const digits = ['dense', 'digits', { units: 10, activation: 'softmax' }] as const;
const deep = chain('n', 'n', [['input', 'in', { shape: [28, 28, 1] }], ['conv2d', 'conv', { filters: 4 }], ['dense', 'hidden', { units: 8 }], digits]);

describe('a layer is put into a block', () => {
  it('between two layers of it', () => {
    const after = mended(grouped(deep, 'hidden', 'digits'), 'Insert Flatten before block_1/digits');
    expect(problemsOf(after)).toEqual([]);
    expect(insideOf(after)).toEqual(['hidden: dense', 'digits: dense', 'flatten_1: flatten']);
    const [, hidden, last, flatten] = after.blocks?.[0]?.nodes ?? [];
    expect(flatten?.position.y).toBe(((hidden?.position.y ?? 0) + (last?.position.y ?? 0)) / 2);
  });

  it('where it is entered, under a name that is free there', () => {
    const called = (name: string) => ({ ...deep, nodes: deep.nodes.map((node) => (node.name === 'digits' ? { ...node, name } : node)) });
    const after = mended(grouped(called('flatten_1'), 'flatten_1'), 'Insert Flatten before block_1/flatten_1');
    expect(problemsOf(after)).toEqual([]);
    expect(insideOf(after)).toEqual(['flatten_1: dense', 'flatten_2: flatten']);
  });

  it('on a shortcut that comes from outside', () => {
    const net = graph('n', 'n', [
      step('input', 'in', { shape: [28, 28, 1] }),
      step('conv2d', 'conv', { filters: 4, padding: 'same', strides: [2, 2] }, ['in']),
      step('add', 'sum', {}, ['conv', 'in']),
      step('flatten', 'flat', {}, ['sum']),
      step('dense', 'digits', { units: 10, activation: 'softmax' }, ['flat']),
    ]);
    const one = grouped(net, 'conv', 'sum');
    const [label = ''] = labelsOf(one).filter((each) => each.startsWith('Insert Conv2D between in'));
    const after = mended(one, label);
    expect(after.blocks?.[0]?.edges).toHaveLength(4);
    expect(problemsOf(after)).toEqual([]);
  });

  it('and so at every repetition of it', () => {
    const net = chain('n', 'n', [['input', 'in'], ['flatten', 'flat'], ['dense', 'wide', { units: 16 }], ['lstm', 'recurrent', { units: 16 }], digits]);
    const once = grouped(net, 'recurrent');
    const place = once.nodes.find(({ kind }) => kind === 'block')?.id ?? '';
    const thrice = applyEdits(once, [{ type: 'setParameters', node: place, parameters: { repeat: 3 } }]).network;
    const after = mended(thrice, labelsOf(thrice).find((one) => one.startsWith('Insert Reshape')) ?? '');
    expect(problemsOf(after)).toEqual([]);
    expect(insideOf(after)).toHaveLength(2);
  });
});

describe('around a block', () => {
  it('behind it, on the connection that leaves it', () => {
    const after = mended(grouped(deep, 'conv', 'hidden'), 'Insert Flatten before digits');
    expect(problemsOf(after)).toEqual([]);
    expect(insideOf(after)).toHaveLength(2);
    expect(after.nodes.map(({ name }) => name)).toContain('flatten_1');
  });

  it('at the end, where it ends the network', () => {
    const net = chain('n', 'n', [
      ['input', 'in'],
      ['flatten', 'flat'],
      ['dense', 'hidden', { units: 8 }],
      ['dropout', 'drop'],
    ]);
    const after = mended(grouped(net, 'hidden', 'drop'), 'Add Dense with 10 units at the end');
    expect(problemsOf(after)).toEqual([]);
    expect(after.nodes.at(-1)?.kind).toBe('dense');
  });
});

it('a layer of a block is taken out, and its neighbours inside are connected', () => {
  const net = chain('n', 'n', [
    ['input', 'in', { shape: [28, 28, 1] }],
    ['conv2d', 'conv'],
    ['flatten', 'flat'],
    ['maxPooling2d', 'pool'],
    ['flatten', 'again'],
    digits,
  ]);
  const after = mended(grouped(net, 'conv', 'flat', 'pool'), 'Remove block_1/flat');
  expect(problemsOf(after)).toEqual([]);
  expect(insideOf(after)).toEqual(['conv: conv2d', 'pool: maxPooling2d']);
});

it('a connection that is missing inside is made there', () => {
  const whole = grouped(deep, 'conv', 'hidden');
  const block = whole.blocks?.[0];
  const lost = block?.edges.find(({ target }) => block.nodes.find(({ id }) => id === target)?.name === 'hidden')?.id ?? '';
  const cut = applyEdits(whole, [{ type: 'editBlock', block: block?.id ?? '', edits: [{ type: 'removeEdges', edges: [lost] }] }]).network;
  const after = mended(cut, 'Connect block_1/conv to block_1/hidden');
  expect(after.blocks?.[0]?.edges).toHaveLength(2);
});

it('what would add an input to a block is not offered', () => {
  const [, conv] = deep.nodes;
  const alone: Network = { ...deep, nodes: deep.nodes.slice(1), edges: deep.edges.slice(1) };
  expect(conv && labelsOf(grouped(alone, 'conv', 'hidden')).filter((label) => label.startsWith('Add an Input'))).toEqual([]);
});
