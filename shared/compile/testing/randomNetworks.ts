// Random networks as a person leaves them: grown layer by layer so that most fit, then damaged now and then. For tests of the compiler and of
// the engines; a seed gives the same network again.

import type { DatasetDescriptor } from '../../datasets/descriptor.ts';
import { layerIds, layers } from '../../layers/index.ts';
import type { AnyLayer } from '../../layers/layer.ts';
import { randomKey, uniformAt } from '../../lib/random.ts';
import { appendLayer, connection, placeLayer, removeLayers } from '../../network/compose.ts';
import { applyEdits, type Edit } from '../../network/edits.ts';
import { groupIntoBlock } from '../../network/grouping.ts';
import type { Network } from '../../network/network.ts';
import { losses } from '../../training/losses/index.ts';
import { metrics } from '../../training/metrics/index.ts';
import { defaultTrainingSettings, type TrainingSettings } from '../../training/settings.ts';
import { analyze } from '../problems/analyze.ts';

const about = {
  title: 'Drawn by lot',
  about: '',
  samples: { train: 12, test: 0 },
  look: 'table',
  source: '',
  licence: '',
  origin: 'generated',
} as const;
/** Small pictures, rows and sequences, with each kind of question. */
const datasets: readonly DatasetDescriptor[] = [
  {
    ...{ ...about, id: 'pictures', task: 'classes', look: 'image', classNames: ['a', 'b', 'c'] },
    features: { name: 'picture', shape: [8, 8], dtype: 'float32' },
    labels: { name: 'kind', shape: [], dtype: 'int32' },
  },
  {
    ...{ ...about, id: 'rows', task: 'numbers' },
    features: { name: 'row', shape: [5], dtype: 'float32' },
    labels: { name: 'size', shape: [], dtype: 'float32' },
  },
  {
    ...{ ...about, id: 'steps', task: 'binary' },
    features: { name: 'series', shape: [6, 3], dtype: 'float32' },
    labels: { name: 'answer', shape: [], dtype: 'int32' },
  },
];

export interface RandomCase {
  readonly network: Network;
  readonly dataset: DatasetDescriptor;
  readonly settings: TrainingSettings;
}

class Dice {
  private readonly key: number;
  private rolls = 0;

  constructor(seed: number) {
    this.key = randomKey('networks', seed);
  }

  below(count: number): number {
    return Math.floor(uniformAt(this.key, this.rolls++) * count);
  }

  of<T>(items: readonly T[]): T {
    return items[this.below(items.length)] as T;
  }
}

/** Small, so that every engine computes it in a moment. */
function smallParameters(layer: AnyLayer, dice: Dice): Readonly<Record<string, unknown>> {
  const small = Object.fromEntries(['units', 'filters'].flatMap((key) => (key in layer.fields ? [[key, 2 + dice.below(4)]] : [])));
  const activation = 'activation' in layer.fields && dice.below(2) === 0 ? { activation: dice.of(['relu', 'tanh', 'sigmoid', 'softmax']) } : {};
  return { ...small, ...activation };
}

const after = (network: Network, edits: readonly Edit[]): Network => applyEdits(network, edits).network;

/** The network with one more layer behind some other; unchanged where that did not fit. */
function grown({ network, dataset }: Omit<RandomCase, 'settings'>, dice: Dice): Network {
  const layer: AnyLayer = layers[dice.of(layerIds)];
  const from = dice.below(3) === 0 ? dice.of(network.nodes).id : (network.nodes.at(-1)?.id ?? null);
  const { edits, nodes } = appendLayer(network, layer, from);
  const parameters = smallParameters(layer, dice);
  const given = edits.map((edit): Edit => (edit.type === 'addNode' ? { ...edit, node: { ...edit.node, parameters } } : edit));
  const more = after(network, given);
  const second = layer.inputs === 'many' ? connection(more, dice.of(network.nodes).id, nodes[0] ?? '') : null;
  const whole = second ? after(more, [second]) : more;
  const mistakes = analyze(whole, { dataset }).problems.filter((one) => one.nodes.includes(nodes[0] ?? '') && !atEnds.has(one.code));
  return mistakes.length === 0 ? whole : network;
}
/** What is wrong with a network that is not finished. */
const atEnds = new Set(['output-shape', 'several-outputs', 'output-activation']);

/** As many repairs as there are, one after the other: the first of each. */
function mended(network: Network, dataset: DatasetDescriptor, most: number): Network {
  const [repair] = analyze(network, { dataset }).problems.flatMap(({ severity, repairs }) => (severity === 'error' ? repairs.slice(0, 1) : []));
  return repair && most > 0 ? mended(after(network, repair.edits), dataset, most - 1) : network;
}

const damages: readonly ((network: Network, dice: Dice) => readonly Edit[])[] = [
  ({ edges }, dice) => (edges.length > 0 ? [{ type: 'removeEdges', edges: [dice.of(edges).id] }] : []),
  (network, dice) => removeLayers(network, [dice.of(network.nodes).id]),
  (network, dice) => placeLayer(network, layers[dice.of(layerIds)], { x: 900, y: 0 }).edits,
  ({ nodes }, dice) => [{ type: 'setNode', node: dice.of(nodes).id, properties: { bypassed: true } }],
  ({ nodes }, dice) => [{ type: 'setNode', node: dice.of(nodes).id, properties: { trainable: false } }],
  ({ nodes }, dice) => [{ type: 'setNode', node: dice.of(nodes).id, properties: { output: {} } }],
  ({ nodes }, dice) => [{ type: 'setParameters', node: dice.of(nodes).id, parameters: { units: dice.below(3), activation: 'softmax' } }],
  ({ nodes }, dice) => [{ type: 'setParameters', node: dice.of(nodes).id, parameters: { kernelSize: dice.below(20) } }],
  ({ nodes, edges }, dice) => [
    { type: 'addEdge', edge: { id: `wild${edges.length}`, source: dice.of(nodes).id, target: dice.of(nodes).id, input: dice.below(3) } },
  ],
];

/** Some layers as a block, now and then at several places. */
function withBlock(network: Network, dice: Dice): Network {
  const inside = network.nodes.filter(({ kind }) => kind !== 'input').slice(0, 1 + dice.below(3));
  try {
    const { edits, node } = groupIntoBlock(
      network,
      inside.map(({ id }) => id),
      'Part',
    );
    return after(network, [...edits, { type: 'setParameters', node, parameters: { repeat: 1 + dice.below(2) } }]);
  } catch {
    return network;
  }
}

/** The network of a seed: about half of them are right. */
export function randomCase(seed: number): RandomCase {
  const dice = new Dice(seed);
  const dataset = dice.of(datasets);
  let network: Network = { id: 'n', name: 'Drawn by lot', nodes: [], edges: [] };
  network = after(network, placeLayer(network, layers.input, { x: 0, y: 0 }).edits);
  for (let count = 2 + dice.below(6); count > 0; count--) network = grown({ network, dataset }, dice);
  network = mended(network, dataset, 4);
  if (dice.below(3) === 0) network = withBlock(network, dice);
  if (dice.below(2) === 0) network = after(network, dice.of(damages)(network, dice));
  const loss = dice.below(5) === 0 ? dice.of([...Object.keys(losses), 'nonsense']) : 'auto';
  const measured = dice.below(5) === 0 ? [dice.of([...Object.keys(metrics), 'nonsense'])] : [];
  const weighed = dice.below(10) === 0 ? { classWeights: { '0': 2, [dice.below(4)]: 0.5 } } : {};
  return { network, dataset, settings: { ...defaultTrainingSettings, loss, metrics: measured, batchSize: 4, ...weighed } };
}
