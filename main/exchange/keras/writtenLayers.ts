// The layers of a trained network in Keras' words and order: names, classes, configurations, shapes, and where each one's weights go.

import { withKeptMasks } from '../../../shared/code/keptMasks.ts';
import { defaults } from '../../../shared/lib/fields.ts';
import { activationsWithoutKeras, toKerasConfig } from '../../../shared/layers/kerasConfig.ts';
import { layerOf } from '../../../shared/layers/index.ts';
import { type AnyLayer, outputCount } from '../../../shared/layers/layer.ts';
import { analyze } from '../../../shared/compile/index.ts';
import { expandBlocks } from '../../../shared/network/blocks.ts';
import { withoutBypassed } from '../../../shared/network/bypass.ts';
import type { NodeAnalysis } from '../../../shared/compile/types.ts';
import type { Network, NetworkNode } from '../../../shared/network/network.ts';
import type { Shape } from '../../../shared/tensor/types.ts';
import { modelError } from '../modelError.ts';
import type { Trained } from '../trained.ts';
import { withFloats } from './floats.ts';
import { isChain, modelOrder, type OrderedLayer } from './modelOrder.ts';
import { groupStem } from './groupStem.ts';
import { inSteps, isOperation, type Operation, operationIn } from './writtenFormulas.ts';
import { type FixedInputs, withoutFixed } from './writtenOperations.ts';

export interface WrittenLayer {
  readonly node: NetworkNode;
  /** What defines it here. */
  readonly layer: AnyLayer;
  /** The places where it is used, each after those it depends on; `node` is one of them. */
  readonly calls: readonly NetworkNode[];
  /** In force, defaults included. */
  readonly parameters: Readonly<Record<string, unknown>>;
  /** Its name in Keras, which allows fewer signs. */
  readonly name: string;
  readonly className: string;
  readonly config: Readonly<Record<string, unknown>>;
  /** Without the batch axis. */
  readonly inputShapes: readonly Shape[];
  readonly outputShape: Shape;
  /** Of the results after the first. */
  readonly furtherShapes: readonly Shape[];
  /** Where it is no layer of Keras but one of its operations. */
  readonly operation: Operation | null;
  /** Where its weights stand in the file, under `layers`. */
  readonly group: string;
  /** Of its weights, in Keras' order. */
  readonly weights: NodeAnalysis['weights'];
}

export interface WrittenModel {
  /** Without what is bypassed. */
  readonly network: Network;
  readonly isSequential: boolean;
  readonly layers: readonly WrittenLayer[];
}

/** What takes several arguments cannot, even where all of them are the same; nor what gives several results. */
function mayStandInChain({ kind, parameters }: NetworkNode): boolean {
  const layer = layerOf(kind);
  return !layer || (layer.keras !== null && !layer.keras.call && outputCount(layer, parameters) === 1);
}

/** @throws NetwrightError for a layer that Keras does not have */
export function writtenModel(trained: Trained): WrittenModel {
  const drawn = withoutBypassed(expandBlocks(trained.network).network);
  const { network: stepped } = withKeptMasks(inSteps(drawn));
  const fixed = withoutFixed(stepped, isOperation);
  const { network } = fixed;
  const analysis = stepped === drawn ? trained.analysis : analyze(stepped, { dataset: trained.dataset, loss: trained.settings.loss });
  // No layer is called as Keras calls a part of its older files.
  const names = new Set<string>(['top_level_model_weights']);
  const groups = new Set<string>();
  const masked = network.nodes.some(({ kind, parameters }) => kind === 'masking' || parameters['maskZero'] === true);
  const isSequential = isChain(network) && network.nodes.every((node) => mayStandInChain(node));
  const layers = modelOrder(network).map((ordered) => {
    const layer = layerOf(ordered.node.kind);
    const name = unique(notAsMask(nameInKeras(ordered.node.name), masked), names);
    // The input of a Sequential is none of its layers.
    const isFiled = !(isSequential && layer?.inputs === 0) && !isOperation(ordered.node);
    const group = !isFiled ? '' : unique(groupStem(layer?.keras?.className ?? ''), groups);
    return writtenLayer(analysis, ordered, layer, { name, group, fixed });
  });
  return { network, isSequential, layers };
}

/** Without what means a place in a file, and of the signs that Keras on TensorFlow calls a layer by: one with others loads, but neither predicts nor trains. */
const nameInKeras = (name: string): string => name.replace(/[^\w.>-]/g, '_').replace(/^\.+$/, '_');

/** Keras computes masks by operations that it names itself, \`concatenate\` among them: no layer beside them may be called so. */
const notAsMask = (name: string, masked: boolean): string => (masked ? name.replace(/^concatenate(?=_\d+$|$)/, 'concatenated') : name);

function writtenLayer(
  analysis: Trained['analysis'],
  { node, calls }: OrderedLayer,
  layer: AnyLayer | undefined,
  { fixed, ...place }: { readonly name: string; readonly group: string; readonly fixed: FixedInputs },
): WrittenLayer {
  const known = analysis.nodes[node.id];
  const outputShape = known?.outputShape;
  if (!layer || !known || !outputShape)
    throw modelError('export-layer', node.name, `“${node.name}” cannot be exported: what it computes is not known here. Replace it first.`);
  const common = {
    ...{ ...place, node, layer, calls },
    inputShapes: known.inputShapes.flatMap((shape) => (shape ? [shape] : [])),
    outputShape,
    furtherShapes: known.furtherShapes ?? [],
    weights: known.weights,
  };
  if (isOperation(node)) {
    const operation = operationIn(node, fixed.of(node.id));
    return { ...common, operation, className: operation.className, parameters: node.parameters, config: {} };
  }
  if (!layer.keras)
    throw modelError(
      'export-layer',
      node.name,
      `“${node.name}” cannot be written for Keras: Keras has no layer ${layer.title}. Replace it by layers that Keras has.`,
    );
  const parameters = { ...defaults(layer.fields), ...node.parameters };
  const [stranger] = activationsWithoutKeras(layer, parameters);
  if (stranger)
    throw modelError('export-layer', node.name, `“${node.name}” cannot be written for Keras: Keras has no activation ${stranger}. Choose another one.`);
  const plain = withFloats(layer.fields, toKerasConfig(layer, layer.inputs === 0 ? { ...parameters, shape: outputShape } : parameters));
  const config = node.trainable === false && layer.inputs !== 0 ? { ...plain, trainable: false } : plain;
  return { ...common, operation: null, parameters, className: layer.keras.className, config };
}

function unique(wanted: string, taken: Set<string>): string {
  let name = wanted;
  for (let number = 1; taken.has(name); number++) name = `${wanted}_${number}`;
  taken.add(name);
  return name;
}
