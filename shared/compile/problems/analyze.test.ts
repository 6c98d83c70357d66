// What the abstract reading says of whole networks: counts against Keras' known ones, and for every mistake its problem and a repair that mends it.

import { describe, expect, it } from 'vitest';
import { datasetOf } from '../../datasets/catalogue.ts';
import type { DatasetDescriptor } from '../../datasets/descriptor.ts';
import { applyEdit } from '../../network/applyEdit.ts';
import type { Network } from '../../network/network.ts';
import type { Problem } from '../../network/problem.ts';
import { chain } from '../../network/templates/template.ts';
import { templates, templateOf } from '../../network/templates/index.ts';
import { analyze } from '../index.ts';

const mnist = datasetOf('mnist') as DatasetDescriptor;
const problemsOf = (network: Network) => analyze(network, { dataset: mnist }).problems;
const repaired = (network: Network, { repairs }: Problem, which = 0): Network =>
  (repairs[which]?.edits ?? []).reduce((now, edit) => applyEdit(now, edit).network, network);
const shapeOf = (network: Network, name: string) => {
  const id = network.nodes.find((node) => node.name === name)?.id ?? '';
  return analyze(network, { dataset: mnist }).nodes[id]?.outputShape;
};

describe('counts', () => {
  it.each([
    ['mnist-mlp', 407_050],
    ['mnist-cnn', 225_034],
    ['mnist-lstm', 24_458],
  ])('%s has the parameters Keras counts', (id, parameters) => {
    const [network] = templateOf(id).create();
    expect(analyze(network as Network, { dataset: mnist }).totals.trainable).toBe(parameters);
  });

  it('counts multiply-adds per sample', () => {
    const network = chain('n', 'n', [
      ['input', 'in'],
      ['conv2d', 'conv', { filters: 4, kernelSize: [3, 3] }],
    ]);
    const conv = analyze(network, { dataset: mnist }).nodes['n-2'];
    expect(conv?.multiplyAdds).toBe(26 * 26 * 4 * 9);
    expect(conv?.activationBytes).toBe(26 * 26 * 4 * 4);
  });

  it.each(templates.map((template) => [template.id, template] as const))('template %s has no problem with its dataset', (_, template) => {
    for (const network of template.create()) expect(analyze(network, { dataset: datasetOf(template.dataset) ?? null }).problems).toEqual([]);
  });
});

describe('an automatic Input takes the shape the next layer is made for', () => {
  it.each([
    ['dense', [784]],
    ['conv2d', [28, 28, 1]],
    ['lstm', [28, 28]],
    ['flatten', [28, 28]],
  ])('%s', (kind, shape) => {
    expect(
      shapeOf(
        chain('n', 'n', [
          ['input', 'in'],
          [kind, 'next'],
        ]),
        'in',
      ),
    ).toEqual(shape);
  });

  it('looks through layers that keep the rank', () => {
    expect(
      shapeOf(
        chain('n', 'n', [
          ['input', 'in'],
          ['dropout', 'drop'],
          ['dense', 'next'],
        ]),
        'in',
      ),
    ).toEqual([784]);
  });

  it('has none without a dataset', () => {
    const network = chain('n', 'n', [
      ['input', 'in'],
      ['dense', 'next'],
    ]);
    expect(analyze(network, { dataset: null }).problems.map(({ code }) => code)).toEqual(['no-shape']);
  });
});

describe('problems', () => {
  const dense10 = ['dense', 'digits', { units: 10, activation: 'softmax' }] as const;

  it('one unknown layer is one problem, and its repair takes it away', () => {
    const network = chain('n', 'n', [['input', 'in'], ['quantumDense', 'q'], dense10]);
    const problems = problemsOf(network);
    expect(problems.map(({ code }) => code)).toEqual(['unknown-layer']);
    expect(problems[0]?.what).toBe('There is no layer called “quantumDense” here.');
    expect(problemsOf(repaired(network, problems[0] as Problem)).map(({ code }) => code)).not.toContain('unknown-layer');
  });

  it('a cycle names its layers, and its repair opens it', () => {
    const line = chain('n', 'n', [['input', 'in'], ['add', 'join'], ['dense', 'a', { units: 784 }], ['dense', 'b', { units: 784 }], dense10]);
    const network = { ...line, edges: [...line.edges, { id: 'back', source: 'n-4', target: 'n-2', input: 1 }] };
    const cycle = problemsOf(network).find(({ code }) => code === 'cycle');
    expect(cycle?.where).toBe('join, a, b');
    expect(problemsOf(repaired(network, cycle as Problem)).map(({ code }) => code)).not.toContain('cycle');
  });

  it('branches of unequal shape name both sides, blame the padding, and “same” mends it', () => {
    const line = chain('n', 'n', [['input', 'in'], ['conv2d', 'conv', { filters: 1, kernelSize: [3, 3] }], ['add', 'sum'], ['flatten', 'flat'], dense10]);
    const network = { ...line, edges: [...line.edges, { id: 'short', source: 'n-1', target: 'n-3', input: 1 }] };
    const [problem, ...others] = problemsOf(network);
    expect(others).toEqual([]);
    expect(problem?.nodes).toEqual(['n-3']);
    expect(problem?.where).toBe('sum: conv gives 26 × 26 × 1, in gives 28 × 28 × 1');
    expect(problem?.why).toContain('conv has padding “valid”');
    expect(problem?.repairs[0]?.label).toBe('Set padding of conv to “same”');
    expect(problemsOf(repaired(network, problem as Problem))).toEqual([]);
  });

  it('branches of unequal width can be made equally wide', () => {
    const line = chain('n', 'n', [['input', 'in'], ['dense', 'a', { units: 5 }], ['dense', 'b', { units: 7 }], ['add', 'sum'], dense10]);
    const network = { ...line, edges: [...line.edges, { id: 'short', source: 'n-2', target: 'n-4', input: 1 }] };
    const [problem, ...others] = problemsOf(network);
    expect(others).toEqual([]);
    expect(problem?.repairs.map(({ label }) => label)).toEqual([
      'Set units of b to 5',
      'Set units of a to 7',
      'Insert Dense between a and sum',
      'Insert Dense between b and sum',
    ]);
    for (const which of [0, 1, 2, 3]) expect(problemsOf(repaired(network, problem as Problem, which))).toEqual([]);
  });

  it('behind a mistake the output is not judged: one mistake is one error', () => {
    const line = chain('n', 'n', [
      ['input', 'in'],
      ['dense', 'a', { units: 5 }],
      ['dense', 'b', { units: 7 }],
      ['add', 'sum'],
    ]);
    const network = { ...line, edges: [...line.edges, { id: 'short', source: 'n-2', target: 'n-4', input: 1 }] };
    expect(problemsOf(network).map(({ nodes }) => nodes)).toEqual([['n-4']]);
  });

  it('behind an error shapes go on as they will be after the repair', () => {
    const network = chain('n', 'n', [
      ['input', 'in', { shape: [4, 4, 1] }],
      ['conv2d', 'conv', { filters: 2, kernelSize: [9, 9] }],
      ['flatten', 'flat'],
    ]);
    const { nodes } = analyze(network, { dataset: null });
    expect(nodes['n-2']?.tentative).toBe(true);
    expect(nodes['n-3']).toMatchObject({ tentative: true });
    expect(nodes['n-3']?.outputShape).not.toBeNull();
  });

  it('a last layer of the wrong width offers the number of classes', () => {
    const network = chain('n', 'n', [
      ['input', 'in'],
      ['dense', 'digits', { units: 7, activation: 'softmax' }],
    ]);
    const [problem] = problemsOf(network);
    expect(problem).toMatchObject({
      code: 'output-shape',
      nodes: ['n-2'],
      where: 'digits gives 7; for MNIST digits it must be 10 numbers, one for each class',
    });
    expect(problem?.repairs[0]?.label).toBe('Set digits to 10 units, softmax');
    expect(problemsOf(repaired(network, problem as Problem))).toEqual([]);
  });

  it('a dense layer on an image offers a Flatten', () => {
    const network = chain('n', 'n', [['input', 'in', { shape: [28, 28] }], dense10]);
    const [problem] = problemsOf(network);
    expect(problem?.repairs[0]?.label).toBe('Insert Flatten before digits');
    expect(problemsOf(repaired(network, problem as Problem))).toEqual([]);
  });

  it('an Input that does not hold a sample offers the automatic shape', () => {
    const network = chain('n', 'n', [['input', 'in', { shape: [100] }], dense10]);
    const problem = problemsOf(network).find(({ code }) => code === 'input-shape');
    expect(problem?.what).toContain('100');
    expect(problemsOf(repaired(network, problem as Problem))).toEqual([]);
  });

  it.each([
    ['an empty network', [], 'empty'],
    ['no Input', [['dense', 'a']], 'no-input-layer'],
    [
      'a parameter out of range',
      [
        ['input', 'in'],
        ['dense', 'a', { units: 0 }],
      ],
      'parameter',
    ],
    [
      'a parameter of another kind',
      [
        ['input', 'in'],
        ['dense', 'a', { units: 'many' }],
      ],
      'parameter',
    ],
    [
      'a parameter that the layer does not have',
      [
        ['input', 'in'],
        ['dense', 'a', { unitz: 3 }],
      ],
      'unknown-parameter',
    ],
  ] as const)('%s', (_, steps, code) => {
    expect(problemsOf(chain('n', 'n', steps)).map((problem) => problem.code)).toContain(code);
  });

  it('every problem says what and where', () => {
    const network = chain('n', 'n', [
      ['input', 'in'],
      ['dense', 'a', { units: -1 }],
      ['conv2d', 'b'],
      ['nothing', 'c'],
    ]);
    for (const problem of problemsOf(network)) {
      expect(problem.what.length).toBeGreaterThan(10);
      expect(problem.where.length).toBeGreaterThan(0);
    }
  });
});
