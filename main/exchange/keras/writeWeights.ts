// model.weights.h5 of a .keras file: the weights of every layer under its class and count, and the optimizer's state, so that training
// can go on in Keras where it ended here.

import type { Group } from 'h5wasm';
import { type Shape, sizeOf } from '../../../shared/tensor/types.ts';
import { resolveOptimizer } from '../../../shared/training/optimizers/index.ts';
import { accumulatorSlot, averageSlot } from '../../../shared/training/optimizers/updates.ts';
import type { StoredTensor } from '../../files/safetensors.ts';
import { modelError } from '../modelError.ts';
import type { Trained } from '../trained.ts';
import { groupAt, hdf5Bytes, putTensor } from './hdf5Bytes.ts';
import type { WrittenLayer, WrittenModel } from './writtenLayers.ts';

/** An optimizer's slots in the order of Keras' variables: those of one list alternate weight by weight, lists follow each other. */
const slotOrder: Readonly<Record<string, readonly (readonly string[])[]>> = {
  sgd: [['momentum']],
  adam: [['momentum', 'velocity'], ['velocity_hat']],
  adamW: [['momentum', 'velocity'], ['velocity_hat']],
  adamax: [['momentum', 'norm']],
  lamb: [['momentum', 'velocity']],
  nadam: [['momentum', 'velocity']],
  rmsprop: [['velocity'], ['momentum'], ['average_gradient']],
  adagrad: [['accumulator']],
  adadelta: [['accumulated_grad', 'accumulated_delta_var']],
  ftrl: [['accumulator', 'linear']],
  lion: [['momentum']],
  adafactor: [['row', 'column', 'velocity']],
};

/** What Keras keeps behind the slots and ours computes anew at each step: Nadam's product of all momenta so far. */
function behindSlots({ settings, step }: Trained): readonly StoredTensor[] {
  if (settings.optimizer.id !== 'nadam') return [];
  const beta = resolveOptimizer(settings.optimizer).parameters['beta1'] as number;
  const product = Array.from({ length: step }, (_, i) => beta * (1 - 0.5 * 0.96 ** (i + 1))).reduce((all, one) => all * one, 1);
  return [{ shape: [], data: Float32Array.of(product) }];
}

/** The file's bytes. @throws NetwrightError where the checkpoint lacks a weight */
export function weightsFile(model: WrittenModel, trained: Trained): Promise<Uint8Array> {
  return hdf5Bytes((file) => {
    const layers = file.create_group('layers');
    for (const layer of model.layers) if (layer.group !== '') writeLayer(layers, layer, trained);
    if (trained.dataset !== null) writeOptimizer(file, model, trained);
    variables(file, model.isSequential ? 'sequential' : 'functional', []);
  });
}

function variables(parent: Group, name: string, tensors: readonly StoredTensor[]): Group {
  const vars = parent.create_group('vars');
  vars.create_attribute('name', name);
  tensors.forEach((tensor, i) => void putTensor(vars, String(i), tensor));
  return vars;
}

/** Every weight in its group of the layer's, numbered there. */
function writeLayer(parent: Group, { group, name, layer, parameters, node, weights }: WrittenLayer, trained: Trained): void {
  const own = parent.create_group(group);
  const partOf = (weight: string): string => layer.keras?.weightGroup?.(weight, parameters) ?? '';
  const parts = Map.groupBy(weights, (weight) => partOf(weight.name));
  const tensors = (part: string) => (parts.get(part) ?? []).map((weight) => tensorOf(trained, `${node.name}/${weight.name}`));
  variables(own, name, tensors(''));
  for (const part of parts.keys()) if (part !== '') variables(groupAt(own, part), `${name}_${part.replaceAll('/', '_')}`, tensors(part));
}

/** A tensor of the checkpoint. @throws NetwrightError where it is not there */
export function tensorOf({ state }: Trained, name: string): StoredTensor {
  const found = state.get(name);
  if (found) return found;
  throw modelError('export-weights', name, `The run's checkpoint holds no “${name}”. It belongs to another network; train it again.`);
}

/** Steps, learning rate, slots. Left out where the order of the slots is not known: then Keras starts them anew. */
function writeOptimizer(file: Group, { layers }: WrittenModel, trained: Trained): void {
  const { step, learningRate, settings } = trained;
  const id = settings.optimizer.id;
  const order = slotOrder[id];
  if (!order) return;
  // Keras makes what all optimizers have before an optimizer's own: averages, then gradients accumulated so far.
  const slots = [[averageSlot], [accumulatorSlot], ...order].flatMap((together) => slotsOf(together, layers, trained));
  const kept = [...slots, ...behindSlots(trained)];
  const vars = file.create_group('optimizer').create_group('vars');
  vars.create_attribute('name', id);
  vars.create_dataset({ name: '0', data: BigInt64Array.of(BigInt(step)), shape: [], dtype: '<q' });
  // A schedule is no variable: it takes no place.
  const isScheduled = settings.schedule !== undefined && settings.schedule.id !== 'constant';
  if (!isScheduled) putTensor(vars, '1', { shape: [], data: Float32Array.of(learningRate) });
  kept.forEach((tensor, i) => void putTensor(vars, String(i + (isScheduled ? 1 : 2)), tensor));
}

/**
 * These slots of every weight that is trained, weight by weight; none of a list that this training does without. A weight that nothing reads
 * (a recurrence of one step) has no slots here: Keras has them, at their start, and takes none of the file where their number differs.
 */
function slotsOf(
  together: readonly string[],
  layers: readonly WrittenLayer[],
  {
    state,
    settings: {
      optimizer: { id },
    },
  }: Trained,
): readonly StoredTensor[] {
  const trainable = layers.flatMap(({ node, weights }) =>
    weights.filter((weight) => weight.trainable).map(({ name, shape }) => ({ name: `${node.name}/${name}`, shape })),
  );
  // Adafactor has its three in Keras whatever the weights are.
  const used = together.filter((slot) => together.includes('row') || trainable.some(({ name }) => state.has(`${id}/${name}/${slot}`)));
  const atStart = (shape: Shape): StoredTensor => ({ shape, data: new Float32Array(sizeOf(shape)) });
  return trainable.flatMap(({ name, shape }) => used.map((slot) => state.get(`${id}/${name}/${slot}`) ?? atStart(slotShape(slot, shape))));
}

/** A weight's own shape, but for the means of rows and columns: a vector has a number instead. What Adafactor keeps of a matrix beside them Keras computes anew. */
function slotShape(slot: string, shape: Shape): Shape {
  if (slot !== 'row' && slot !== 'column') return shape;
  return shape.length < 2 ? [] : shape.toSpliced(slot === 'row' ? -1 : -2, 1);
}
