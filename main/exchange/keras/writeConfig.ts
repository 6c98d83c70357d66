// A trained network in Keras 3's words, whichever of its files holds them: Sequential for a chain, functional for everything else, with loss, optimizer and metrics.
// Class names are Keras' own, so that it loads without custom objects.

import { bindingsOf, graphOf } from '../../../shared/compile/index.ts';
import type { DatasetDescriptor } from '../../../shared/datasets/descriptor.ts';
import { numbersIn } from '../../../shared/layers/preprocessing/numberList.ts';
import { snakeCase } from '../../../shared/layers/snakeCase.ts';
import type { Network, OutputSettings } from '../../../shared/network/network.ts';
import { incomingEdges } from '../../../shared/network/rules.ts';
import type { Shape } from '../../../shared/tensor/types.ts';
import { chooseLoss, usualMetrics } from '../../../shared/training/chooseLoss.ts';
import type { Task } from '../../../shared/training/contracts.ts';
import { answersOtherwise, lossOf } from '../../../shared/training/losses/index.ts';
import { modelError } from '../modelError.ts';
import { metricOf, metrics } from '../../../shared/training/metrics/index.ts';
import { resolveOptimizer } from '../../../shared/training/optimizers/index.ts';
import type { TrainingSettings } from '../../../shared/training/settings.ts';
import type { Trained } from '../trained.ts';
import { asFloat, kerasName, withFloats } from './floats.ts';
import { writtenSchedule } from './schedule.ts';
import { modelOutputs } from './modelOrder.ts';
import type { Argument } from './writtenFormulas.ts';
import type { WrittenLayer, WrittenModel } from './writtenLayers.ts';

type KerasJson = Readonly<Record<string, unknown>>;

const batched = (shape: Shape): (number | null)[] => [null, ...shape];
const object = (module: string, className: string, config: KerasJson): KerasJson => ({ module, class_name: className, config, registered_name: null });

/** The version of Keras whose layout this is; Keras reads it to know how old a file is. */
export const kerasVersion = '3.15.1';

/** Layers and wires. */
export const modelConfig = (model: WrittenModel): KerasJson => (model.isSequential ? sequential(model) : functional(model));

/** Loss, optimizer and metrics; null where it was not trained on any data, or for something that Keras does not know. */
export function trainingConfig(model: WrittenModel, trained: Trained): KerasJson | null {
  const { dataset } = trained;
  return dataset && lossWithoutKeras(model, trained) === null ? compileConfig(model, { ...trained, dataset }) : null;
}

/** The title of a loss that the network is trained for and Keras lacks; null where there is none. */
export function lossWithoutKeras({ network }: Pick<WrittenModel, 'network'>, { settings }: Trained): string | null {
  const chosen = modelOutputs(network).map(({ output }) => output?.loss ?? settings.loss);
  const lost = chosen.find((id) => id !== 'auto' && lossOf(id).keras === null);
  return lost === undefined ? null : lossOf(lost).title;
}

/** What a layer is, whatever feeds it. */
function layerObject({ className, name, config, inputShapes, layer, operation }: WrittenLayer): KerasJson {
  if (operation) return { ...object(operation.module, className, { name, ...operation.config }), registered_name: className };
  if (className === 'InputLayer') return object('keras.layers', className, { ...config, dtype: 'float32', name });
  const written = object('keras.layers', className, { name, dtype: 'float32', ...config });
  // What takes several arguments is built when it is called.
  if (layer.keras?.call || (layer.keras?.restArgument && inputShapes.length > 1)) return written;
  const shapes = inputShapes.map(batched);
  return { ...written, build_config: { input_shape: shapes.length === 1 ? shapes[0] : shapes } };
}

function sequential({ layers }: WrittenModel): KerasJson {
  const input_shape = batched(layers[0]?.outputShape ?? []);
  const config = { name: 'sequential', trainable: true, dtype: 'float32', layers: layers.map(layerObject), build_input_shape: input_shape };
  return { ...object('keras', 'Sequential', config), build_config: { input_shape } };
}

function functional(model: WrittenModel): KerasJson {
  const { network, layers } = model;
  const placeOf = placesIn(layers);
  const inboundOf = (layer: WrittenLayer) =>
    layer.layer.inputs === 0
      ? []
      : layer.calls.map((call) =>
          callOf(
            layer,
            incomingEdges(network, call.id).map(({ source, output = 0 }) => placeOf(source).tensor(output)),
          ),
        );
  const ends = modelOutputs(network).map(({ id }) => placeOf(id).history);
  const inputs = network.nodes.filter(({ id }) => layers.some(({ node, layer }) => node.id === id && layer.inputs === 0));
  const config = {
    ...{ name: 'functional', trainable: true },
    layers: layers.map((layer) => ({ ...layerObject(layer), name: layer.name, inbound_nodes: inboundOf(layer) })),
    input_layers: single(inputs.map(({ id }) => placeOf(id).history)),
    output_layers: single(ends),
  };
  return { ...object('keras.src.models.functional', 'Functional', config), registered_name: 'Functional', build_config: { input_shape: null } };
}

type History = readonly [string, number, number];

/** Where a node's result stands: its layer's name and the number of the call. */
function placesIn(layers: readonly WrittenLayer[]): (id: string) => { readonly history: History; readonly tensor: (output: number) => KerasJson } {
  const places = new Map(
    layers.flatMap(({ name, calls, outputShape, furtherShapes }) =>
      calls.map(({ id }, number) => {
        const history: History = [name, number, 0];
        const tensor = (output: number) => ({
          class_name: '__keras_tensor__',
          config: { shape: batched([outputShape, ...furtherShapes][output] ?? []), dtype: 'float32', keras_history: [name, number, output] },
        });
        return [id, { history, tensor }] as const;
      }),
    ),
  );
  return (id) => {
    const found = places.get(id);
    if (found) return found;
    throw modelError('export-layer', id, `What feeds the layers behind “${id}” is not part of the model. Connect it, or remove what hangs loose.`);
  };
}

function writtenArgument(arg: Argument, tensors: readonly KerasJson[]): unknown {
  if (typeof arg === 'number') return arg;
  return 'input' in arg ? tensors[arg.input] : arg.stored;
}

/** How Keras calls the layer: with its input, with the list of them, or with one argument for each. */
function callOf({ layer, parameters, operation }: WrittenLayer, tensors: readonly KerasJson[]): KerasJson {
  if (operation) return { args: operation.args.map((arg) => writtenArgument(arg, tensors)), kwargs: {} };
  const call = layer.keras?.call,
    rest = layer.keras?.restArgument;
  if (rest && tensors.length > 1) return { args: tensors.slice(0, 1), kwargs: { [rest.name]: tensors.slice(1) } };
  if (!call) return { args: tensors.length === 1 && layer.inputs === 1 ? tensors : [tensors], kwargs: {} };
  const second = call.second && parameters[call.second.parameter] === true ? call.second : null;
  const plain = second ? tensors.filter((_, i) => i !== 1) : tensors;
  const all = plain.length < call.least ? [...plain, ...Array.from({ length: call.least - plain.length }, () => plain.at(-1) as KerasJson)] : plain;
  const settings = Object.fromEntries(call.parameters.map((name) => [snakeCase(name), parameters[name]]));
  const kwargs = second ? { ...settings, [second.name]: tensors[1] } : settings;
  return { args: call.inputs === 'each' ? all : [all], kwargs };
}

/** One input or output stands by itself, several in a list: so the model is called. */
const single = <T>(list: readonly T[]): T | readonly T[] => (list.length === 1 ? (list[0] as T) : list);

/** What was trained on data: only then it is known what its outputs are for. */
type OnData = Trained & { readonly dataset: DatasetDescriptor };

function compileConfig({ layers, network }: WrittenModel, trained: OnData): KerasJson {
  const objectives = objectivesIn(network, layers, trained);
  const several = objectives.length > 1;
  const weights = objectives.map(({ weight }) => weight);
  return {
    ...{ optimizer: optimizerObject(trained), loss: single(objectives.map(({ loss }) => loss)) },
    loss_weights: several && weights.some((weight) => weight !== 1) ? weights : null,
    metrics: several ? objectives.map(({ metrics }) => metrics) : objectives[0]?.metrics,
    weighted_metrics: objectives.every(({ weighted }) => weighted.length === 0)
      ? null
      : several
        ? objectives.map(({ weighted }) => weighted)
        : objectives[0]?.weighted,
    ...{ run_eagerly: false, steps_per_execution: 1, jit_compile: false },
  };
}

interface WrittenObjective {
  readonly loss: unknown;
  readonly weight: number;
  readonly metrics: readonly unknown[];
  /** Those that count samples by their weights. */
  readonly weighted: readonly unknown[];
}

/** What each output is trained for, in the model's order. */
function objectivesIn(network: Network, layers: readonly WrittenLayer[], { settings, dataset }: OnData): WrittenObjective[] {
  const { outputs } = bindingsOf(graphOf(network), dataset);
  return outputs.map(({ one: { node, owner }, column }) => {
    const layer = layers.find((written) => written.node.id === owner.id) as WrittenLayer;
    const task = column?.task ?? dataset.task;
    const fitting = settings.metrics.filter((id) => outputs.length === 1 || metricOf(id).tasks.includes(task));
    const usual = answersOtherwise(node.output?.loss ?? settings.loss) ? [] : usualMetrics(task);
    const metrics = node.output?.metrics ?? (fitting.length > 0 ? fitting : usual);
    return {
      loss: lossObject(layer, task, settings, node.output),
      weight: node.output?.lossWeight ?? 1,
      metrics: metrics.filter((id) => !isWeighted(id, settings)).map((id) => metricObject(id, settings, layer)),
      weighted: metrics.filter((id) => isWeighted(id, settings)).map((id) => metricObject(id, settings, layer)),
    };
  });
}

/** Losses and metrics that Keras does not find by their name in a file. */
const unnamedLosses = ['categorical_generalized_cross_entropy'];
/** Of losses and metrics whose class is called otherwise than their name would have it. */
const classes: Readonly<Record<string, string>> = { auc: 'AUC', logcosh: 'LogCoshError', f1_score: 'F1Score', kl_divergence: 'KLDivergence' };
const pascalCase = (name: string): string => name.replace(/(^|_)(\w)/g, (_, _before, letter: string) => letter.toUpperCase());

const isWeighted = (id: string, { metricParameters }: TrainingSettings): boolean => metricParameters?.[id]?.['weighted'] === true;

/** Lists of numbers are text here; an empty one is none. */
const metricValue = (value: unknown): unknown => (typeof value === 'string' && /^[\s\d.,;e-]*$/.test(value) ? numbersOrNone(numbersIn(value)) : value);
const numbersOrNone = (numbers: readonly number[]): unknown => (numbers.length === 0 ? null : numbers.map(asFloat));

/** What Keras' F1 has to be told, which is for several classes and gives a number for each where nothing is said. */
function forKeras(kind: string, given: KerasJson, { outputShape }: WrittenLayer): KerasJson {
  if (kind !== metrics.f1Score.id) return given;
  return { average: 'macro', ...(outputShape.at(-1) === 1 && { threshold: 0.5 }), ...given };
}

/** By its name, as the class where a parameter is not the usual one. */
function metricObject(id: string, { metricParameters }: TrainingSettings, layer: WrittenLayer): unknown {
  const { kind, keras: name, fields } = metricOf(id);
  const { keras } = metrics[kind];
  const { weighted: _, ...given } = metricParameters?.[id] ?? {};
  const parameters = forKeras(kind, given, layer);
  if (Object.keys(parameters).length === 0 && keras !== 'logcosh') return keras;
  const named = Object.fromEntries(Object.entries(parameters).map(([key, value]) => [kerasName(key, fields[key]), metricValue(value)]));
  return object('keras.metrics', classes[keras] ?? pascalCase(keras), { name, ...withFloats(fields, named) });
}

/** By its name; as an object where a parameter is not the usual one. */
function lossObject({ outputShape, config }: WrittenLayer, task: Task, settings: TrainingSettings, output: OutputSettings | undefined): unknown {
  const activation = typeof config['activation'] === 'string' ? config['activation'] : null;
  const id = output?.loss ?? settings.loss;
  const chosen =
    id === 'auto'
      ? chooseLoss(task, outputShape, activation)
      : { id, parameters: output?.loss === undefined ? settings.lossParameters : output.lossParameters };
  const { keras, title, fields } = lossOf(chosen.id);
  if (keras === null) throw new TypeError(title);
  const unusual = Object.entries(chosen.parameters ?? {}).filter(([key, value]) => value !== fields[key]?.default);
  if (unusual.length === 0 && !unnamedLosses.includes(keras)) return keras;
  const className = classes[keras] ?? pascalCase(keras);
  const named = Object.fromEntries(
    // Areas of every sample for itself: Keras names the axes to sum over.
    unusual.map(([key, value]) => {
      if (key === 'perSample') return ['axis', outputShape.map((_, axis) => axis + 1)];
      return [kerasName(key, fields[key]), key === 'axes' ? numbersIn(String(value)) : value];
    }),
  );
  return object('keras.losses', className, { name: keras, ...withFloats(fields, named) });
}

function optimizerObject({ settings, dataset, learningRate }: OnData): KerasJson {
  const { definition, parameters } = resolveOptimizer(settings.optimizer);
  const named = Object.entries({ ...parameters, learningRate }).map(([key, value]) => [kerasName(key, definition.fields[key]), value]);
  const schedule = writtenSchedule(settings, learningRate, dataset.samples.train);
  const config = { ...withFloats(definition.fields, Object.fromEntries(named)), ...(schedule && { learning_rate: schedule }) };
  return object('keras.optimizers', definition.keras, { name: definition.keras.toLowerCase(), ...config });
}
