// Every repair mends what it is offered for, and nothing but an undo is needed to take it back.

import { describe, expect, it } from 'vitest';
import { datasetOf } from '../../datasets/catalogue.ts';
import type { DatasetDescriptor } from '../../datasets/descriptor.ts';
import { applyEdits } from '../../network/applyEdit.ts';
import type { Network } from '../../network/network.ts';
import type { Problem } from '../../network/problem.ts';
import { chain, graph, step } from '../../network/templates/template.ts';
import { defaultTrainingSettings, type TrainingSettings } from '../../training/settings.ts';
import { adviceFor, analyze, compileNetwork, objectiveProblems } from '../index.ts';

const mnist = datasetOf('mnist') as DatasetDescriptor;
const problemsOf = (network: Network) => analyze(network, { dataset: mnist }).problems;
const problemOf = (network: Network, code: string): Problem => {
  const problem = problemsOf(network).find((one) => one.code === code);
  if (!problem) throw new Error(`no problem ${code}, but ${problemsOf(network).map((one) => one.code)}`);
  return problem;
};
const labels = ({ repairs }: Problem): string[] => repairs.map(({ label }) => label);

/** The network after the repair of that label; undone, it is what it was. */
function mended(network: Network, problem: Problem, label: string): Network {
  const repair = problem.repairs.find((one) => one.label === label);
  if (!repair) throw new Error(`no repair “${label}”, but ${labels(problem).join('; ')}`);
  const { network: after, inverse } = applyEdits(network, repair.edits);
  const { network: back } = applyEdits(after, inverse);
  const sorted = ({ nodes, edges }: Network) => [...nodes, ...edges].sort((a, b) => a.id.localeCompare(b.id));
  expect(sorted(back)).toEqual(sorted(network));
  return after;
}
const digits = ['dense', 'digits', { units: 10, activation: 'softmax' }] as const;

it('a Flatten is offered only before an output that gives a row then', () => {
  const ending = (...last: readonly [string, string, Record<string, unknown>?]) =>
    chain('n', 'n', [['input', 'in', { shape: [28, 28, 1] }], ['conv2d', 'conv'], last]);
  expect(labels(problemOf(ending('dense', 'last', { units: 10 }), 'output-shape'))).toContain('Insert Flatten before last');
  for (const kind of ['conv2dTranspose', 'maxPooling2d'])
    expect(labels(problemOf(ending(kind, 'last'), 'output-shape')).filter((label) => label.startsWith('Insert Flatten'))).toEqual([]);
});

describe('a missing connection', () => {
  const line = chain('n', 'n', [['input', 'in'], ['flatten', 'flat'], ['dense', 'hidden'], digits]);
  const cut = (id: string): Network => ({ ...line, edges: line.edges.filter((edge) => edge.id !== id) });

  it('the end above it is offered first, and what it feeds never', () => {
    const network = cut('n-e2');
    expect(problemsOf(network).map(({ code }) => code)).toEqual(['no-input']);
    const problem = problemOf(network, 'no-input');
    expect(labels(problem)).toEqual(['Connect flat to hidden', 'Connect in to hidden']);
    expect(problemsOf(mended(network, problem, 'Connect flat to hidden'))).toEqual([]);
  });

  it('a merging layer gets its second branch', () => {
    const network = graph('n', 'n', [
      step('input', 'in'),
      step('dense', 'left', { units: 8 }, ['in']),
      step('dense', 'right', { units: 8 }, ['in']),
      step('add', 'sum', {}, ['left']),
      step('dense', 'digits', { units: 10, activation: 'softmax' }, ['sum']),
    ]);
    const problem = problemOf(network, 'too-few-inputs');
    expect(labels(problem)[0]).toBe('Connect right to sum');
    expect(problemsOf(mended(network, problem, 'Connect right to sum'))).toEqual([]);
  });

  it('an input with a name gets its source', () => {
    const attention = graph('n', 'n', [
      step('input', 'in'),
      step('lstm', 'query', { units: 8, returnSequences: true }, ['in']),
      step('lstm', 'value', { units: 8, returnSequences: true }, ['in']),
      step('lstm', 'key', { units: 8, returnSequences: true }, ['in']),
      step('attention', 'attend', {}, ['query', 'key']),
      step('flatten', 'flat', {}, ['attend']),
      step('dense', 'digits', { units: 10, activation: 'softmax' }, ['flat']),
    ]);
    // The key comes in at its own place, and the value before it is open.
    const open = { ...attention, edges: attention.edges.map((edge) => (edge.input === 1 ? { ...edge, input: 2 } : edge)) };
    const problem = problemOf(open, 'open-input');
    expect(problem.what).toContain('“Value”');
    expect(problemsOf(mended(open, problem, 'Connect value to attend'))).toEqual([]);
  });
});

describe('a kernel larger than its input', () => {
  it('padding “same” mends it', () => {
    const network = chain('n', 'n', [
      ['input', 'in'],
      ['maxPooling2d', 'pool', { poolSize: [7, 7] }],
      ['conv2d', 'conv', { kernelSize: [5, 5] }],
      ['flatten', 'flat'],
      digits,
    ]);
    const [problem] = problemsOf(network);
    expect(problem?.where).toBe('conv: pool gives 4 × 4 × 1');
    expect(problemsOf(mended(network, problem as Problem, 'Set padding to “same”'))).toEqual([]);
  });
});

describe('another number of axes', () => {
  it.each([
    ['lstm', 'conv2d', 'Insert Reshape to 26 × 832 before next'],
    ['conv2d', 'flatten', 'Insert Reshape to 28 × 28 × 1 before next'],
    ['lstm', 'flatten', 'Insert Reshape to 784 × 1 before next'],
  ])('%s behind %s', (kind, before, label) => {
    const network = chain('n', 'n', [['input', 'in'], [before, 'first'], [kind, 'next'], ['flatten', 'flat'], digits]);
    const [problem] = problemsOf(network);
    expect(problem?.nodes).toEqual(['n-3']);
    expect(problemsOf(mended(network, problem as Problem, label))).toEqual([]);
  });
});

/** Two ways over the picture that meet; one of them is smaller and wider. */
const branches = (merge: string, long: Readonly<Record<string, unknown>>): Network =>
  graph('n', 'n', [
    step('input', 'in'),
    step('conv2d', 'start', { filters: 4, padding: 'same' }, ['in']),
    step('conv2d', 'long', { filters: 8, kernelSize: [3, 3], ...long }, ['start']),
    step('activation', 'bent', {}, ['long']),
    step('activation', 'short', {}, ['start']),
    step(merge, 'join', {}, ['bent', 'short']),
    step('flatten', 'flat', {}, ['join']),
    step('dense', 'digits', { units: 10, activation: 'softmax' }, ['flat']),
  ]);

describe('branches that do not fit', () => {
  it('at Add a 1 × 1 convolution with a stride projects the shortcut', () => {
    const network = branches('add', { strides: [2, 2], padding: 'same' });
    const problem = problemOf(network, 'shape-mismatch');
    expect(problem.where).toBe('join: bent gives 14 × 14 × 8, short gives 28 × 28 × 4');
    const label = labels(problem).find((one) => one.endsWith('between short and join')) ?? '';
    expect(label).toBe('Insert Conv2D between short and join');
    const after = mended(network, problem, label);
    expect(problemsOf(after)).toEqual([]);
    expect(analyze(after, { dataset: mnist }).nodes['conv2d-1']?.outputShape).toEqual([14, 14, 8]);
  });

  it('the layer that sets the width is found behind those that only hand it on', () => {
    const network = graph('n', 'n', [
      step('input', 'in'),
      step('conv2d', 'start', { filters: 4, padding: 'same' }, ['in']),
      step('conv2d', 'long', { filters: 8, kernelSize: [3, 3] }, ['start']),
      step('batchNormalization', 'norm', {}, ['long']),
      step('activation', 'bent', {}, ['norm']),
      step('add', 'join', {}, ['bent', 'start']),
      step('flatten', 'flat', {}, ['join']),
      step('dense', 'digits', { units: 10, activation: 'softmax' }, ['flat']),
    ]);
    const problem = problemOf(network, 'shape-mismatch');
    expect(labels(problem)[0]).toBe('Set filters of long to 4, padding to “same”');
    expect(problemsOf(mended(network, problem, 'Set filters of long to 4, padding to “same”'))).toEqual([]);
  });

  it('at Concatenate edges are cut, or another size is computed', () => {
    const network = branches('concatenate', {});
    const problem = problemsOf(network)[0] as Problem;
    expect(problem.where).toContain('bent gives 26 × 26 × 8, short gives 28 × 28 × 4');
    const own = labels(problem).filter((label) => label.startsWith('Insert'));
    expect(own).toEqual(['Insert Resizing between bent and join', 'Insert Cropping2D between short and join', 'Insert Resizing between short and join']);
    for (const label of own) expect(problemsOf(mended(network, problem, label))).toEqual([]);
  });
});

describe('the loss and what it is given', () => {
  const line = (units: number, activation: string): Network =>
    chain('n', 'n', [
      ['input', 'in'],
      ['dense', 'answer', { units, activation }],
    ]);
  const asked = (network: Network, dataset: DatasetDescriptor, over: Partial<TrainingSettings>) => {
    const settings = { ...defaultTrainingSettings, ...over };
    const request = { network, analysis: analyze(network, { dataset, loss: settings.loss }), dataset, settings };
    return { settings, problems: objectiveProblems(request), advice: adviceFor(request) };
  };
  const compiles = (network: Network, dataset: DatasetDescriptor, settings: TrainingSettings) => () =>
    compileNetwork({ network, dataset, settings, batchSize: 4 });
  const sine = datasetOf('sine') as DatasetDescriptor;
  const spirals = datasetOf('spirals') as DatasetDescriptor;

  it.each([
    ['classes asked of numbers', line(1, 'linear'), sine, { loss: 'sparseCategoricalCrossentropy' }, 'loss-misfit', 'Choose the loss automatically'],
    ['a loss that is not there', line(1, 'linear'), sine, { loss: 'quantumLoss' }, 'loss-misfit', 'Choose the loss automatically'],
    ['a metric of classes for numbers', line(1, 'linear'), sine, { metrics: ['accuracy', 'mae'] }, 'metric-misfit', 'Leave out Accuracy'],
    ['a metric that is not there', line(1, 'linear'), sine, { metrics: ['quantumness'] }, 'metric-misfit', 'Leave out quantumness'],
  ] as const)('%s: what is refused is told, and mended', (_, network, dataset, over, code, label) => {
    const { settings, problems } = asked(network, dataset, over as Partial<TrainingSettings>);
    expect(problems.map((one) => one.code)).toEqual([code]);
    expect(compiles(network, dataset, settings)).toThrow();
    const repair = problems[0]?.repairs.find((one) => one.label === label);
    const after = { ...settings, ...repair?.settings };
    expect(asked(network, dataset, after).problems).toEqual([]);
    expect(compiles(network, dataset, after)).not.toThrow();
  });

  it('softmax over one number becomes sigmoid', () => {
    const network = line(1, 'softmax');
    const { problems, settings } = asked(network, spirals, {});
    expect(problems.map((one) => one.code)).toEqual(['no-loss-fits']);
    expect(compiles(network, spirals, settings)).toThrow();
    const after = mended(network, problems[0] as Problem, 'Set answer to sigmoid');
    expect(asked(after, spirals, {}).problems).toEqual([]);
    expect(compiles(after, spirals, settings)).not.toThrow();
  });

  it('softmax before a loss from scores: either side can give way', () => {
    const network = line(10, 'softmax');
    const over = { loss: 'sparseCategoricalCrossentropy', lossParameters: { fromLogits: true } };
    const { advice } = asked(network, mnist, over);
    expect(advice.map((one) => one.code)).toEqual(['probabilities-as-scores']);
    expect(advice[0]?.repairs.map(({ label }) => label)).toEqual([
      'Set answer to linear',
      expect.stringMatching(/ read probabilities$/),
      'Don’t show again here',
    ]);
    expect(asked(network, mnist, { ...over, ...advice[0]?.repairs[1]?.settings }).advice).toEqual([]);
    expect(asked(mended(network, advice[0] as Problem, 'Set answer to linear'), mnist, over).advice).toEqual([]);
  });

  it('scores before a loss from probabilities: either side can give way', () => {
    const over = { loss: 'sparseCategoricalCrossentropy', lossParameters: { fromLogits: false } };
    const { advice } = asked(line(10, 'linear'), mnist, over);
    expect(advice.map((one) => one.code)).toEqual(['scores-as-probabilities']);
    expect(asked(line(10, 'linear'), mnist, { ...over, ...advice[0]?.repairs[1]?.settings }).advice).toEqual([]);
  });
});
