// Broken and hostile Keras files: each is refused with a sentence that names the place, or taken in as something inert.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strToU8, unzipSync } from 'fflate';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { archive, type Bendable, bentArchive, bentFile, fixture } from '../testing/modelFiles.ts';
import { readKeras } from './readKeras.ts';

// The first file waits for the library to load.
vi.setConfig({ testTimeout: 60_000 });

const folder = mkdtempSync(join(tmpdir(), 'netwright-keras-'));
afterAll(() => rmSync(folder, { recursive: true }));

const at = (name: string) => join(folder, name);
const write = (name: string, bytes: Uint8Array | string) => {
  writeFileSync(at(name), bytes);
  return at(name);
};
const sound = (name: string) => readFileSync(fixture(name));
const bent = (bend: (config: Bendable) => void) => bentArchive(at('bent.keras'), 'perceptrons.keras', bend);
const bentGraph = (bend: (config: Bendable) => void) => bentArchive(at('bent.keras'), 'residual.keras', bend);
const layerOf = (config: Bendable, name: string): Bendable => config.config.layers.find((layer: Bendable) => layer.config.name === name);

/** The same bytes with one entry's name written over by another of the same length. */
function renamedEntry(from: string, to: string): Uint8Array {
  const bytes = Buffer.from(sound('perceptrons.keras'));
  for (let i = bytes.indexOf(from); i >= 0; i = bytes.indexOf(from, i + 1)) bytes.write(to, i, 'latin1');
  return bytes;
}
const entries = () => unzipSync(sound('perceptrons.keras'));
const deepConfig = () => ({ ...entries(), 'config.json': strToU8('['.repeat(200) + ']'.repeat(200)) });

/** A Sequential in a Sequential in a … */
const nestedDeep = (levels: number): Bendable => ({
  class_name: levels === 0 ? 'Dense' : 'Sequential',
  module: levels === 0 ? 'keras.layers' : 'keras',
  registered_name: null,
  config: levels === 0 ? { name: 'dense', units: 5 } : { name: `level${levels}`, layers: [nestedDeep(levels - 1)] },
});

interface Case {
  readonly what: string;
  readonly code: string;
  readonly says: RegExp;
  make(): string | Promise<string>;
}

const cases: readonly Case[] = [
  { what: 'no file', code: 'model-missing', says: /There is no model file .*nothing\.keras\. Check the name/, make: () => at('nothing.keras') },
  { what: 'a folder', code: 'model-missing', says: /no model file/, make: () => folder },
  { what: 'an empty file', code: 'hdf5-signature', says: /empty\.h5 is not an HDF5 file/, make: () => write('empty.h5', '') },
  { what: 'a text', code: 'hdf5-signature', says: /text\.keras is not an HDF5 file: it does not start as one/, make: () => write('text.keras', 'import os') },
  {
    what: 'half a zip',
    code: 'zip-broken',
    says: /half\.keras is not a whole zip file.*Use a complete copy/,
    make: () => write('half.keras', sound('perceptrons.keras').subarray(0, 9000)),
  },
  {
    what: 'half an HDF5 file',
    code: 'hdf5-broken',
    says: /half\.h5 is not a whole HDF5 file: .*truncated.*Use a complete copy/,
    make: () => write('half.h5', sound('perceptrons.h5').subarray(0, 9000)),
  },
  {
    what: 'damaged HDF5 inside',
    code: 'hdf5-broken',
    says: /model\.weights\.h5 is not a whole HDF5 file/,
    make: () => archive(at('inside.keras'), { ...entries(), 'model.weights.h5': (entries()['model.weights.h5'] as Uint8Array).subarray(0, 3000) }),
  },
  {
    what: 'another zip',
    code: 'keras-entries',
    says: /no Keras model: there is no config\.json in it, only a\.txt/,
    make: () => archive(at('other.keras'), { 'a.txt': strToU8('a') }),
  },
  {
    what: 'a zip without weights',
    code: 'keras-entries',
    says: /there is no model\.weights\.h5/,
    make: () => archive(at('other.keras'), { 'config.json': strToU8('{}') }),
  },
  {
    what: 'a name that leads out',
    code: 'zip-broken',
    says: /invalid relative path/,
    make: () => write('out.keras', renamedEntry('metadata.json', '../../../a.js')),
  },
  { what: 'an absolute name', code: 'zip-broken', says: /absolute path/, make: () => write('out.keras', renamedEntry('metadata.json', '/etc/cron.d/a')) },
  {
    what: 'two entries of one name',
    code: 'zip-duplicate',
    says: /holds “config\.json” twice/,
    make: () => archive(at('twice.keras'), {}) && write('twice.keras', twice()),
  },
  {
    what: 'a zip bomb',
    code: 'zip-ratio',
    says: /claims to unpack to 8388608 bytes/,
    make: () => archive(at('bomb.keras'), { ...entries(), 'assets/a': new Uint8Array(8 * 1024 * 1024) }, 9),
  },
  {
    what: 'no JSON',
    code: 'json-syntax',
    says: /config\.json is not valid JSON/,
    make: () => archive(at('json.keras'), { ...entries(), 'config.json': strToU8('{"class_name": NaN}') }),
  },
  {
    what: 'a list for a configuration',
    code: 'keras-config',
    says: /the configuration is no JSON object/,
    make: () => archive(at('json.keras'), { ...entries(), 'config.json': strToU8('[1]') }),
  },
  { what: 'endless nesting', code: 'json-depth', says: /nests deeper than 64 levels/, make: () => archive(at('json.keras'), deepConfig()) },
  {
    what: 'a class of someone’s own',
    code: 'keras-model',
    says: /the class “MyModel” whose layers cannot be seen/,
    make: () => bent((config) => void (config.class_name = 'MyModel')),
  },
  { what: 'no layers', code: 'keras-model', says: /whose layers cannot be seen/, make: () => bent((config) => void (config.config.layers = [])) },
  {
    what: 'a model that nests without end',
    code: 'keras-too-deep',
    says: /nests models deeper than 16 levels/,
    make: () => bent((config) => void Object.assign(layerOf(config, 'dense'), nestedDeep(17))),
  },
  {
    what: 'a model inside that gives less than is used',
    code: 'keras-wiring',
    says: /gives 1 results, but result 3 of it is used/,
    make: () =>
      bentArchive(at('bent.keras'), 'nested.keras', (config) => void (layerOf(config, 'joined').inbound_nodes[0].args[0][2].config.keras_history[2] = 2)),
  },
  {
    what: 'a second output',
    code: 'keras-several-outputs',
    says: /takes output 1 of “image”/,
    make: () => bentGraph((config) => void (layerOf(config, 'left').inbound_nodes[0].args[0].config.keras_history[2] = 1)),
  },
  {
    what: 'a wire from nowhere',
    code: 'keras-wiring',
    says: /“left” is fed by “ghost”, but there is no such layer/,
    make: () => bentGraph((config) => void (layerOf(config, 'left').inbound_nodes[0].args[0].config.keras_history[0] = 'ghost')),
  },
  {
    what: 'two layers of one name',
    code: 'keras-name',
    says: /two layers are called “left”/,
    make: () => bentGraph((config) => void Object.assign(layerOf(config, 'right'), { name: 'left' })),
  },
  {
    what: 'weights along another axis',
    code: 'keras-weights',
    says: /the weights of layer “norm” do not fit its configuration: gamma should be/,
    make: () => bentGraph((config) => void (layerOf(config, 'norm').config.axis = 1)),
  },
  {
    what: 'more units than weights',
    code: 'keras-weights',
    says: /the weights of layer “dense” do not fit its configuration: kernel should be 4 × 7, the file has 4 × 5/,
    make: () => bent((config) => void (config.config.layers[1].config.units = 7)),
  },
  {
    what: 'a weight too many',
    code: 'keras-weights',
    says: /1 weights are expected, 2 are in the file/,
    make: () => bent((config) => void (config.config.layers[1].config.use_bias = false)),
  },
  {
    what: 'weights only',
    code: 'keras-no-config',
    says: /perhaps only weights: there is no “model_config”/,
    make: () => write('weights.h5', entries()['model.weights.h5'] as Uint8Array),
  },
  {
    what: 'a virtual dataset',
    code: 'hdf5-virtual',
    says: /“model_weights\/dense\/kernel” is put together from other files/,
    make: () => fixture('virtual.h5'),
  },
  { what: 'numbers in another file', code: 'hdf5-broken', says: /unable to open external raw data file/, make: () => fixture('external-storage.h5') },
  {
    what: 'numbers that are not there',
    code: 'hdf5-size',
    says: /claims 4398046511104 bytes, more than the file of 8212 bytes can hold/,
    make: () => fixture('huge.h5'),
  },
  { what: 'packed numbers that are not there', code: 'hdf5-size', says: /claims 1073741824 bytes/, make: () => fixture('packed-huge.h5') },
  { what: 'half precision', code: 'hdf5-type', says: /holds no float32 or float64 numbers\. Convert the model to float32/, make: () => fixture('half.h5') },
  { what: 'whole numbers', code: 'hdf5-type', says: /holds no float32 or float64 numbers/, make: () => fixture('integers.h5') },
  {
    what: 'a soft link',
    code: 'hdf5-link',
    says: /“\/model_weights\/dense” is a link to another place/,
    make: () =>
      bentFile(at('soft.h5'), 'perceptrons.h5', (root) => {
        const group = root.create_group('model_weights');
        group.create_group('elsewhere');
        group.create_soft_link('/model_weights/elsewhere', 'dense');
      }),
  },
  {
    what: 'an external link',
    code: 'hdf5-link',
    says: /“\/model_weights\/dense” is a link to another place/,
    make: () =>
      bentFile(at('external.h5'), 'perceptrons.h5', (root) => void root.create_group('model_weights').create_external_link('/etc/other.h5', '/dense', 'dense')),
  },
  {
    what: 'a weight that is listed only',
    code: 'keras-weight-missing',
    says: /the weight “kernel” of layer “dense” is listed but not there/,
    make: () =>
      bentFile(
        at('listed.h5'),
        'perceptrons.h5',
        (root) => void root.create_group('model_weights').create_group('dense').create_attribute('weight_names', ['kernel']),
      ),
  },
];

/** Two local files and two directory entries of one name: the second metadata.json, made out of another entry. */
function twice(): Uint8Array {
  const made = Buffer.from(readFileSync(archive(at('twice.keras'), { ...entries(), 'config.jso2': strToU8('{}') })));
  for (let i = made.indexOf('config.jso2'); i >= 0; i = made.indexOf('config.jso2', i + 1)) made.write('config.json', i, 'latin1');
  return made;
}

test.each(cases)('$what is refused', async ({ code, says, make }) => {
  await expect(readKeras(await make())).rejects.toMatchObject({ name: 'NetwrightError', kind: 'project', code, message: expect.stringMatching(says) });
});

describe('what is not ours stands in the network, inert, with its configuration', () => {
  const code = { class_name: '__lambda__', config: { code: '4wEAAAAAAAAAAAAAAAEAAAADAAAA' } };
  test.each<[string, (layer: Bendable) => void, string]>([
    ['a Lambda', (layer) => Object.assign(layer, { class_name: 'Lambda', config: { name: 'odd', function: code } }), 'keras:Lambda'],
    ['a registered class that borrows a name', (layer) => Object.assign(layer, { class_name: 'Dense', registered_name: 'mine>Dense' }), 'keras:Dense'],
    ['a class of another module', (layer) => Object.assign(layer, { class_name: 'Dense', module: 'os.path' }), 'keras:Dense'],
    ['an operation with a layer’s name', (layer) => Object.assign(layer, { class_name: 'Add', module: 'keras.src.ops.numpy' }), 'keras:Add'],
    ['a name of Object’s own', (layer) => Object.assign(layer, { class_name: 'constructor' }), 'keras:constructor'],
    ['an activation of someone’s own', (layer) => Object.assign(layer.config, { activation: code }), 'keras:Dense'],
    ['an unknown activation', (layer) => Object.assign(layer.config, { activation: 'wavy' }), 'keras:Dense'],
  ])('%s', async (_, bend, kind) => {
    const { network, notes } = await readKeras(bent((config) => bend(config.config.layers[1])));
    const node = network.nodes[1];
    expect(node?.kind).toBe(kind);
    expect(Object.keys(node?.parameters ?? {})).not.toHaveLength(0);
    expect(notes.join(' ')).toMatch(/It stands in the network with its configuration kept, and must be replaced before training\./);
  });

  test('keys that reach prototypes are dropped', async () => {
    const path = bent((config) => void (config.config.layers[1].config.lora = JSON.parse('{"__proto__": {"polluted": true}, "constructor": 1}')));
    const { network } = await readKeras(path);
    expect(JSON.stringify(network)).not.toMatch(/polluted|constructor/);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });
});

test('what only matters for training is left out and told once for all layers', async () => {
  const { network, notes } = await readKeras(
    bent((config) => {
      for (const layer of config.config.layers.slice(1)) Object.assign(layer.config, { trainable: false });
      config.compile_config = { loss: 'my_loss', optimizer: { class_name: 'Lookahead', config: {} }, metrics: ['f_beta'] };
    }),
  );
  expect(network.nodes.map(({ kind, trainable }) => [kind, trainable])).toEqual([
    ['input', undefined],
    ['dense', false],
    ['dropout', false],
    ['dense', false],
  ]);
  expect(notes).toEqual([
    'The optimizer “Lookahead” has no counterpart: trained further here it would be with Adam, and so otherwise than in Keras.',
    'The loss “my_loss” has no counterpart; it is set to automatic.',
    'The metric f_beta left out.',
  ]);
});

test('a loss keeps its parameters', async () => {
  const loss = { class_name: 'SparseCategoricalCrossentropy', config: { from_logits: true } };
  const { training, notes } = await readKeras(bent((config) => void Object.assign(config.compile_config, { loss })));
  expect(training).toMatchObject({ loss: 'sparseCategoricalCrossentropy', lossParameters: { fromLogits: true } });
  expect(notes).toEqual([]);
});

test('the old hard sigmoid is not taken for the new one', async () => {
  const metadata = { 'metadata.json': strToU8('{"keras_version": "2.15.0"}') };
  const path = bentArchive(at('bent.keras'), 'perceptrons.keras', (config) => void (config.config.layers[1].config.activation = 'hard_sigmoid'), metadata);
  expect((await readKeras(path)).network.nodes[1]?.kind).toBe('keras:Dense');
});
