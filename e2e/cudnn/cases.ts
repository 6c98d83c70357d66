// What is compared: networks with recurrent layers that train for some steps, and single LSTM and GRU operations with their derivatives. Each becomes the
// file that the TensorFlow engine would run on a graphics card, the numbers to feed it, and the numbers that the float64 interpreter has.

import { recurrentInputs, type Sizes } from '../../main/trainer/engines/tensorflow/cudnn.ts';
import { compileNetwork, initialState } from '../../shared/compile/index.ts';
import type { CompiledNetwork } from '../../shared/compile/types.ts';
import { datasetOf } from '../../shared/datasets/catalogue.ts';
import type { DatasetDescriptor } from '../../shared/datasets/descriptor.ts';
import { normalAt, randomKey, uniformAt } from '../../shared/lib/random.ts';
import type { Network } from '../../shared/network/network.ts';
import { templates } from '../../shared/network/templates/index.ts';
import { chain, type Step } from '../../shared/network/templates/template.ts';
import { createBuilder } from '../../shared/tensor/builder.ts';
import { gradients } from '../../shared/tensor/gradient.ts';
import { interpret, numericArray } from '../../shared/tensor/interpret.ts';
import type { NumericArray } from '../../shared/tensor/operation.ts';
import { type Program, type ProgramInput, sizeOf, type Tensor } from '../../shared/tensor/types.ts';
import { defaultTrainingSettings } from '../../shared/training/settings.ts';

type Numbers = Readonly<Record<string, NumericArray>>;

export interface Case {
  readonly title: string;
  readonly program: Program;
  /** Weights and slots before the first step. */
  readonly state: ReadonlyMap<string, Float32Array>;
  /** What is fed, step by step. */
  readonly feeds: readonly Numbers[];
  /** The outputs of every step, and the state after the last. */
  readonly wanted: { readonly outputs: readonly Numbers[]; readonly state: Numbers };
  /** A single operation, which Keras' layer of that name computes too. */
  readonly layer: 'lstm' | 'gru' | null;
}

const STEPS = 4,
  BATCH = 5,
  RATE = 0.1;

/** A valid number for each place of a data input: classes for labels, grey values for pictures, words for texts. */
function drawn({ name, tensor: { shape, dtype }, role }: ProgramInput, step: number, spread: number): NumericArray {
  const key = randomKey(name, step);
  const below = name.startsWith('labels') ? 2 : shape.length > 2 ? 255 : 6;
  const draw = (i: number) => {
    if (role.kind === 'random') return role.distribution === 'uniform' ? uniformAt(key, i) : Math.fround(normalAt(key, i));
    return dtype === 'float32' ? Math.fround(spread * normalAt(key, i)) : Math.floor(uniformAt(key, i) * below);
  };
  return numericArray(
    shape,
    Float64Array.from({ length: sizeOf(shape) }, (_, i) => draw(i)),
  );
}

function feedsOf(program: Program, steps: number, spread = 1): Numbers[] {
  const fed = program.inputs.filter(({ role }) => role.kind !== 'state');
  return Array.from({ length: steps }, (_, step) =>
    Object.fromEntries(
      fed.map((input) => {
        if (input.name === 'step') return [input.name, numericArray([], step + 1)];
        return [input.name, input.name === 'learningRate' ? numericArray([], RATE) : drawn(input, step, spread)];
      }),
    ),
  );
}

/** Runs the steps in float64. */
function interpreted(program: Program, before: Case['state'], feeds: readonly Numbers[]): Case['wanted'] {
  const inputs = program.inputs.filter(({ role }) => role.kind === 'state');
  let state: Numbers = Object.fromEntries(inputs.map(({ name, tensor }) => [name, numericArray(tensor.shape, before.get(name) ?? [])]));
  const outputs = feeds.map((feed) => {
    const result = interpret(program, { ...feed, ...state });
    state = { ...state, ...result.updates };
    return result.outputs;
  });
  return { outputs, state };
}

/** Plain gradient descent: weights move by their gradients, so that none is hidden by an optimizer's norm. */
const settings = { ...defaultTrainingSettings, optimizer: { id: 'sgd', parameters: { learningRate: RATE } } };

function trained(title: string, network: Network, dataset: DatasetDescriptor, own: object = {}): Case {
  const compiled: CompiledNetwork = compileNetwork({ network, settings: { ...settings, ...own, optimizer: settings.optimizer }, dataset, batchSize: BATCH });
  const program = compiled.trainStep,
    state = initialState(compiled, 7),
    feeds = feedsOf(program, STEPS);
  return { title, program, state, feeds, wanted: interpreted(program, state, feeds), layer: null };
}

const sequences = (shape: readonly number[], dtype: 'float32' | 'int32'): DatasetDescriptor => ({
  id: 'sequences',
  title: '',
  about: '',
  task: 'classes',
  features: { name: 'sequence', shape: [...shape], dtype, scale: 1 },
  labels: { name: 'class', shape: [], dtype: 'uint8' },
  classNames: ['0', '1', '2'],
  samples: { train: 100, test: 0 },
  look: 'table',
  source: 'random numbers',
  licence: '',
  origin: 'file',
});

const drawnNetwork = (title: string, steps: readonly Step[], data = sequences([7, 4], 'float32')): Case =>
  trained(title, chain('n', 'n', [['input', 'in'], ...steps, ['dense', 'answer', { units: 3, activation: 'softmax' }]]), data);

const both = (kind: string, parameters: object): Step => ['bidirectional', 'both', { layer: { kind, parameters } }];

/** A layer that hands its whole sequence and its states to another of its kind. */
function handingOn(title: string, kind: 'lstm' | 'gru', before: readonly Step[], data: DatasetDescriptor): Case {
  const reader: Step = [kind, 'encoder', { units: 5, returnSequences: true, returnState: true }],
    writer: Step = [kind, 'decoder', { units: 5, initialState: true }];
  const network = chain('n', 'n', [['input', 'in'], ...before, reader, writer, ['dense', 'answer', { units: 3, activation: 'softmax' }]]);
  const [encoder, decoder] = network.nodes.slice(-3).map(({ id }) => id) as [string, string];
  const states = (kind === 'lstm' ? [1, 2] : [1]).map((output) => ({ id: `s${output}`, source: encoder, target: decoder, input: output, output }));
  return trained(title, { ...network, edges: [...network.edges, ...states] }, data);
}

function networks(): Case[] {
  const words: Step = ['embedding', 'words', { inputDim: 6, outputDim: 4, maskZero: true }],
    text = sequences([8], 'int32');
  return [
    drawnNetwork('LSTM', [['lstm', 'read', { units: 6 }]]),
    drawnNetwork('GRU', [['gru', 'read', { units: 6 }]]),
    drawnNetwork('LSTM on GRU on LSTM', [
      ['lstm', 'one', { units: 6, returnSequences: true }],
      ['gru', 'two', { units: 3, returnSequences: true }],
      ['lstm', 'three', { units: 5 }],
    ]),
    drawnNetwork('GRU backwards, whole sequence', [
      ['gru', 'read', { units: 5, goBackwards: true, returnSequences: true }],
      ['globalAveragePooling1d', 'mean'],
    ]),
    drawnNetwork('Bidirectional LSTM', [both('lstm', { units: 4 })]),
    drawnNetwork('Bidirectional GRU, whole sequence', [both('gru', { units: 4, returnSequences: true }), ['flatten', 'flat']]),
    drawnNetwork('LSTM without bias', [['lstm', 'read', { units: 6, useBias: false }]]),
    drawnNetwork('GRU without bias', [['gru', 'read', { units: 6, useBias: false }]]),
    drawnNetwork('LSTM of words with a mask', [words, ['lstm', 'read', { units: 5 }]], text),
    drawnNetwork('GRU of words with a mask', [words, ['gru', 'read', { units: 5 }]], text),
    drawnNetwork('GRU with dropout of its input', [['gru', 'read', { units: 6, dropout: 0.3 }]]),
    drawnNetwork('LSTM with recurrent dropout', [['lstm', 'read', { units: 6, recurrentDropout: 0.3 }]]),
    drawnNetwork('LSTM with relu', [['lstm', 'read', { units: 6, activation: 'relu' }]]),
    handingOn('LSTM that hands its states on', 'lstm', [], sequences([7, 4], 'float32')),
    handingOn('GRU that hands its state on', 'gru', [], sequences([7, 4], 'float32')),
    handingOn('LSTM that hands its states on, words with a mask', 'lstm', [words], text),
    handingOn('GRU that hands its state on, words with a mask', 'gru', [words], text),
    drawnNetwork('GRU, reset before', [['gru', 'read', { units: 6, resetAfter: false }]]),
  ];
}

const fromTemplates = (): Case[] =>
  templates
    .filter(({ id }) => ['mnist-lstm', 'lstm-classifier', 'gru-classifier', 'sine', 'seq2seq', 'character-generator'].includes(id))
    .map((template) =>
      trained(`template ${template.id}`, template.create()[0] as Network, datasetOf(template.dataset) as DatasetDescriptor, template.training),
    );

const inputNames = ['x', 'kernel', 'recurrentKernel', 'bias', 'hidden', 'cell'];
/** One operation, its outputs, and the derivatives of their sum with random weights. */
function single(layer: 'lstm' | 'gru', sizes: Sizes): Case {
  const builder = createBuilder(),
    inputs = recurrentInputs(builder, layer, sizes);
  const weight = (i: number, { shape }: Tensor) => builder.input(`weight/${i}`, shape, 'float32', { kind: 'data' });
  const results = builder[layer](...inputs, {});
  const sums = results.map((result, i) => builder.reduceSum(builder.multiply(result, weight(i, result)), { axes: result.shape.map((_, axis) => axis) }));
  const derivatives = gradients(
    builder,
    sums.reduce((a, b) => builder.add(a, b)),
    inputs,
  );
  const program = builder.build([
    ...results.map((tensor, i) => ({ name: `result/${i}`, tensor })),
    ...inputNames.slice(0, inputs.length).map((name, i) => ({ name: `by/${name}`, tensor: derivatives[i] as Tensor })),
  ]);
  // Sums of 64 such products leave no gate in the middle, where float32 would not be the same any more.
  const feeds = feedsOf(program, 1, 0.5),
    state = new Map<string, Float32Array>();
  const { batch, steps, features, units } = sizes;
  const title = `${layer} alone, ${batch} × ${steps} × ${features}, ${units} units`;
  return { title, program, state, feeds, wanted: interpreted(program, state, feeds), layer };
}

/** Single operations, of sizes that cannot stand for each other. */
export function singles(): readonly Case[] {
  const sizes: readonly Sizes[] = [
    { batch: 3, steps: 5, features: 4, units: 6 },
    { batch: 2, steps: 7, features: 6, units: 1 },
    { batch: 1, steps: 1, features: 1, units: 3 },
    { batch: 32, steps: 3, features: 24, units: 64 },
  ];
  return (['lstm', 'gru'] as const).flatMap((layer) => sizes.map((one) => single(layer, one)));
}

export const cases = (): readonly Case[] => [...singles(), ...networks(), ...fromTemplates()];
