// What students get wrong, one mistake at a time: it is one error, the first repair is what somebody who knows would do, made with one click
// the network is right, and taken back it is what it was.

import { describe, expect, it } from 'vitest';
import { datasetOf } from '../../datasets/catalogue.ts';
import type { DatasetDescriptor } from '../../datasets/descriptor.ts';
import { applyEdits } from '../../network/applyEdit.ts';
import type { Network } from '../../network/network.ts';
import type { Problem } from '../../network/problem.ts';
import { chain, graph, step, type Step } from '../../network/templates/template.ts';
import { defaultTrainingSettings, type TrainingSettings } from '../../training/settings.ts';
import { adviceFor, analyze, objectiveProblems } from '../index.ts';

const digits = ['dense', 'digits', { units: 10, activation: 'softmax' }] as const;
const end = step('dense', 'digits', { units: 10, activation: 'softmax' });
const line = (...steps: readonly Step[]): Network => chain('n', 'n', [['input', 'in'], ...steps]);
/** Without the connections that come into these layers. */
function cut(network: Network, ...names: readonly string[]): Network {
  const ids = new Set(network.nodes.filter(({ name }) => names.includes(name)).map(({ id }) => id));
  return { ...network, edges: network.edges.filter(({ target }) => !ids.has(target)) };
}

interface Mistake {
  readonly network: Network;
  readonly dataset?: string;
  readonly settings?: Partial<TrainingSettings>;
  readonly code: string;
  /** The layer it is told at. */
  readonly at: string;
  readonly repair: string;
  /** What is wrong after the repair: another mistake that was there. */
  readonly next?: string;
}

function told({ dataset, settings: over }: Mistake, network: Network, more: Partial<TrainingSettings> = {}): readonly Problem[] {
  const settings = { ...defaultTrainingSettings, ...over, ...more };
  const data = datasetOf(dataset ?? 'mnist') as DatasetDescriptor;
  const analysis = analyze(network, { dataset: data, loss: settings.loss });
  const request = { network, analysis, dataset: data, settings };
  return [...analysis.problems, ...objectiveProblems(request), ...adviceFor(request)];
}
const errorsOf = (problems: readonly Problem[]) => problems.filter(({ severity }) => severity === 'error');

const mistakes: Readonly<Record<string, Mistake>> = {
  'the first connection is missing': {
    network: cut(
      chain('n', 'n', [
        ['input', 'input_1'],
        ['conv2d', 'conv2d_1'],
      ]),
      'conv2d_1',
    ),
    code: 'no-input',
    at: 'conv2d_1',
    repair: 'Connect input_1 to conv2d_1',
    next: 'output-shape',
  },
  'a connection in the middle is missing': {
    network: cut(line(['flatten', 'flat'], ['dense', 'hidden', { activation: 'relu' }], digits), 'digits'),
    code: 'no-input',
    at: 'digits',
    repair: 'Connect hidden to digits',
  },
  'no Input': {
    network: chain('n', 'n', [['flatten', 'flat'], digits]),
    code: 'no-input-layer',
    at: 'flat',
    repair: 'Add an Input and connect it to flat',
  },
  'a second Input that leads nowhere': {
    network: graph('n', 'n', [step('input', 'in'), step('input', 'other'), step('flatten', 'flat', {}, ['in']), end]),
    code: 'idle-input',
    at: 'other',
    repair: 'Remove other',
  },
  'an Input for each branch': {
    network: graph('n', 'n', [
      step('input', 'in'),
      step('input', 'other'),
      step('flatten', 'one', {}, ['in']),
      step('flatten', 'two', {}, ['other']),
      step('concatenate', 'both', {}, ['one', 'two']),
      end,
    ]),
    code: 'several-inputs',
    at: 'in',
    repair: 'Start from in instead',
  },
  'a layer that was left over': {
    network: graph('n', 'n', [step('input', 'in'), step('flatten', 'flat', {}, ['in']), step('dropout', 'left', {}, ['flat']), { ...end, from: ['flat'] }]),
    code: 'several-outputs',
    at: 'left',
    repair: 'Remove left',
  },
  'a branch that was left over': {
    network: graph('n', 'n', [
      step('input', 'in'),
      step('flatten', 'flat', {}, ['in']),
      step('dense', 'aside', { units: 7 }, ['flat']),
      step('dropout', 'left', {}, ['aside']),
      { ...end, from: ['flat'] },
    ]),
    code: 'several-outputs',
    at: 'left',
    repair: 'Remove left and what leads only there',
  },
  'Flatten is forgotten': {
    network: line(['conv2d', 'conv'], digits),
    code: 'output-shape',
    at: 'digits',
    repair: 'Insert Flatten before digits',
  },
  'one unit for ten classes': {
    network: line(['flatten', 'flat'], ['dense', 'digits', { units: 1, activation: 'sigmoid' }]),
    code: 'output-shape',
    at: 'digits',
    repair: 'Set digits to 10 units, softmax',
  },
  'the last layer is forgotten': {
    network: line(['conv2d', 'conv'], ['flatten', 'flat']),
    code: 'output-shape',
    at: 'flat',
    repair: 'Add Dense with 10 units at the end',
  },
  'an Add with one branch': {
    network: line(['flatten', 'flat'], ['dense', 'hidden', { units: 8, activation: 'relu' }], ['add', 'sum'], digits),
    code: 'too-few-inputs',
    at: 'sum',
    repair: 'Remove sum',
  },
  'branches of two widths': {
    network: graph('n', 'n', [
      step('input', 'in'),
      step('conv2d', 'one', { filters: 32 }, ['in']),
      step('conv2d', 'two', { filters: 64 }, ['one']),
      step('add', 'sum', {}, ['one', 'two']),
      step('flatten', 'flat', {}, ['sum']),
      end,
    ]),
    code: 'shape-mismatch',
    at: 'sum',
    repair: 'Set filters of two to 32, padding to “same”',
  },
  'an LSTM behind Flatten': {
    network: line(['flatten', 'flat'], ['lstm', 'read'], digits),
    code: 'rank',
    at: 'read',
    repair: 'Remove flat',
  },
  'a convolution behind Flatten': {
    network: line(['flatten', 'flat'], ['conv2d', 'conv'], ['globalAveragePooling2d', 'pool'], digits),
    code: 'rank',
    at: 'conv',
    repair: 'Remove flat',
  },
  'an LSTM behind one that gives its last step alone': {
    network: line(['lstm', 'one'], ['lstm', 'two'], digits),
    code: 'rank',
    at: 'two',
    repair: 'Let one return sequences',
  },
  'one pooling too many': {
    network: line(['maxPooling2d', 'a'], ['maxPooling2d', 'b'], ['maxPooling2d', 'c'], ['maxPooling2d', 'd'], ['maxPooling2d', 'e'], ['flatten', 'f'], digits),
    code: 'window-too-large',
    at: 'e',
    repair: 'Remove e',
  },
  'a kernel larger than what is left': {
    network: line(['maxPooling2d', 'a', { poolSize: [8, 8] }], ['conv2d', 'conv', { kernelSize: [5, 5] }], ['flatten', 'flat'], digits),
    code: 'window-too-large',
    at: 'conv',
    repair: 'Set padding to “same”',
  },
  'a shape set by hand that the data does not have': {
    network: chain('n', 'n', [['input', 'in', { shape: [32, 32, 3] }], ['conv2d', 'conv'], ['flatten', 'flat'], digits]),
    code: 'input-shape',
    at: 'in',
    repair: 'Set the shape to automatic',
  },
  'a Reshape to another number of values': {
    network: line(['flatten', 'flat'], ['reshape', 'again', { targetShape: [27, 28, 1] }], ['conv2d', 'conv'], ['flatten', 'row'], digits),
    code: 'reshape-size',
    at: 'again',
    repair: 'Set target shape to −1 × 28 × 1',
  },
  'softmax for yes or no': {
    network: line(['dense', 'answer', { units: 1, activation: 'softmax' }]),
    dataset: 'spirals',
    code: 'no-loss-fits',
    at: 'answer',
    repair: 'Set answer to sigmoid',
  },
  'accuracy of numbers': {
    network: line(['dense', 'answer', { units: 1 }]),
    dataset: 'sine',
    settings: { metrics: ['accuracy'] },
    code: 'metric-misfit',
    at: 'answer',
    repair: 'Leave out Accuracy',
  },
  'units that cannot be': {
    network: line(['flatten', 'flat'], ['dense', 'hidden', { units: 0, activation: 'relu' }], digits),
    code: 'parameter',
    at: 'hidden',
    repair: 'Set units to 64',
  },
};

describe('one mistake is one error, and the first repair mends it', () => {
  it.each(Object.entries(mistakes))('%s', (_, mistake) => {
    const { network, code, at, repair, next } = mistake;
    const errors = errorsOf(told(mistake, network));
    expect(errors.map((one) => one.code)).toEqual([code]);
    const [problem] = errors as [Problem];
    expect(network.nodes.find(({ id }) => id === problem.nodes[0])?.name).toBe(at);
    const [first] = problem.repairs;
    expect(first?.label).toBe(repair);
    const { network: after, inverse } = applyEdits(network, first?.edits ?? []);
    expect(errorsOf(told(mistake, after, first?.settings)).map((one) => one.code)).toEqual(next === undefined ? [] : [next]);
    expect(applyEdits(after, inverse).network).toEqual(network);
  });
});

it('softmax over one number that is asked for is advice: it trains, to nothing', () => {
  const mistake = { network: line(['dense', 'answer', { units: 1, activation: 'softmax' }]), dataset: 'sine', code: '', at: '', repair: '' };
  const [advice] = told(mistake, mistake.network);
  expect(advice).toMatchObject({ severity: 'advice', code: 'constant-output', repairs: [{ label: 'Set answer to linear' }, {}] });
  expect(told(mistake, applyEdits(mistake.network, advice?.repairs[0]?.edits ?? []).network)).toEqual([]);
});
