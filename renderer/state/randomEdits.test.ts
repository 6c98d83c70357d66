// Ten thousand random edits as people make them, with undo and redo between them: after each the document is valid to its schema and the live
// shapes are those computed from scratch; undoing all gives the first document to the letter. NETWRIGHT_SEEDS sets how many seeds are tried.

import { describe, expect, test } from 'vitest';
import { adviceFor, analyze, objectiveProblems } from '../../shared/compile/index.ts';
import type { Analysis } from '../../shared/compile/types.ts';
import type { DatasetDescriptor } from '../../shared/datasets/descriptor.ts';
import { layerIds, layerOf, layers } from '../../shared/layers/index.ts';
import type { AnyLayer } from '../../shared/layers/layer.ts';
import { permutation, randomKey, uniformAt } from '../../shared/lib/random.ts';
import { BLOCK } from '../../shared/network/blocks.ts';
import { NetwrightError } from '../../shared/lib/errors.ts';
import { align, distribute } from '../../shared/network/arrange.ts';
import { appendLayer, connection, fragmentOf, insertLayer, pasteFragment, placeLayer, removeLayers } from '../../shared/network/compose.ts';
import { applyEdits, type Edit } from '../../shared/network/edits.ts';
import { blockPlace, detachBlock, groupIntoBlock, ungroupBlock } from '../../shared/network/grouping.ts';
import { layout } from '../../shared/network/layout.ts';
import type { Network, NetworkNode } from '../../shared/network/network.ts';
import { readPhrase } from '../../shared/network/phrase.ts';
import { newProject } from '../../shared/project/create.ts';
import { type Project, projectSchema } from '../../shared/project/project.ts';
import { analysisOf } from './analysis.ts';
import { currentProject } from './document.ts';
import { freshHistory, type History, record, redo, undo } from './history.ts';
import type { ProjectEdit } from './projectEdits.ts';

/** So that an automatic Input has a shape and shapes flow. */
const digits: DatasetDescriptor = {
  id: 'digits',
  title: 'Digits',
  about: '',
  task: 'classes',
  features: { name: 'image', shape: [12, 12], dtype: 'uint8' },
  labels: { name: 'digit', shape: [], dtype: 'uint8' },
  classNames: [...'0123456789'],
  samples: { train: 10, test: 10 },
  look: 'image',
  source: '',
  licence: '',
  origin: 'generated',
};
const seeds = Number(process.env['NETWRIGHT_SEEDS'] ?? 200);
const editsOfASeed = 50;

/** Random choices that a seed repeats. */
class Dice {
  private readonly key: number;
  private rolls = 0;

  constructor(seed: number) {
    this.key = randomKey('edits', seed);
  }

  below(count: number): number {
    return Math.floor(uniformAt(this.key, this.rolls++) * count);
  }

  of<T>(items: readonly T[]): T | undefined {
    return items[this.below(items.length)];
  }

  some<T>(items: readonly T[]): T[] {
    const order = [...permutation(randomKey(this.key, this.rolls++), items.length)];
    return order.slice(0, this.below(items.length + 1)).map((index) => items[index] as T);
  }
}

type Gesture = (network: Network, dice: Dice) => readonly Edit[];
const oneOf = (dice: Dice, network: Network): NetworkNode | undefined => dice.of(network.nodes);
const anyLayer = (dice: Dice): AnyLayer => layers[dice.of(layerIds) ?? 'dense'];
const place = (dice: Dice) => ({ x: dice.below(40) * 20, y: dice.below(80) * 20 });
const list = (edit: Edit | null): readonly Edit[] => (edit ? [edit] : []);
const words = ['3', '8', '0.3', '5x3', 'relu', 'softmax', 'same', '1000000', 'tanh'];

/** What people do to a network, wild but never impossible. */
const gestures: readonly Gesture[] = [
  (network, dice) => appendLayer(network, anyLayer(dice), oneOf(dice, network)?.id ?? null).edits,
  (network, dice) => appendLayer(network, anyLayer(dice), network.nodes.at(-1)?.id ?? null).edits,
  (network) => (network.nodes.some(({ kind }) => kind === 'input') ? [] : placeLayer(network, layers.input, { x: 0, y: 0 }).edits),
  (network, dice) => appendLayer(network, layers[dice.of(['dense', 'conv2d', 'flatten', 'add'] as const) ?? 'dense'], oneOf(dice, network)?.id ?? null).edits,
  (network, dice) => placeLayer(network, anyLayer(dice), place(dice)).edits,
  (network, dice) => {
    const edge = dice.of(network.edges);
    return edge ? insertLayer(network, anyLayer(dice), edge.id).edits : [];
  },
  (network, dice) => list(connection(network, oneOf(dice, network)?.id ?? '', oneOf(dice, network)?.id ?? '')),
  // A circle, as a damaged file or a paste may have one.
  (network, dice) => {
    const [a, b] = [oneOf(dice, network), oneOf(dice, network)];
    const id = `loop${network.edges.length}`;
    return a && b && !network.edges.some((edge) => edge.id === id) ? [{ type: 'addEdge', edge: { id, source: a.id, target: b.id, input: dice.below(3) } }] : [];
  },
  (network, dice) =>
    removeLayers(
      network,
      dice.some(network.nodes.slice(0, 3)).map(({ id }) => id),
    ),
  (network, dice) => {
    const edges = dice.some(network.edges.slice(0, 2)).map(({ id }) => id);
    return edges.length > 0 ? [{ type: 'removeEdges', edges }] : [];
  },
  (network, dice) => {
    const ids = dice.some(network.nodes.slice(0, 4)).map(({ id }) => id);
    return pasteFragment(network, fragmentOf(network, ids), { x: 40, y: 40 }).edits;
  },
  (network, dice) => {
    const node = oneOf(dice, network);
    const layer = node && layerOf(node.kind);
    if (!node || !layer) return [];
    const { parameters } = readPhrase(layer, dice.some(words));
    return [{ type: 'setParameters', node: node.id, parameters }];
  },
  (network, dice) => {
    const node = oneOf(dice, network);
    const key = dice.of(Object.keys(node?.parameters ?? {}));
    return node && key !== undefined ? [{ type: 'setParameters', node: node.id, parameters: { [key]: dice.below(2) === 0 ? undefined : 'nonsense' } }] : [];
  },
  (network, dice) => {
    const node = oneOf(dice, network);
    return node ? [{ type: 'setNode', node: node.id, properties: { bypassed: dice.below(2) === 0 || undefined, trainable: dice.of([false, undefined]) } }] : [];
  },
  (network, dice) => {
    const node = oneOf(dice, network);
    const name = `layer_${dice.below(1000)}`;
    return node && !network.nodes.some((other) => other.name === name) ? [{ type: 'renameNode', node: node.id, name }] : [];
  },
  (network, dice) => {
    const moved = dice.some(network.nodes.slice(0, 5)).map(({ id }) => [id, place(dice)]);
    return moved.length > 0 ? [{ type: 'moveNodes', positions: Object.fromEntries(moved) }] : [];
  },
  (network) => (network.nodes.length > 0 ? [{ type: 'moveNodes', positions: layout(network) }] : []),
  (network, dice) =>
    list(
      align(
        network,
        network.nodes.map(({ id }) => id),
        dice.of(['left', 'middle', 'bottom'] as const) ?? 'left',
      ),
    ),
  (network, dice) =>
    list(
      distribute(
        network,
        network.nodes.map(({ id }) => id),
        dice.of(['x', 'y'] as const) ?? 'x',
      ),
    ),
  (_, dice) => {
    const note = { id: `m${dice.below(9)}`, kind: 'comment' as const, text: 'Why', position: place(dice), size: { width: 200, height: 80 } };
    return [{ type: 'setNetwork', properties: { notes: dice.of([[note], undefined]), direction: dice.of(['right' as const, undefined]) } }];
  },
];

/** What is refused is no edit: the person is told, and nothing changed. */
function unlessRefused(edits: () => readonly Edit[]): readonly Edit[] {
  try {
    return edits();
  } catch (thrown) {
    if (thrown instanceof NetwrightError) return [];
    throw thrown;
  }
}
const aBlock = (network: Network, dice: Dice): NetworkNode | undefined => dice.of(network.nodes.filter(({ kind }) => kind === BLOCK));

/** What people do with blocks: make, repeat, use again, set apart, dissolve. */
const blockGestures: readonly Gesture[] = [
  (network, dice) => {
    const ids = dice.some(network.nodes.filter(({ kind }) => kind !== 'input').slice(0, 5)).map(({ id }) => id);
    return unlessRefused(() => groupIntoBlock(network, ids, 'Block').edits);
  },
  (network, dice) => {
    const place = aBlock(network, dice);
    return place ? unlessRefused(() => ungroupBlock(network, place.id).edits) : [];
  },
  (network, dice) => {
    const place = aBlock(network, dice);
    return place ? unlessRefused(() => detachBlock(network, place.id)) : [];
  },
  (network, dice) => {
    const block = dice.of(network.blocks ?? []);
    return block ? unlessRefused(() => [blockPlace(network, block.id, place(dice))]) : [];
  },
  (network, dice) => {
    const node = aBlock(network, dice);
    return node ? [{ type: 'setParameters', node: node.id, parameters: { repeat: dice.below(4) } }] : [];
  },
];

/** An edit of what is in a block, opened in place or on a canvas of its own. */
function insideBlock(network: Network, dice: Dice): readonly Edit[] {
  const block = dice.of(network.blocks ?? []);
  if (!block) return [];
  const view: Network = { ...block, id: `${network.id}#${block.id}`, blocks: network.blocks };
  const edits = (dice.of([...gestures, ...blockGestures]) as Gesture)(view, dice);
  const edit: Edit = { type: 'editBlock', block: block.id, edits };
  return unlessRefused(() => (applyEdits(network, [edit]).network === network || edits.length === 0 ? [] : [edit]));
}

function ofProject(project: Project, dice: Dice): readonly ProjectEdit[] {
  const network = dice.of(project.networks) as Network;
  const others: readonly (() => ProjectEdit)[] = [
    () => ({ type: 'addNetwork', network: { ...network, id: `copy${dice.below(1_000_000)}`, name: 'Copy' }, index: dice.below(project.networks.length + 1) }),
    () => (project.networks.length > 1 ? { type: 'removeNetwork', network: network.id } : { type: 'renameProject', name: 'Alone' }),
    () => ({ type: 'moveNetwork', network: network.id, index: dice.below(project.networks.length) }),
    () => ({ type: 'setDataset', dataset: dice.of(['mnist', 'xor', null]) ?? null }),
    () => ({ type: 'setTraining', settings: { epochs: 1 + dice.below(20) } }),
    () => ({ type: 'renameProject', name: `Project ${dice.below(9)}` }),
  ];
  if (dice.below(10) === 0) return [(dice.of(others) as () => ProjectEdit)()];
  const gesture = dice.below(4) === 0 ? (dice.of([...blockGestures, insideBlock, insideBlock]) as Gesture) : (dice.of(gestures) as Gesture);
  const edits = gesture(network, dice);
  return edits.length > 0 ? [{ type: 'network', network: network.id, edits }] : [];
}

function step(history: History, dice: Dice): History {
  const roll = dice.below(10);
  if (roll === 0) return undo(history);
  if (roll === 1) return redo(history);
  const edits = ofProject(history.project, dice);
  return edits.length > 0 ? record(history, 'edit', edits, 0) : history;
}

/** A project as its file says it: keys in the schema's order. */
const written = (project: Project): string => JSON.stringify(projectSchema.parse(project));

/** An analysis as text. Repairs are left out: some follow from where layers stand, which the live analysis does not; `repairNow` asks for them anew. */
const shapes = (analysis: Analysis): string => JSON.stringify(analysis, (key, value: unknown) => (key === 'repairs' ? undefined : value));

/** The whole answer about a network, computed without anything remembered: what is, is remembered by the document's own objects. */
function fromScratch(given: Network): Analysis {
  const network = structuredClone(given);
  const settings = currentProject().training;
  const analysis = analyze(network, { dataset: digits, loss: settings.loss });
  const request = { network, analysis, dataset: digits, settings };
  return { ...analysis, problems: [...analysis.problems, ...objectiveProblems(request), ...adviceFor(request)] };
}

/** Everything about the document that must hold after every step. */
function expectSound(project: Project, place: string): void {
  expect(projectSchema.safeParse(project).error?.issues ?? [], place).toEqual([]);
  for (const network of project.networks) {
    if (shapes(analysisOf(network, digits)) !== shapes(fromScratch(network)))
      expect.fail(`${place}: the live shapes of ${network.name} are not those computed from scratch`);
  }
}

function whileIt<T>(history: History, changes: (history: History) => History, visit: (history: History) => T): History {
  let current = history;
  for (let next = changes(current); next !== current; next = changes(current)) {
    current = next;
    visit(current);
  }
  return current;
}

describe('random edits', () => {
  test(`${seeds} seeds of ${editsOfASeed} edits`, { timeout: 60_000 + seeds * 500 }, () => {
    for (let seed = 0; seed < seeds; seed++) {
      const dice = new Dice(seed);
      const first = newProject({ name: 'Random', networks: [{ id: 'n', name: 'Network', nodes: [], edges: [] }] });
      let history = freshHistory(first);
      for (let count = 0; count < editsOfASeed; count++) {
        history = step(history, dice);
        expectSound(history.project, `seed ${seed}, edit ${count}`);
      }
      const last = whileIt(history, redo, () => undefined);
      const text = written(last.project);
      const back = whileIt(last, undo, () => undefined);
      expect(JSON.stringify(back.project), `seed ${seed}: undoing all`).toBe(JSON.stringify(first));
      const again = whileIt(back, redo, () => undefined);
      expect(written(again.project), `seed ${seed}: redoing all`).toBe(text);
    }
  });
});
