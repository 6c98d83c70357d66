// A network as Python code for PyTorch: a module with its parts, its forward pass, and a loop that trains it. What PyTorch lacks, or has with
// another meaning, is said in words.

import { objectivesOf } from '../compile/index.ts';
import { errorDetails } from '../lib/errors.ts';
import type { Fields } from '../lib/fields.ts';
import type { Shape } from '../tensor/types.ts';
import { type CodeCall, codeModel, type CodeModel, type CodeRequest } from './model.ts';
import { comment, unsaid } from './python.ts';
import { aboutNode, indented, plainLines, type Source, type SourceLine } from './source.ts';
import { coreLayers } from './torch/core.ts';
import { sequenceLayers } from './torch/sequences.ts';
import { isPicture, type TorchCode, type TorchLayer } from './torch/torchLayer.ts';
import { windowLayers } from './torch/windows.ts';
import { torchTrainingLines } from './torchTraining.ts';

const known: Readonly<Record<string, TorchLayer>> = { ...coreLayers, ...windowLayers, ...sequenceLayers };
const RESERVED = ['torch', 'nn', 'F', 'self', 'model', 'train', 'optimizer', 'forward', 'prediction', 'loss', 'rows', 'epoch'];

/** The layer in PyTorch, or in words why not. */
function codeOf({ node, layer, parameters, isWired, inputShapes, outputShape }: CodeCall): TorchCode | string {
  const of = (words: string) => `${node.name}: ${words}`;
  if (!layer) return of(`there is no layer called “${node.kind}” here.`);
  if (!parameters) return of('one of its settings is out of range.');
  if (!isWired) return of('not everything is connected to it yet.');
  const shapes = inputShapes.filter((shape): shape is Shape => shape !== null);
  if (!outputShape || shapes.length < inputShapes.length) return of('its shape is not known yet.');
  if (parameters['returnState'] === true || parameters['initialState'] === true)
    return of('states that go from layer to layer are not written for PyTorch here.');
  const made = known[node.kind]?.({ p: parameters, input: shapes[0] ?? [], inputs: shapes, output: outputShape });
  if (made === undefined) return of(`PyTorch has no ${layer.title} of this meaning. ${layer.help.formula ? `It computes ${layer.help.formula}.` : ''}`.trim());
  return typeof made === 'string' ? of(made) : made;
}

/** Parameters that are set and that the code says nothing of. */
function unsaidParameters({ layer, parameters }: CodeCall, { says = [] }: TorchCode): string[] {
  const fields = Object.entries((layer?.fields ?? {}) as Fields).filter(([name]) => !says.includes(name));
  return fields.filter(([name, field]) => JSON.stringify(parameters?.[name]) !== JSON.stringify(field.default)).map(([, field]) => field.label.toLowerCase());
}

const channelsLast = (x: string): string => `${x}.permute(0, 2, 3, 1)`;
const channelsFirst = (x: string): string => `${/^[\w.]+$|\)$/.test(x) ? x : `(${x})`}.permute(0, 3, 1, 2)`;

/** The layer applied to the variables that feed it; pictures turned where it works on the last axis. */
function applied(call: CodeCall, code: TorchCode): string {
  const self = `self.${call.owner === call.node.id || !call.isShared ? call.variable : call.name}`;
  const variables = call.sources.map(({ variable, outputShape }) =>
    code.layout === 'last' && isPicture(outputShape ?? []) ? channelsLast(variable) : variable,
  );
  const text = code.apply(self, variables);
  return code.layout === 'last' && isPicture(call.outputShape ?? []) ? channelsFirst(text) : text;
}

interface Parts {
  readonly init: SourceLine[];
  readonly forward: SourceLine[];
}

function partsOf(call: CodeCall, made: Set<string>): Parts {
  const about = (...texts: string[]) => aboutNode(call.place, texts);
  const code = codeOf(call);
  if (typeof code === 'string') return { init: [], forward: about(...unsaid(code)) };
  const { owner, node, isShared, name, variable } = call;
  const self = `self.${owner === node.id || !isShared ? variable : name}`;
  const left = unsaidParameters(call, code);
  const isNew = code.module !== undefined && !made.has(owner);
  made.add(owner);
  const remarks = [
    ...(code.remark ? comment(`${node.name}: ${code.remark}.`) : []),
    ...(left.length > 0 ? comment(`${node.name}: left out: ${left.join(', ')}.`) : []),
  ];
  const frozen = node.trainable === false && code.module ? [`${self}.requires_grad_(False)`] : [];
  return {
    init: isNew ? about(...remarks, `${self} = ${code.module}`, ...frozen) : [],
    forward: about(...(code.module ? [] : remarks), `${variable} = ${applied(call, code)}`),
  };
}

/** Tells of what shape an Input's tensor must be. */
function inputWords({ variable, outputShape }: CodeCall): string {
  if (!outputShape) return `${variable}: of a shape that is not known yet`;
  const [height, width, channels] = outputShape;
  return isPicture(outputShape) ? `${variable}: (batch, ${channels}, ${height}, ${width}), channels first` : `${variable}: (batch, ${outputShape.join(', ')})`;
}

function moduleLines({ calls, inputs, outputs }: CodeModel, name: string): SourceLine[] {
  const made = new Set<string>();
  const parts = calls.filter(({ layer }) => layer?.inputs !== 0).map((call) => partsOf(call, made));
  const entering = inputs.flatMap((call) => aboutNode(call.place, comment(inputWords(call))));
  const result = outputs.map(({ variable }) => variable).join(', ');
  return [
    ...plainLines(`class ${name}(nn.Module):`),
    ...indented([...plainLines('def __init__(self):'), ...indented([...plainLines('super().__init__()'), ...parts.flatMap(({ init }) => init)])]),
    ...plainLines(''),
    ...indented([
      ...plainLines(`def forward(${['self', ...inputs.map(({ variable }) => variable)].join(', ')}):`),
      ...indented([...entering, ...parts.flatMap(({ forward }) => forward), ...plainLines(`return ${result === '' ? 'None' : result}`)]),
    ]),
  ];
}

function trainingLines({ network, dataset, settings }: CodeRequest, { unfinished, inputs }: CodeModel): string[] {
  if (unfinished !== null || !dataset) return comment(dataset ? 'Training follows once the network is whole.' : 'Training follows once a dataset is chosen.');
  try {
    return torchTrainingLines(objectivesOf(network, dataset, settings), inputs.length, settings);
  } catch (error) {
    return unsaid(errorDetails(error).message);
  }
}

const classNameOf = (name: string): string => {
  const words = name.split(/[^A-Za-z0-9]+/).filter(Boolean);
  const joined = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
  return /^[A-Za-z]/.test(joined) ? joined : `Network${joined}`;
};

/** The whole file. Never throws for what a person can draw. */
export function pytorchSource(request: CodeRequest): Source {
  const model = codeModel(request, RESERVED);
  const name = classNameOf(request.network.name);
  return [
    ...plainLines(...(model.unfinished ? comment(`Not finished: ${model.unfinished}`) : [])),
    ...plainLines(...comment('Weights start as PyTorch starts them, not as Keras does.')),
    ...plainLines('import torch', 'import torch.nn.functional as F', 'from torch import nn', '', ''),
    ...moduleLines(model, name),
    ...plainLines('', '', `torch.manual_seed(${request.settings.seed})`, `model = ${name}()`, 'print(model)', '', ...trainingLines(request, model)),
  ];
}
