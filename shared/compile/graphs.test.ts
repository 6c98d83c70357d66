// Graphs with several inputs and outputs, shared and frozen layers and autoencoders, trained for some steps: losses, metrics and final
// weights are those of Keras (fixtures/make.py).

import { describe, expect, it } from 'vitest';
import type { DatasetDescriptor } from '../datasets/descriptor.ts';
import { applyEdits } from '../network/edits.ts';
import type { Network, NetworkEdge, NetworkNode } from '../network/network.ts';
import { interpret, numericArray } from '../tensor/interpret.ts';
import type { NumericArray } from '../tensor/operation.ts';
import { sizeOf } from '../tensor/types.ts';
import { batchValues } from '../training/meter.ts';
import { defaultTrainingSettings, type TrainingSettings } from '../training/settings.ts';
import graphs from './fixtures/graphs.json' with { type: 'json' };
import { analyze, compileNetwork } from './index.ts';

type Rest = Partial<Pick<NetworkNode, 'output' | 'trainable' | 'shares' | 'bypassed'>>;
type Step = readonly [kind: string, name: string, from: readonly string[], parameters?: Record<string, unknown>, rest?: Rest];

/** A network whose nodes' ids are their names. */
function drawn(...steps: readonly Step[]): Network {
  const nodes = steps.map(([kind, name, , parameters = {}, rest = {}]) => ({ id: name, kind, name, parameters, position: { x: 0, y: 0 }, ...rest }));
  const edges = steps.flatMap(([, target, from]): NetworkEdge[] =>
    from.map((source, input) => ({ id: `${source}-${target}-${input}`, source, target, input })),
  );
  return { id: 'n', name: 'Drawn', nodes, edges };
}

const about: Pick<DatasetDescriptor, 'id' | 'title' | 'about' | 'samples' | 'look' | 'source' | 'licence' | 'origin'> = {
  id: 'rows',
  title: 'Rows',
  about: 'Made for this test.',
  samples: { train: 4, test: 0 },
  look: 'table',
  source: 'this test',
  licence: 'MIT',
  origin: 'generated',
};
const column = (name: string, ...shape: number[]) => ({ name, shape, dtype: 'float32' as const });
const whole = (name: string, ...shape: number[]) => ({ name, shape, dtype: 'int32' as const });
const dense = (units: number, activation = 'linear') => ({ units, activation });
const sgd = (learningRate: number, momentum = 0) => ({ id: 'sgd', parameters: { learningRate, momentum } });
const regression = { task: 'numbers', labels: column('answer', 1) } as const;

interface Case {
  readonly network: Network;
  readonly dataset: Pick<DatasetDescriptor, 'task' | 'features' | 'labels' | 'classNames' | 'moreFeatures' | 'moreLabels'>;
  readonly settings: Partial<TrainingSettings>;
}

const cases: Readonly<Record<string, Case>> = {
  two_inputs_two_outputs: {
    network: drawn(
      ['input', 'left', []],
      ['input', 'right', []],
      ['dense', 'a', ['left'], dense(4, 'tanh')],
      ['dense', 'b', ['right'], dense(3, 'tanh')],
      ['concatenate', 'both', ['a', 'b']],
      ['dense', 'kind', ['both'], { ...dense(3, 'softmax'), kernelL2: 0.05 }, { output: { lossWeight: 0.5 } }],
      ['dense', 'size', ['both'], dense(1), { output: { lossWeight: 2 } }],
    ),
    // Columns in another order than the network's: names decide.
    dataset: {
      features: column('right', 2),
      moreFeatures: [column('left', 3)],
      ...{ task: 'numbers', labels: column('size', 1) },
      moreLabels: [{ ...whole('kind'), task: 'classes', classNames: ['0', '1', '2'] }],
    },
    settings: { optimizer: sgd(0.1, 0.9) },
  },
  shared_layers: {
    network: drawn(
      ['input', 'left', []],
      ['input', 'right', []],
      ['dense', 'tower', ['left'], { ...dense(4, 'tanh'), kernelL1: 0.02 }],
      ['dense', 'tower again', ['right'], {}, { shares: 'tower' }],
      ['batchNormalization', 'normal', ['tower'], { momentum: 0.5 }],
      ['batchNormalization', 'normal again', ['tower again'], {}, { shares: 'normal' }],
      ['subtract', 'joined', ['normal', 'normal again']],
      ['dense', 'answer', ['joined'], dense(1, 'sigmoid')],
    ),
    dataset: { features: column('left', 3), moreFeatures: [column('right', 3)], task: 'binary', labels: whole('answer', 1) },
    settings: { optimizer: { id: 'adam', parameters: { learningRate: 0.02 } } },
  },
  called_on_its_own_result: {
    network: drawn(
      ['input', 'entry', []],
      ['dense', 'second', ['again'], {}, { shares: 'again' }],
      ['dense', 'again', ['entry'], dense(4, 'tanh')],
      ['dense', 'third', ['second'], {}, { shares: 'again' }],
      ['dense', 'answer', ['third'], dense(1)],
    ),
    dataset: { features: column('entry', 4), ...regression },
    settings: { optimizer: { id: 'rmsprop', parameters: { learningRate: 0.01 } } },
  },
  frozen_layers: {
    network: drawn(
      ['input', 'entry', []],
      ['dense', 'kept', ['entry'], { ...dense(4, 'tanh'), kernelL2: 0.1 }, { trainable: false }],
      ['batchNormalization', 'normal', ['kept'], {}, { trainable: false }],
      ['dense', 'free', ['normal'], dense(3, 'relu')],
      ['dense', 'unused', ['free'], dense(7), { bypassed: true }],
      ['dense', 'answer', ['unused'], dense(1)],
    ),
    dataset: { features: column('entry', 3), ...regression },
    settings: { optimizer: { id: 'adam', parameters: { learningRate: 0.05 } } },
  },
  autoencoder: {
    network: drawn(
      ['input', 'entry', []],
      ['dense', 'code', ['entry'], dense(2, 'tanh')],
      ['dense', 'copy', ['code'], dense(5), { output: { target: 'input' } }],
    ),
    dataset: { features: column('entry', 5), task: 'classes', labels: whole('sort'), classNames: ['a', 'b'] },
    settings: { optimizer: sgd(0.2) },
  },
  inner_output: {
    network: drawn(
      ['input', 'entry', []],
      ['dense', 'early', ['entry'], dense(2, 'softmax'), { output: { loss: 'sparseCategoricalCrossentropy' } }],
      ['dense', 'late', ['early'], dense(1), { output: { loss: 'meanAbsoluteError' } }],
    ),
    dataset: {
      features: column('entry', 3),
      task: 'classes',
      labels: whole('early'),
      classNames: ['0', '1'],
      moreLabels: [{ ...column('late', 1), task: 'numbers' }],
    },
    settings: { optimizer: sgd(0.1) },
  },
};

const programOf = ({ network, dataset, settings }: Case) =>
  compileNetwork({ network, settings: { ...defaultTrainingSettings, ...settings }, dataset: { ...about, ...dataset }, batchSize: graphs.batch });

function expectClose(got: ArrayLike<number>, want: readonly number[], what: string): void {
  expect(got.length, what).toBe(want.length);
  want.forEach((value, i) => {
    expect(Math.abs((got[i] as number) - value), `${what}[${i}]: ${got[i]} against ${value}`).toBeLessThanOrEqual(2e-5 * Math.max(1, Math.abs(value)));
  });
}

describe('as Keras does', () => {
  it.each(graphs.cases.map((one) => [one.name, one] as const))('%s', (name, { before, steps, after }) => {
    const compiled = programOf(cases[name] as Case);
    expect(compiled.weights.map((weight) => weight.name).sort()).toEqual(Object.keys(before).sort());
    const state = new Map<string, NumericArray>(compiled.slots.map((slot) => [slot.name, numericArray(slot.shape, 0)]));
    for (const weight of compiled.weights)
      state.set(weight.name, numericArray(weight.shape, before[weight.name as keyof typeof before] as unknown as number[]));
    const learningRate = (cases[name] as Case).settings.optimizer?.parameters['learningRate'] as number;
    steps.forEach(({ data, values }, i) => {
      const rows = Object.fromEntries(
        compiled.trainStep.inputs
          .filter(({ role }) => role.kind === 'data')
          .map(({ name: key, tensor }) => {
            const column = (data as Record<string, readonly number[]>)[key.slice(key.indexOf('/') + 1)] ?? new Array<number>(sizeOf(tensor.shape)).fill(0);
            return [key, numericArray(tensor.shape, column)];
          }),
      );
      const { outputs, updates } = interpret(compiled.trainStep, { ...Object.fromEntries(state), ...rows, step: i + 1, learningRate });
      const got = batchValues(compiled.meters, Object.fromEntries(Object.entries(outputs).map(([key, value]) => [key, value.data])));
      for (const [key, value] of Object.entries(values)) expectClose([got[key] as number], [value], `step ${i + 1}, ${key}`);
      for (const [key, value] of Object.entries(updates)) state.set(key, value);
    });
    for (const [key, value] of Object.entries(after)) expectClose(state.get(key)?.data ?? [], value as unknown as number[], key);
  });
});

describe('what does not fit is said', () => {
  const plain = { ...about, features: column('entry', 3), ...regression };
  const problems = (network: Network, dataset: DatasetDescriptor = plain) => analyze(network, { dataset }).problems;
  const tower = (...steps: readonly Step[]) => drawn(['input', 'entry', []], ['dense', 'first', ['entry'], dense(4)], ...steps);
  const repaired = (network: Network, dataset?: DatasetDescriptor): Network =>
    applyEdits(network, problems(network, dataset)[0]?.repairs[0]?.edits ?? []).network;

  it('shared weights of another shape, kind, or nowhere', () => {
    const shapes = tower(['dense', 'again', ['first'], {}, { shares: 'first' }], ['dense', 'answer', ['again'], dense(1)]);
    expect(problems(shapes)).toMatchObject([
      { code: 'shared-shape', nodes: ['again'], what: expect.stringContaining('kernel is 3 × 4 elsewhere; here it would be 4 × 4') },
    ]);
    const kinds = tower(['activation', 'again', ['first'], {}, { shares: 'first' }], ['dense', 'answer', ['again'], dense(1)]);
    expect(problems(kinds)[0]).toMatchObject({ code: 'shared-kind', nodes: ['again', 'first'] });
    expect(problems(repaired(kinds))).toEqual([]);
    const lost = tower(['dense', 'answer', ['first'], dense(1), { shares: 'gone' }]);
    expect(problems(lost)[0]).toMatchObject({ code: 'shared-missing', nodes: ['answer'] });
    expect(problems(repaired(lost))).toEqual([]);
  });

  it('a bypassed Input; a bypassed layer computes nothing', () => {
    const network = tower(['dense', 'wide', ['first'], dense(9), { bypassed: true }], ['dense', 'answer', ['wide'], dense(1)]);
    const { nodes, totals } = analyze(network, { dataset: plain });
    expect(nodes['wide']).toMatchObject({ outputShape: [4], trainable: 0, weights: [] });
    expect(totals.trainable).toBe(3 * 4 + 4 + 4 + 1);
    const [entry, ...others] = network.nodes as [NetworkNode, ...NetworkNode[]];
    const closed = { ...network, nodes: [{ ...entry, bypassed: true }, ...others] };
    expect(problems(closed)).toMatchObject([{ code: 'bypassed-input', nodes: ['entry'] }]);
    expect(problems(repaired(closed))).toEqual([]);
  });

  it('more Inputs or outputs than columns, a target that is not there', () => {
    const inputs = drawn(['input', 'a', []], ['input', 'b', []], ['add', 'sum', ['a', 'b']], ['dense', 'answer', ['sum'], dense(1)]);
    expect(problems(inputs)).toMatchObject([{ code: 'several-inputs', nodes: ['a', 'b'] }]);
    expect(problems(repaired(inputs))).toEqual([]);
    const outputs = tower(['dense', 'one', ['first'], dense(1)], ['dense', 'two', ['first'], dense(1)]);
    expect(problems(outputs)).toMatchObject([
      { code: 'several-outputs', nodes: ['two'], repairs: [{ label: 'Train two on “answer” too' }, { label: 'Remove two' }] },
    ]);
    expect(problems(repaired(outputs))).toEqual([]);
    const nowhere = tower(['dense', 'one', ['first'], dense(1), { output: { target: 'labels/gone' } }]);
    expect(problems(nowhere)).toMatchObject([{ code: 'unknown-target', nodes: ['one'] }]);
    expect(problems(repaired(nowhere))).toEqual([]);
  });

  it('a copy of what came in has as many values', () => {
    const network = tower(['dense', 'copy', ['first'], dense(2), { output: { target: 'input' } }]);
    expect(problems(network)).toMatchObject([
      { code: 'output-shape', what: 'copy does not fit what came in.', repairs: [{ label: 'Set copy to 3 units, linear' }] },
    ]);
    expect(problems(repaired(network))).toEqual([]);
  });
});

describe('blocks', () => {
  const plain = { ...about, features: column('entry', 3), ...regression };
  const inner = drawn(['input', 'in', []], ['dense', 'one', ['in'], dense(3, 'tanh')], ['add', 'sum', ['one', 'in']]);
  const block = { id: 'b1', name: 'Residual', nodes: inner.nodes, edges: inner.edges };
  const network = (repeat: number): Network => ({
    ...drawn(['input', 'entry', []], ['block', 'part', ['entry'], { block: 'b1', repeat }], ['dense', 'answer', ['part'], dense(1)]),
    blocks: [block],
  });

  it('are compiled as their layers, and counted at their places', () => {
    const { weights } = compileNetwork({ network: network(2), settings: defaultTrainingSettings, dataset: plain, batchSize: 4 });
    expect(weights.map(({ name }) => name)).toEqual([
      'part/1/one/kernel',
      'part/1/one/bias',
      'part/2/one/kernel',
      'part/2/one/bias',
      'answer/kernel',
      'answer/bias',
    ]);
    const { nodes, order, problems, totals } = analyze(network(2), { dataset: plain });
    expect(problems).toEqual([]);
    expect(order).toEqual(['entry', 'part', 'answer']);
    expect(nodes['part']).toMatchObject({ inputShapes: [[3]], outputShape: [3], trainable: 24, weights: [{ name: '1/one/kernel' }, {}, {}, {}] });
    expect(nodes['part/2/sum']?.outputShape).toEqual([3]);
    expect(totals.trainable).toBe(24 + 4);
  });

  it('show what is wrong inside at their place, and mend it in their definition', () => {
    const wide = applyEdits(network(1), [
      { type: 'editBlock', block: 'b1', edits: [{ type: 'setParameters', node: 'one', parameters: { units: 5 } }] },
    ]).network;
    const [problem, ...others] = analyze(wide, { dataset: plain }).problems;
    expect(others).toEqual([]);
    expect(problem).toMatchObject({ code: 'shape-mismatch', nodes: ['part'], edges: [] });
    expect(problem?.repairs.length).toBeGreaterThan(1);
    for (const { edits } of problem?.repairs ?? []) {
      expect(edits).toMatchObject([{ type: 'editBlock', block: 'b1' }]);
      expect(analyze(applyEdits(wide, edits).network, { dataset: plain }).problems).toEqual([]);
    }
  });

  it('that cannot be laid open are one problem, at their place', () => {
    const { problems } = analyze(network(0), { dataset: plain });
    expect(problems).toMatchObject([{ code: 'block-repeat', nodes: ['part'], repairs: [{ label: 'Use part once' }] }]);
    expect(analyze(applyEdits(network(0), problems[0]?.repairs[0]?.edits ?? []).network, { dataset: plain }).problems).toEqual([]);
  });
});
