// Keras code: what it says, what it says in words, and which layer each line is about. That it runs is proved in Keras (npm run keras-code).

import { describe, expect, test } from 'vitest';
import { analyze } from '../compile/index.ts';
import type { DatasetDescriptor } from '../datasets/descriptor.ts';
import { defaultTrainingSettings } from '../training/settings.ts';
import { templateOf, templates } from '../network/templates/index.ts';
import { kerasSource } from './keras.ts';
import { textOf } from './source.ts';
import { networkOf, requestFor } from './testing/requests.ts';

const codeOf = (...args: Parameters<typeof requestFor>): string => textOf(kerasSource(requestFor(...args)));
const template = (id: string) => {
  const { create, dataset, training } = templateOf(id);
  return codeOf(create()[0] as ReturnType<typeof create>[number], dataset, training);
};

describe('Keras code', () => {
  test('a chain is a Sequential with what differs from the defaults of Keras', () => {
    const code = template('mnist-cnn');
    expect(code).toContain('model = keras.Sequential(');
    expect(code).toContain('        keras.layers.Conv2D(filters=32, kernel_size=(3, 3), activation="relu", name="conv_1"),\n');
    expect(code).toContain('        keras.layers.Flatten(name="flatten"),\n');
    expect(code).toContain('loss="sparse_categorical_crossentropy"');
    expect(code).toContain('model.fit(x_train, y_train, batch_size=64, epochs=3)');
  });

  test('branches are functional, and each line knows its layer', () => {
    const network = networkOf([
      ['input', 'image', []],
      ['dense', 'left', ['image'], { parameters: { units: 10 } }],
      ['dense', 'right', ['image'], { parameters: { units: 10 }, trainable: false }],
      ['add', 'sum', ['left', 'right']],
    ]);
    const source = kerasSource(requestFor(network, null));
    const said = (id: string) => source.filter(({ nodes }) => nodes.includes(id)).map(({ text }) => text);
    expect(said('right')).toEqual(['right = keras.layers.Dense(units=10, trainable=False, name="right")(image)']);
    expect(said('sum')).toEqual(['sum = keras.layers.Add(name="sum")([left, right])']);
    expect(textOf(source)).toContain('model = keras.Model(inputs=image, outputs=sum, name="test_net")');
  });

  test('a layer used twice is made once', () => {
    const network = networkOf([
      ['input', 'a', [], { parameters: { shape: [4] } }],
      ['input', 'b', [], { parameters: { shape: [4] } }],
      ['dense', 'encoder', ['a'], { parameters: { units: 3 } }],
      ['dense', 'again', ['b'], { shares: 'encoder' }],
      ['concatenate', 'both', ['encoder', 'again']],
    ]);
    const code = codeOf(network, null);
    expect(code).toContain('encoder_layer = keras.layers.Dense(units=3, name="encoder")\nencoder = encoder_layer(a)\nagain = encoder_layer(b)');
    expect(code.match(/keras\.layers\.Dense/g)).toHaveLength(1);
  });

  test('what attention would take the mask off is given to it as a copy, whose line is the attention’s', () => {
    const network = networkOf([
      ['input', 'x', [], { parameters: { shape: [4] } }],
      ['embedding', 'words', ['x'], { parameters: { inputDim: 9, outputDim: 4, maskZero: true } }],
      ['dropout', 'drop', ['words']],
      ['multiHeadAttention', 'heads', ['drop']],
      ['add', 'sum', ['words', 'heads']],
    ]);
    const source = kerasSource(requestFor(network, null));
    const said = source.filter(({ nodes }) => nodes.includes('heads')).map(({ text }) => text);
    expect(said[0]).toBe('drop_masked = keras.layers.LeakyReLU(negative_slope=1, name="drop_masked")(drop)');
    expect(textOf(source)).toContain('(drop_masked, drop_masked)');
    const unmasked = {
      ...network,
      nodes: network.nodes.map((node) => (node.kind === 'embedding' ? { ...node, parameters: { inputDim: 9, outputDim: 4 } } : node)),
    };
    expect(codeOf(unmasked, null)).not.toContain('LeakyReLU');
  });

  test('a bypassed layer is not there', () => {
    const network = networkOf([
      ['input', 'x', [], { parameters: { shape: [4] } }],
      ['dropout', 'drop', ['x'], { bypassed: true }],
      ['dense', 'y', ['drop'], { parameters: { units: 2 } }],
    ]);
    expect(codeOf(network, null)).not.toContain('Dropout');
  });

  test('what Keras lacks is said in words, never as other code', () => {
    const network = networkOf([
      ['input', 'x', [], { parameters: { shape: [4] } }],
      ['dense', 'odd', ['x'], { parameters: { units: 4, activation: 'glu' } }],
    ]);
    const code = codeOf(network, null);
    expect(code).toMatch(/# odd: Keras has no activation GLU\./);
    expect(code).toMatch(/raise NotImplementedError\("odd: Keras has no activation GLU\./);
    expect(code).toContain('keras.Model(');
  });

  test('formulas and sums over axes are operations', () => {
    const network = networkOf([
      ['input', 'x', [], { parameters: { shape: [4] } }],
      ['expression', 'odd', ['x'], { parameters: { formula: '-(x + 1) * max(x, 0, 2) ^ 2 + (x > 0.5) / swish(x)' } }],
      ['einsum', 'squares', ['odd', 'x'], { parameters: { equation: 'ab,ac->abc' } }],
    ]);
    const code = codeOf(network, null);
    expect(code).toContain(
      '\nodd = -(x + 1) * keras.ops.maximum(keras.ops.maximum(x, 0), 2) ** 2 + keras.ops.cast(x > 0.5, "float32") / keras.activations.silu(x)\n',
    );
    expect(code).toContain('squares = keras.ops.einsum("ab,ac->abc", odd, x)\n');
  });

  test('operations by their own names', () => {
    const operation = (kind: string, parameters: object = {}) => ({ parameters: { operation: { kind, parameters } } });
    const code = codeOf(
      networkOf([
        ['input', 'x', [], { parameters: { shape: [4, 3] } }],
        ['operation', 'runs', ['x'], operation('cumsum', { axis: 1 })],
        ['operation', 'best', ['runs'], operation('argmax')],
        ['operation', 'rows', ['best'], operation('oneHot', { numClasses: 3 })],
        ['operation', 'places', ['x'], operation('constant', { shape: [1, 3], values: '0, 1, 2.5' })],
        ['expression', 'sum', ['rows', 'places'], { parameters: { formula: 'a + b' } }],
      ]),
      null,
    );
    expect(code).toContain('runs = keras.ops.cumsum(x, axis=1)\n');
    expect(code).toContain('best = keras.ops.cast(keras.ops.argmax(runs, axis=-1), "float32")\n');
    expect(code).toContain('rows = keras.ops.one_hot(keras.ops.cast(best, "int32"), num_classes=3, axis=-1, dtype="float32")\n');
    expect(code).toContain('places = keras.ops.reshape((0.0, 1.0, 2.5), (1, 1, 3))\n');
  });

  test('layers that Keras lacks are written in those that it has, each line about the layer that was drawn', () => {
    const network = networkOf([
      ['input', 'x', [], { parameters: { shape: [4, 3] } }],
      ['positionEmbedding', 'places', ['x']],
      ['positionEmbedding', 'waves', ['places'], { parameters: { kind: 'sinusoidal' } }],
    ]);
    const source = kerasSource(requestFor(network, null));
    const said = (id: string) => source.filter(({ nodes }) => nodes.includes(id)).map(({ text }) => text);
    expect(said('places')[0]).toBe('# places: Keras has no PositionEmbedding. A PReLU that gets −1 everywhere gives its');
    expect(said('places').at(-1)).toBe('places = keras.layers.Subtract(name="places")([x, places_vectors])');
    expect(said('waves').at(-1)).toBe('waves_1 = places + waves');
    expect(textOf(source)).toContain('import numpy as np\n');
  });

  test('a block is written as its layers, which belong to its place', () => {
    const inner = networkOf([
      ['input', 'in', []],
      ['dense', 'wide', ['in'], { parameters: { units: 7 } }],
      ['dense', 'narrow', ['wide'], { parameters: { units: 4 } }],
    ]);
    const network = networkOf([
      ['input', 'x', [], { parameters: { shape: [4] } }],
      ['block', 'twice', ['x'], { parameters: { block: 'b', repeat: 2 } }],
      ['dense', 'y', ['twice'], { parameters: { units: 2 } }],
    ]);
    const blocks = [{ id: 'b', name: 'Step', nodes: inner.nodes, edges: inner.edges }];
    const source = kerasSource(requestFor({ ...network, blocks }, null));
    expect(source.filter(({ nodes }) => nodes.includes('twice')).map(({ text }) => text.trim())).toEqual([
      expect.stringContaining('Dense(units=7'),
      expect.stringContaining('Dense(units=4'),
      expect.stringContaining('Dense(units=7'),
      expect.stringContaining('Dense(units=4'),
    ]);
    expect(textOf(source)).not.toContain('NotImplementedError');
  });

  test('an unfinished network says so and has no training', () => {
    const network = networkOf([
      ['input', 'x', []],
      ['dense', 'y', []],
    ]);
    const code = codeOf(network, 'mnist-sample');
    expect(code).toMatch(/^# Not finished: /);
    expect(code).toContain('not everything is connected');
    expect(code).not.toContain('model.fit');
  });

  test('settings become optimizer, schedule and callbacks', () => {
    const code = codeOf(templateOf('mnist-mlp').create()[0] as never, 'mnist', {
      optimizer: { id: 'sgd', parameters: { learningRate: 1, momentum: 0.9 } },
      schedule: { id: 'cosineDecay', parameters: {} },
      callbacks: [
        { id: 'earlyStopping', parameters: { patience: 5 } },
        { id: 'stopAtThreshold', parameters: {} },
      ],
      classWeights: { '3': 2 },
      limit: 1000,
    });
    expect(code).toContain(
      'keras.optimizers.SGD(learning_rate=keras.optimizers.schedules.CosineDecay(initial_learning_rate=1.0, decay_steps=total_steps), momentum=0.9)',
    );
    expect(code).toContain('keras.callbacks.EarlyStopping(patience=5, restore_best_weights=True)');
    expect(code).toContain('# Keras has no callback “Stop at a threshold”');
    expect(code).toContain('class_weight={3: 2.0}');
    expect(code).toContain('x_train[:1000]');
  });

  test('every template has code, and every layer of it a line', () => {
    for (const { create, dataset, training } of templates) {
      for (const network of create()) {
        const source = kerasSource(requestFor(network, dataset, training));
        const named = new Set(source.flatMap(({ nodes }) => nodes));
        expect(network.nodes.filter(({ id, bypassed }) => !bypassed && !named.has(id))).toEqual([]);
      }
    }
  });
});

test('results of one layer that go to another have names of their own; weights of samples go to fit', () => {
  const at = (id: string, kind: string, parameters: Record<string, unknown> = {}) => ({ id, kind, name: id, parameters, position: { x: 0, y: 0 } });
  const edge = (source: string, target: string, input = 0, output = 0) => ({
    id: `${source}${output}${target}`,
    source,
    target,
    input,
    ...(output > 0 && { output }),
  });
  const network = {
    id: 'n',
    name: 'States',
    nodes: [
      at('x', 'input', { shape: [3, 2] }),
      at('encoder', 'lstm', { units: 4, returnState: true }),
      at('decoder', 'lstm', { units: 4, initialState: true }),
      at('answer', 'dense', { units: 2 }),
    ],
    edges: [edge('x', 'encoder'), edge('x', 'decoder'), edge('encoder', 'decoder', 1, 1), edge('encoder', 'decoder', 2, 2), edge('decoder', 'answer')],
  };
  const dataset: DatasetDescriptor = {
    ...{ id: 'own', title: 'Own', about: '', task: 'numbers', look: 'series', source: '', licence: '', origin: 'file', samples: { train: 4, test: 0 } },
    features: { name: 'x', shape: [3, 2], dtype: 'float32' },
    labels: { name: 'y', shape: [2], dtype: 'float32' },
    sampleWeights: [{ name: 'sample_weight', shape: [1], dtype: 'float32' }],
  };
  const code = textOf(kerasSource({ network, dataset, settings: defaultTrainingSettings, analysis: analyze(network, { dataset }) }));
  expect(code).toContain('encoder, encoder_hidden_state, encoder_memory_cell = keras.layers.LSTM(');
  expect(code).toContain('(x, initial_state=[encoder_hidden_state, encoder_memory_cell])');
  expect(code).toContain('w_train = data["sample_weight"]');
  expect(code).toContain('sample_weight=w_train');
});

test('a model is called so that TensorFlow takes it', () => {
  const named = (name: string) =>
    textOf(
      kerasSource(
        requestFor(
          {
            ...networkOf([
              ['input', 'in', []],
              ['dense', 'out', ['in']],
            ]),
            name,
          },
          'xor',
        ),
      ),
    );
  expect(named('Übung 1: „größer“')).toContain('name="ubung_1_gro_er"');
  expect(named('–')).toContain('name="network"');
});
