// What our engines are for: plain tfjs-node's own fit on the same network, for comparison. Prints one JSON object a line.
// tfjsFit.ts ENGINE NETWORK EPOCHS STARTED: ENGINE is the folder of an installed TensorFlow, STARTED when the process was asked for, in seconds.

import { cpus } from 'node:os';
import { join } from 'node:path';
import { installedEngine } from '../../main/files/installedEngine.ts';
import { loadTensorflow } from '../../main/trainer/engines/tensorflow/library.ts';
import { rowsOf } from './data.ts';
import { benchNetworks } from './networks.ts';

interface Tensor {
  div(by: number): Tensor;
}
interface Layer {
  apply(input: Layer | readonly Layer[]): Layer;
}
interface Model {
  compile(settings: object): void;
  fit(x: Tensor, y: Tensor, settings: object): Promise<unknown>;
}
type Make = (settings?: object) => Layer;
/** The part of tfjs' layers that is used here. */
interface Tfjs {
  tensor(values: unknown, shape: readonly number[], dtype: string): Tensor;
  input(settings: object): Layer;
  model(settings: object): Model;
  readonly layers: Readonly<Record<string, Make>>;
}

const [folder = '', id = '', epochs = '2', started = '0'] = process.argv.slice(2);
const installed = installedEngine(folder),
  network = benchNetworks.find((one) => one.id === id);
if (!installed || !network) throw new Error(`There is no TensorFlow in ${folder}, or no network “${id}”.`);
const tf = (await loadTensorflow(join(folder, installed.addon), { count: cpus().length, beside: true })) as unknown as Tfjs;

const make = (kind: string, settings?: object): Layer => {
  const layer = tf.layers[kind];
  if (!layer) throw new Error(`tfjs has no ${kind}.`);
  return layer(settings ?? {});
};
const dense = (h: Layer, units: number, activation = 'relu') => make('dense', { units, activation }).apply(h);
const conv = (h: Layer, filters: number, size: number, strides: number, more: object = {}) =>
  make('conv2d', { filters, kernelSize: size, strides, padding: 'same', ...more }).apply(h);
const normal = (h: Layer) => make('batchNormalization').apply(h);
const relu = (h: Layer) => make('reLU').apply(h);

function resnet(input: Layer): Layer {
  let h = relu(normal(conv(input, 16, 3, 1)));
  for (const [stage, filters] of [16, 32, 64].entries()) {
    for (let block = 0; block < 3; block++) {
      const stride = stage > 0 && block === 0 ? 2 : 1;
      const shortcut = stride === 1 ? h : conv(h, filters, 1, 2);
      h = relu(make('add').apply([normal(conv(relu(normal(conv(h, filters, 3, stride))), filters, 3, 1)), shortcut]));
    }
  }
  return make('globalAveragePooling2d').apply(h);
}

function cnn(input: Layer): Layer {
  const block = (h: Layer, filters: number) => make('maxPooling2d', { poolSize: 2 }).apply(conv(h, filters, 3, 1, { padding: 'valid', activation: 'relu' }));
  return dense(make('flatten').apply(block(block(make('reshape', { targetShape: [28, 28, 1] }).apply(input), 32), 64)), 128);
}

const bodies: Readonly<Record<string, (input: Layer) => Layer>> = {
  mlp: (input) => dense(make('flatten').apply(input), 512),
  dense: (input) => dense(dense(make('flatten').apply(input), 4096), 4096),
  cnn,
  resnet,
  lstm: (input) => make('lstm', { units: 64 }).apply(input),
  gru: (input) => make('gru', { units: 64, resetAfter: false }).apply(input),
};

const { shape } = network.dataset.features;
const input = tf.input({ shape });
const body = bodies[id];
if (!body) throw new Error(`tfjs cannot build “${id}”.`);
const model = tf.model({ inputs: input, outputs: dense(body(input), 10, 'softmax') });
model.compile({ optimizer: 'adam', loss: 'sparseCategoricalCrossentropy', metrics: ['accuracy'] });

const rows = rowsOf(network);
const column = (kind: string) => Object.entries(rows.columns).find(([key]) => key.startsWith(kind))?.[1] ?? [];
const x = tf.tensor(Float32Array.from(column('features/')), [network.samples, ...shape], 'float32').div(255);
const y = tf.tensor(Float32Array.from(column('labels/')), [network.samples, 1], 'float32');
let firstBatch = Number.NaN,
  began = 0;
await model.fit(x, y, {
  batchSize: network.batchSize,
  epochs: Number(epochs),
  verbose: 0,
  callbacks: {
    onBatchEnd: () => {
      if (Number.isNaN(firstBatch)) firstBatch = Date.now() / 1000 - Number(started);
    },
    onEpochBegin: () => void (began = performance.now()),
    onEpochEnd: () => console.log(JSON.stringify({ samplesPerSecond: (network.samples / (performance.now() - began)) * 1000 })),
  },
});
console.log(JSON.stringify({ firstBatch, peakMemory: process.resourceUsage().maxRSS * 1024 }));
