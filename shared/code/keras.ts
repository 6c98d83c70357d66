// A network as Python code for Keras 3: data, model, training, as one file that runs as it stands. Made from the layers' Keras
// configuration, so that a new layer is here as soon as it can be written to Keras' files. What Keras lacks is said in words.

import { bindingsOf, graphOf, objectivesOf, type OutputObjective } from '../compile/index.ts';
import { activationsWithoutKeras, toKerasConfig } from '../layers/kerasConfig.ts';
import { snakeCase } from '../layers/snakeCase.ts';
import { FormulaError } from '../layers/formula/tree.ts';
import { errorDetails } from '../lib/errors.ts';
import type { Network } from '../network/network.ts';
import { withKeptMasks } from './keptMasks.ts';
import { argumentsFor } from './kerasObject.ts';
import { isWaves, operationLines, waveNames } from './kerasOperations.ts';
import { inKerasParts, type OutputShapes } from './kerasParts.ts';
import { compileLines, fitLines, needsSteps, stepsLine } from './kerasTraining.ts';
import { type CodeCall, type CodeModel, codeModel, type CodeRequest } from './model.ts';
import { dataLines } from './numpyData.ts';
import { callLines, comment, python, quoted, unsaid } from './python.ts';
import { aboutNode, indented, plainLines, type Source, type SourceLine } from './source.ts';

const RESERVED = ['keras', 'np', 'rng', 'samples', 'data', 'model', 'x_train', 'y_train', 'x_test', 'y_test', 'total_steps', ...waveNames];

/** What Keras cannot say of a layer, in words; null where it can say all. */
function obstacle(call: CodeCall): string | null {
  const { node, layer, parameters, isWired } = call;
  if (!layer) return `${node.name}: there is no layer called “${node.kind}” here.`;
  if (operationIn(call)) return isWired ? null : `${node.name}: not everything is connected to it yet.`;
  if (!layer.keras) return `${node.name}: Keras has no layer ${layer.title}. ${layer.help.formula ? `It computes ${layer.help.formula}.` : layer.help.text}`;
  if (!parameters) return `${node.name}: one of its settings is out of range.`;
  if (!isWired) return `${node.name}: not everything is connected to it yet.`;
  const [stranger] = activationsWithoutKeras(layer, parameters);
  return stranger ? `${node.name}: Keras has no activation ${stranger}.` : null;
}

/** Null too for a formula that cannot be said. */
function operationIn(call: CodeCall): readonly string[] | null {
  try {
    return operationLines(call);
  } catch (error) {
    if (error instanceof FormulaError) return null;
    throw error;
  }
}

const nameArgument = (name: string): string => `name=${quoted(name)}`;

/** The arguments of the layer's constructor. */
function layerArguments({ node, layer, parameters, name }: CodeCall): string[] {
  if (!layer?.keras || !parameters) return [];
  const config = toKerasConfig(layer, parameters);
  return [...argumentsFor('keras.layers', layer.keras.className, config), ...(node.trainable === false ? ['trainable=False'] : []), nameArgument(name)];
}

/** The Input, or a layer's constructor; `after` is what stands behind it. */
function constructorLines(call: CodeCall, before: string, after = ''): string[] {
  if (call.layer?.inputs === 0) return callLines(`${before}keras.Input`, [`shape=${python(call.outputShape ?? [])}`, nameArgument(call.name)], after);
  return callLines(`${before}keras.layers.${call.layer?.keras?.className}`, layerArguments(call), after);
}

/** What the layer is called with: its input, the list of them, or one argument for each. */
function callArguments({ layer, parameters, given: variables }: CodeCall): string {
  const call = layer?.keras?.call,
    rest = layer?.keras?.restArgument;
  if (rest && variables.length > 1) return `${variables[0]}, ${rest.name}=[${variables.slice(1).join(', ')}]`;
  if (!call) return layer?.inputs === 1 ? (variables[0] ?? '') : `[${variables.join(', ')}]`;
  const second = call.second && parameters?.[call.second.parameter] === true ? call.second : null;
  const plain = second ? variables.filter((_, i) => i !== 1) : variables;
  const all = [...plain, ...Array.from({ length: Math.max(0, call.least - plain.length) }, () => plain.at(-1) ?? '')];
  const values = call.parameters.filter((name) => parameters?.[name] !== layer.fields[name]?.default);
  const named = values.map((name) => `${snakeCase(name)}=${python(parameters?.[name])}`);
  const masks = second ? [`${second.name}=${variables[1] ?? ''}`] : [];
  return [...(call.inputs === 'each' ? all : [`[${all.join(', ')}]`]), ...masks, ...named].join(', ');
}

/** `x`, or `x, x_hidden_state`. */
const resultsOf = ({ variable, further }: CodeCall): string => [variable, ...further].join(', ');

function functionalLines(call: CodeCall, layers: Map<string, string>): readonly string[] {
  const words = call.layer?.inputs === 0 && !call.outputShape ? `${call.node.name} has no shape yet: choose a dataset, or set one.` : obstacle(call);
  if (words) return unsaid(words);
  const operation = operationIn(call);
  if (operation) return operation;
  if (call.layer?.inputs === 0) return constructorLines(call, `${call.variable} = `);
  if (!call.isShared) return constructorLines(call, `${resultsOf(call)} = `, `(${callArguments(call)})`);
  const known = layers.get(call.owner);
  const shared = known ?? `${call.variable}_layer`;
  layers.set(call.owner, shared);
  return [...(known ? [] : constructorLines(call, `${shared} = `)), `${resultsOf(call)} = ${shared}(${callArguments(call)})`];
}

/** What is said of a layer before it, as comments. */
type About = (call: CodeCall) => readonly string[];

const single = (texts: readonly string[]): string => (texts.length === 1 ? (texts[0] as string) : `[${texts.join(', ')}]`);

function functional({ calls, inputs, outputs }: CodeModel, name: string, about: About): SourceLine[] {
  const layers = new Map<string, string>();
  const made = calls.flatMap((call) => aboutNode(call.place, [...about(call), ...functionalLines(call, layers)]));
  const ends = [`inputs=${single(inputs.map(({ variable }) => variable))}`, `outputs=${single(outputs.map(({ variable }) => variable))}`, nameArgument(name)];
  return [...made, ...plainLines(...callLines('model = keras.Model', ends))];
}

function sequential({ calls }: CodeModel, name: string, about: About): SourceLine[] {
  const layers = calls.flatMap((call) => aboutNode(call.place, [...about(call), ...constructorLines(call, '', ',')]));
  return [...plainLines('model = keras.Sequential(', '    ['), ...indented(layers, 8), ...plainLines('    ],', `    ${nameArgument(name)},`, ')')];
}

/** What each output is trained for; words where that does not fit, null where nothing can be said yet. */
function objectivesIn({ network, dataset, settings }: CodeRequest, { unfinished }: CodeModel): readonly OutputObjective[] | string | null {
  if (unfinished !== null || !dataset) return null;
  try {
    return objectivesOf(network, dataset, settings);
  } catch (error) {
    return errorDetails(error).message;
  }
}

function trainingLines(request: CodeRequest, model: CodeModel): { readonly data: string[]; readonly fit: string[] } {
  const { network, dataset, settings } = request;
  const objectives = objectivesIn(request, model);
  if (!dataset || objectives === null)
    return { data: [], fit: comment(dataset ? 'Training follows once the network is whole.' : 'Training follows once a dataset is chosen.') };
  if (typeof objectives === 'string') return { data: [], fit: unsaid(objectives) };
  const bound = bindingsOf(graphOf(network), dataset).inputs;
  const inputs = bound.flatMap(({ one, column }) => {
    const shape = model.inputs.find(({ node }) => node.id === one.node.id)?.outputShape;
    return column && shape ? [{ column, shape }] : [];
  });
  const steps = needsSteps(settings) ? [stepsLine(settings, inputs.length === 1 ? 'len(x_train)' : 'len(x_train[0])')] : [];
  return {
    data: [`keras.utils.set_random_seed(${settings.seed})`, '', ...dataLines({ dataset, objectives, inputs, seed: settings.seed, limit: settings.limit })],
    fit: [...steps, ...compileLines(objectives, settings), ...fitLines(settings, dataset)],
  };
}

/** \`Übung 1\` to \`ubung_1\`: TensorFlow lets a model's name begin with a letter or a digit only. */
const modelName = (name: string): string =>
  name
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/\W+/g, '_')
    .replaceAll(/^_+|_+$/g, '')
    .toLowerCase() || 'network';

/** The network in layers that Keras has, with masks where they are here. Waves are code. */
function forKeras(network: Network, shapes: OutputShapes) {
  const parts = inKerasParts(network, shapes, (node) => isWaves({ node }));
  const kept = withKeptMasks(parts.network);
  return { network: kept.network, remarks: parts.remarks, copies: new Map([...parts.added, ...kept.copies]) };
}

const comments = (words: string | undefined): readonly string[] => (words === undefined ? [] : comment(words));

/** The whole file. Never throws for what a person can draw. */
export function kerasSource(request: CodeRequest): Source {
  let remarks: ReadonlyMap<string, string> = new Map();
  const model = codeModel(request, RESERVED, (network, shapes) => {
    const written = forKeras(network, shapes);
    remarks = written.remarks;
    return written;
  });
  const about = ({ node }: CodeCall) => comments(remarks.get(node.id));
  const name = modelName(request.network.name);
  const isSayable = model.calls.every((call) => obstacle(call) === null && (call.layer?.inputs !== 0 || call.outputShape !== null));
  const { data, fit } = trainingLines(request, model);
  const usesNumpy = data.some((line) => /\bnp\./.test(line)) || model.calls.some(isWaves);
  return [
    ...plainLines(...(model.unfinished ? comment(`Not finished: ${model.unfinished}`) : [])),
    ...plainLines('import keras', ...(usesNumpy ? ['import numpy as np'] : []), ''),
    ...plainLines(...(data.length > 0 ? [...data, ''] : [])),
    ...(model.isChain && isSayable && !model.calls.some((call) => operationIn(call)) ? sequential(model, name, about) : functional(model, name, about)),
    ...plainLines('model.summary()', '', ...fit),
  ];
}
