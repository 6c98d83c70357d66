// A project for a person's own data: its preparation as layers, and a network that suits what comes in and what is asked for.

import { answersOf, classCount, type FeatureColumn, featureColumns, type LabelColumn, labelColumns } from '../../shared/datasets/columns.ts';
import type { DatasetDescriptor } from '../../shared/datasets/descriptor.ts';
import { layout } from '../../shared/network/layout.ts';
import type { Network, NetworkEdge, NetworkNode } from '../../shared/network/network.ts';
import { newProject } from '../../shared/project/create.ts';
import type { Project } from '../../shared/project/project.ts';
import { sizeOf } from '../../shared/tensor/types.ts';

type Parameters = Readonly<Record<string, unknown>>;

/** Writes down layers one after another. */
class Drawing {
  readonly nodes: NetworkNode[] = [];
  readonly edges: NetworkEdge[] = [];

  /** @returns the new node's id */
  add(kind: string, name: string, from: readonly string[], parameters: Parameters = {}): string {
    const id = `n${this.nodes.length + 1}`;
    const taken = this.nodes.filter((node) => node.name === name).length;
    this.nodes.push({ id, kind, name: taken > 0 ? `${name}_${id}` : name, parameters: { ...parameters }, position: { x: 0, y: 0 } });
    from.forEach((source, input) => void this.edges.push({ id: `e${this.edges.length + 1}`, source, target: id, input }));
    return id;
  }

  network(name: string): Network {
    const network = { id: 'n1', name, nodes: this.nodes, edges: this.edges };
    const places = layout(network);
    return { ...network, nodes: this.nodes.map((node) => ({ ...node, position: { ...(places[node.id] ?? node.position) } })) };
  }
}

/** Bytes become numbers from 0 to 1, everything else gets mean 0 and deviation 1. */
function prepared(drawing: Drawing, input: string, { dtype, name }: FeatureColumn): string {
  return dtype === 'uint8' ? drawing.add('rescaling', `${name}_scaled`, [input], { scale: 1 / 255 }) : drawing.add('normalization', `${name}_normal`, [input]);
}

/** From one column to a row of features; to one for each step where answers are asked for at each. */
function read(drawing: Drawing, column: FeatureColumn, eachStep: boolean): string {
  const { name, shape } = column;
  const entry = prepared(drawing, drawing.add('input', name, [], { shape: [...shape] }), column);
  if (shape.length === 2) return drawing.add('lstm', `${name}_lstm`, [entry], { units: 32, returnSequences: eachStep });
  if (shape.length !== 3) return shape.length === 1 ? entry : drawing.add('flatten', `${name}_flat`, [entry]);
  const small = Math.min(shape[0] as number, shape[1] as number) < 8;
  if (small) return drawing.add('flatten', `${name}_flat`, [entry]);
  const first = drawing.add('conv2d', `${name}_conv_1`, [entry], { filters: 32, kernelSize: [3, 3], activation: 'relu' });
  const half = drawing.add('maxPooling2d', `${name}_pool`, [first]);
  const second = drawing.add('conv2d', `${name}_conv_2`, [half], { filters: 64, kernelSize: [3, 3], activation: 'relu' });
  return drawing.add('globalAveragePooling2d', `${name}_mean`, [second]);
}

function answer(drawing: Drawing, from: string, column: LabelColumn, eachStep: boolean): void {
  const { name, task, shape } = column;
  if (task === 'classes') {
    const count = classCount(column);
    const answers = eachStep ? 1 : sizeOf(answersOf(column));
    if (answers === 1) drawing.add('dense', name, [from], { units: count, activation: 'softmax' });
    else {
      const scores = drawing.add('dense', `${name}_scores`, [from], { units: answers * count });
      const each = drawing.add('reshape', `${name}_each`, [scores], { targetShape: [...answersOf(column), count] });
      drawing.add('softmax', name, [each]);
    }
    return;
  }
  const width = eachStep ? 1 : Math.max(1, sizeOf(shape));
  const activation = task === 'binary' ? 'sigmoid' : 'linear';
  const many = !eachStep && shape.length > 1 && width > 1;
  const values = drawing.add('dense', many ? `${name}_values` : name, [from], { units: width, activation });
  if (many) drawing.add('reshape', name, [values], { targetShape: [...shape] });
}

/** Whether the labels ask at every step of the sequences that come in. */
const asksEachStep = (columns: readonly FeatureColumn[], labels: readonly LabelColumn[]): boolean =>
  columns.every(({ shape }) => shape.length === 2) &&
  labels.every((label) => label.task === 'classes' && answersOf(label).length === 1 && answersOf(label)[0] === columns[0]?.shape[0]);

/** A network that takes every column and answers every label. */
function networkForData(dataset: DatasetDescriptor): Network {
  const drawing = new Drawing();
  const columns = featureColumns(dataset),
    labels = labelColumns(dataset),
    eachStep = asksEachStep(columns, labels);
  const rows = columns.map((column) => read(drawing, column, eachStep));
  const all = rows.length > 1 ? drawing.add('concatenate', 'together', rows) : (rows[0] as string);
  const hidden = drawing.add('dense', 'hidden', [all], { units: 64, activation: 'relu' });
  for (const label of labels) answer(drawing, hidden, label, eachStep);
  return drawing.network('Network');
}

/** @param name the dataset as the project names it @param task overrules what the numbers look like */
export function projectForData(dataset: DatasetDescriptor, name: string, task: DatasetDescriptor['task'] | null): Project {
  const asked = task === null ? dataset : { ...dataset, task, ...(task === 'numbers' ? { labels: { ...dataset.labels, shape: [1] } } : {}) };
  const project = newProject({ name: dataset.title.slice(0, 200), networks: [networkForData(asked)], dataset: name });
  // Numbers that look like two classes would be read as yes and no.
  return task === 'numbers' ? { ...project, training: { ...project.training, loss: 'meanSquaredError' } } : project;
}
