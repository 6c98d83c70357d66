// The networks of the bench with the data they are measured on. keras_fit.py builds the same ones.

import type { DatasetDescriptor } from '../../shared/datasets/descriptor.ts';
import type { Network, NetworkEdge, NetworkNode } from '../../shared/network/network.ts';

export interface BenchNetwork {
  readonly id: string;
  readonly title: string;
  readonly batchSize: number;
  readonly samples: number;
  readonly dataset: DatasetDescriptor;
  create(): Network;
  /** Times Keras' speed that is asked of each engine. */
  readonly asked: { readonly tensorflow: number; readonly onnxruntime: number };
  /** Whether plain tfjs can train it: it has no attention. */
  readonly plainTfjs: boolean;
}

type Parameters = Readonly<Record<string, unknown>>;

/** Writes a network layer by layer; each call gives the node that others build on. */
class Drawing {
  private readonly nodes: NetworkNode[] = [];
  private readonly edges: NetworkEdge[] = [];

  add(kind: string, sources: readonly string[], parameters: Parameters = {}): string {
    const id = `n${this.nodes.length}`;
    this.nodes.push({ id, kind, name: `${kind}_${this.nodes.length}`, parameters: { ...parameters }, position: { x: 0, y: this.nodes.length * 80 } });
    for (const [input, source] of sources.entries()) this.edges.push({ id: `e${this.edges.length}`, source, target: id, input });
    return id;
  }

  /** Further results of a layer, handed on to further inputs of another. */
  hand(source: string, outputs: readonly number[], target: string): void {
    for (const output of outputs) this.edges.push({ id: `e${this.edges.length}`, source, target, input: output, output });
  }

  finish(id: string, from: string): Network {
    this.add('dense', [from], { units: 10, activation: 'softmax' });
    return { id, name: id, nodes: this.nodes, edges: this.edges };
  }
}

function mlp(...units: readonly number[]): (id: string) => Network {
  return (id) => {
    const draw = new Drawing();
    let h = draw.add('flatten', [draw.add('input', [])]);
    for (const size of units) h = draw.add('dense', [h], { units: size, activation: 'relu' });
    return draw.finish(id, h);
  };
}

function cnn(id: string): Network {
  const draw = new Drawing();
  const block = (from: string, filters: number) => draw.add('maxPooling2d', [draw.add('conv2d', [from], { filters, kernelSize: [3, 3], activation: 'relu' })]);
  const flat = draw.add('flatten', [block(block(draw.add('input', []), 32), 64)]);
  return draw.finish(id, draw.add('dense', [flat], { units: 128, activation: 'relu' }));
}

/** Three stages of three residual blocks. He et al., 2015, with a 1 × 1 convolution where the size changes. */
function resnet(id: string): Network {
  const draw = new Drawing();
  const conv = (from: string, filters: number, size: number, stride: number) =>
    draw.add('conv2d', [from], { filters, kernelSize: [size, size], strides: [stride, stride], padding: 'same' });
  const normal = (from: string) => draw.add('batchNormalization', [from]);
  const relu = (from: string) => draw.add('relu', [from]);
  let h = relu(normal(conv(draw.add('input', []), 16, 3, 1)));
  for (const [stage, filters] of [16, 32, 64].entries()) {
    for (let block = 0; block < 3; block++) {
      const stride = stage > 0 && block === 0 ? 2 : 1;
      const shortcut = stride === 1 ? h : conv(h, filters, 1, 2);
      const inner = normal(conv(relu(normal(conv(h, filters, 3, stride))), filters, 3, 1));
      h = relu(draw.add('add', [inner, shortcut]));
    }
  }
  return draw.finish(id, draw.add('globalAveragePooling2d', [h]));
}

const recurrent =
  (kind: 'lstm' | 'gru') =>
  (id: string): Network => {
    const draw = new Drawing();
    return draw.finish(id, draw.add(kind, [draw.add('input', [])], { units: 64 }));
  };

/** An encoder hands its states to a decoder, which looks back at all the encoder has read. */
const translator =
  (kind: 'lstm' | 'gru') =>
  (id: string): Network => {
    const draw = new Drawing();
    const words = () => draw.add('embedding', [draw.add('input', [])], { inputDim: 1000, outputDim: 64 });
    const [source, target] = [words(), words()];
    const read = draw.add(kind, [source], { units: 64, returnSequences: true, returnState: true });
    const written = draw.add(kind, [target], { units: 64, returnSequences: true, initialState: true });
    draw.hand(read, kind === 'lstm' ? [1, 2] : [1], written);
    return draw.finish(id, draw.add('concatenate', [written, draw.add('attention', [written, read])]));
  };

/** Two blocks of width 64 with four heads over 64 tokens. */
function transformer(id: string): Network {
  const draw = new Drawing();
  const normal = (from: string) => draw.add('layerNormalization', [from], { epsilon: 1e-6 });
  const tokens = draw.add('embedding', [draw.add('input', [])], { inputDim: 1000, outputDim: 64 });
  let h = draw.add('add', [tokens, draw.add('positionEmbedding', [tokens], { sequenceLength: 64 })]);
  for (let block = 0; block < 2; block++) {
    h = draw.add('add', [h, draw.add('multiHeadAttention', [normal(h)], { numHeads: 4, keyDim: 16 })]);
    const wide = draw.add('dense', [normal(h)], { units: 256, activation: 'relu' });
    h = draw.add('add', [h, draw.add('dense', [wide], { units: 64 })]);
  }
  return draw.finish(id, draw.add('globalAveragePooling1d', [h]));
}

/** What a network reads, and the shape of what it is asked for: one class, or one for each step. */
type Columns = Pick<DatasetDescriptor, 'features' | 'moreFeatures'> & { readonly answers?: number[] };

/** Random data: speed does not depend on what it means. */
function randomData(id: string, { answers = [], ...features }: Columns, samples: number): DatasetDescriptor {
  return {
    id,
    title: id,
    about: '',
    task: 'classes',
    ...features,
    labels: { name: 'class', shape: answers, dtype: 'uint8' },
    classNames: Array.from({ length: 10 }, (_, i) => String(i)),
    samples: { train: samples, test: 0 },
    look: 'table',
    source: 'random numbers',
    licence: '',
    origin: 'file',
  };
}

function network(
  id: string,
  title: string,
  sizes: { readonly batchSize: number; readonly samples: number },
  columns: Columns,
  create: (id: string) => Network,
  asked: BenchNetwork['asked'],
  plainTfjs = true,
): BenchNetwork {
  return { id, title, ...sizes, dataset: randomData(id, columns, sizes.samples), create: () => create(id), asked, plainTfjs };
}

const grey = { name: 'image', shape: [28, 28], dtype: 'uint8', scale: 1 / 255 } as const;
const digit = (): Columns => ({ features: { ...grey, shape: [28, 28] } });
const tokens = (name: string, length: number): DatasetDescriptor['features'] => ({ name, shape: [length], dtype: 'int32' });
/** 30 words to read, 30 to write. */
const sentences = (): Columns => ({ features: tokens('source', 30), moreFeatures: [tokens('target', 30)], answers: [30] });

export const benchNetworks: readonly BenchNetwork[] = [
  network('mlp', 'MLP 784-512-10', { batchSize: 128, samples: 12_800 }, digit(), mlp(512), { tensorflow: 2.0, onnxruntime: 1.2 }),
  network('cnn', 'CNN 32-64-128', { batchSize: 64, samples: 6400 }, digit(), cnn, { tensorflow: 1.3, onnxruntime: 0.8 }),
  network(
    'resnet',
    'ResNet-20-like on 32 × 32 × 3',
    { batchSize: 64, samples: 640 },
    { features: { name: 'image', shape: [32, 32, 3], dtype: 'uint8', scale: 1 / 255 } },
    resnet,
    { tensorflow: 1.3, onnxruntime: 0.7 },
  ),
  network('lstm', 'LSTM 64 over 28 × 28', { batchSize: 64, samples: 6400 }, digit(), recurrent('lstm'), { tensorflow: 1.3, onnxruntime: 1.3 }),
  network('gru', 'GRU 64 over 28 × 28', { batchSize: 64, samples: 6400 }, digit(), recurrent('gru'), { tensorflow: 1.6, onnxruntime: 1.3 }),
  network(
    'transformer',
    'Transformer encoder, 2 blocks',
    { batchSize: 64, samples: 1280 },
    { features: tokens('tokens', 64) },
    transformer,
    { tensorflow: 1.05, onnxruntime: 1.0 },
    false,
  ),
  network(
    'seq2seq',
    'LSTM encoder and decoder with attention, 30 steps each',
    { batchSize: 64, samples: 1280 },
    sentences(),
    translator('lstm'),
    { tensorflow: 1.0, onnxruntime: 1.0 },
    false,
  ),
  network(
    'seq2seq-gru',
    'GRU encoder and decoder with attention',
    { batchSize: 64, samples: 1280 },
    sentences(),
    translator('gru'),
    { tensorflow: 1.0, onnxruntime: 1.0 },
    false,
  ),
  network('dense', 'Dense 784-4096-4096-10', { batchSize: 64, samples: 1280 }, digit(), mlp(4096, 4096), { tensorflow: 1.0, onnxruntime: 0.6 }),
];
