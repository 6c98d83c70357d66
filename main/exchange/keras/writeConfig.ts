// A trained network as Keras 3's config.json: Sequential for a chain, functional for everything else, with loss, optimizer and metrics.
// Class names are Keras' own, so that it loads without custom objects.

import { incomingEdges, outgoingEdges } from '../../../shared/network/rules.ts';
import type { Shape } from '../../../shared/tensor/types.ts';
import { chooseLoss, usualMetrics } from '../../../shared/training/chooseLoss.ts';
import { lossOf } from '../../../shared/training/losses/index.ts';
import { modelError } from '../modelError.ts';
import { metricOf } from '../../../shared/training/metrics/index.ts';
import { resolveOptimizer } from '../../../shared/training/optimizers/index.ts';
import type { Trained } from '../trained.ts';
import { kerasName, withFloats } from './floats.ts';
import type { WrittenLayer, WrittenModel } from './writtenLayers.ts';

type KerasJson = Readonly<Record<string, unknown>>;

const batched = (shape: Shape): (number | null)[] => [null, ...shape];
const object = (module: string, className: string, config: KerasJson): KerasJson => ({ module, class_name: className, config, registered_name: null });

/** The whole configuration. */
export function modelConfig(model: WrittenModel, trained: Trained): KerasJson {
  const compile_config = compileConfig(model, trained);
  return { ...(model.isSequential ? sequential(model) : functional(model)), compile_config };
}

/** What a layer is, whatever feeds it. */
function layerObject({ className, name, config, inputShapes }: WrittenLayer): KerasJson {
  if (className === 'InputLayer') return object('keras.layers', className, { ...config, dtype: 'float32', name });
  const shapes = inputShapes.map(batched);
  const input_shape = shapes.length === 1 ? shapes[0] : shapes;
  return { ...object('keras.layers', className, { name, dtype: 'float32', ...config }), build_config: { input_shape } };
}

function sequential({ layers }: WrittenModel): KerasJson {
  const input_shape = batched(layers[0]?.outputShape ?? []);
  const config = { name: 'sequential', trainable: true, dtype: 'float32', layers: layers.map(layerObject), build_input_shape: input_shape };
  return { ...object('keras', 'Sequential', config), build_config: { input_shape } };
}

function functional(model: WrittenModel): KerasJson {
  const { network, layers } = model;
  const byNode = new Map(layers.map((layer) => [layer.node.id, layer]));
  const inboundOf = ({ node, className }: WrittenLayer) => {
    const tensors = incomingEdges(network, node.id)
      .flatMap(({ source }) => byNode.get(source) ?? [])
      .map(tensorOf);
    // Merging layers are called with a list.
    return className === 'InputLayer' ? [] : [{ args: tensors.length === 1 ? tensors : [tensors], kwargs: {} }];
  };
  const config = {
    ...{ name: 'functional', trainable: true },
    layers: layers.map((layer) => ({ ...layerObject(layer), name: layer.name, inbound_nodes: inboundOf(layer) })),
    input_layers: single(layers.filter(({ className }) => className === 'InputLayer').map(({ name }) => [name, 0, 0])),
    output_layers: single(layers.filter(({ node }) => outgoingEdges(network, node.id).length === 0).map(({ name }) => [name, 0, 0])),
  };
  return { ...object('keras.src.models.functional', 'Functional', config), registered_name: 'Functional', build_config: { input_shape: null } };
}

/** One input or output stands by itself, several in a list: so the model is called. */
const single = <T>(list: readonly T[]): T | readonly T[] => (list.length === 1 ? (list[0] as T) : list);

const tensorOf = ({ name, outputShape }: WrittenLayer): KerasJson => ({
  class_name: '__keras_tensor__',
  config: { shape: batched(outputShape), dtype: 'float32', keras_history: [name, 0, 0] },
});

function compileConfig({ layers }: WrittenModel, trained: Trained): KerasJson {
  const { settings, dataset } = trained;
  const metrics = settings.metrics.length > 0 ? settings.metrics : usualMetrics(dataset.task);
  return {
    ...{ optimizer: optimizerObject(trained), loss: lossObject(layers.at(-1) as WrittenLayer, trained), loss_weights: null },
    ...{ metrics: metrics.map((id) => metricOf(id).keras), weighted_metrics: null, run_eagerly: false, steps_per_execution: 1, jit_compile: false },
  };
}

function optimizerObject({ settings, learningRate }: Trained): KerasJson {
  const { definition, parameters } = resolveOptimizer(settings.optimizer);
  const named = Object.entries({ ...parameters, learningRate }).map(([key, value]) => [kerasName(key, definition.fields[key]), value]);
  return object('keras.optimizers', definition.keras, { name: definition.keras.toLowerCase(), ...withFloats(definition.fields, Object.fromEntries(named)) });
}

/** By its name; as an object where the network gives scores instead of probabilities. */
function lossObject({ outputShape, config }: WrittenLayer, { settings, dataset }: Trained): unknown {
  const activation = typeof config.activation === 'string' ? config.activation : null;
  const chosen = settings.loss === 'auto' ? chooseLoss(dataset.task, outputShape, activation) : null;
  const { keras, title } = lossOf(chosen?.id ?? settings.loss);
  if (keras === null) throw modelError('export-loss', 'training.loss', `Keras has no loss ${title}. Choose another loss before the export.`);
  if (!chosen?.parameters.fromLogits) return keras;
  const className = keras.replace(/(^|_)(\w)/g, (_, _before, letter: string) => letter.toUpperCase());
  return object('keras.losses', className, { name: keras, from_logits: true });
}
