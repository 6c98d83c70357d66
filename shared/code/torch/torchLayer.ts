// What a layer needs to say to stand in PyTorch code, and the words its files share. Pictures are (channels, height, width) there, as PyTorch
// has them; sequences are (steps, features) as here.

import type { Shape } from '../../tensor/types.ts';
import { python } from '../python.ts';

export interface TorchFacts {
  // biome-ignore lint/suspicious/noExplicitAny: each layer knows its own parameters, checked by its schema
  readonly p: Readonly<Record<string, any>>;
  /** Of one sample, as this app has them: channels last. */
  readonly input: Shape;
  readonly inputs: readonly Shape[];
  readonly output: Shape;
}

export interface TorchCode {
  /** The constructor of the part that holds weights or a state of its own; none where a function does it. */
  readonly module?: string;
  /** How it is applied: `self` is the part, `inputs` are the variables. */
  readonly apply: (self: string, inputs: readonly string[]) => string;
  /** Parameters that the code has taken care of; others that are not at their default are told as left out. */
  readonly says?: readonly string[];
  /** `last`: it works on the axes as this app has them, so that pictures are turned before and after. */
  readonly layout?: 'last';
  readonly remark?: string;
}

/** The code, or in words why PyTorch has none. */
export type TorchLayer = (facts: TorchFacts) => TorchCode | string;

export const isPicture = (shape: Shape): boolean => shape.length === 3;
export const channels = (shape: Shape): number => shape.at(-1) ?? 1;

/** The one input, through the part. */
export const through =
  (after: (text: string) => string = (text) => text, before: (text: string) => string = (text) => text): TorchCode['apply'] =>
  (self, [input = 'x']) =>
    after(`${self}(${before(input)})`);

/** A sequence with its features first, as 1D parts of PyTorch want it, and back. */
export const stepsLast = (input: string): string => `${input}.transpose(1, 2)`;

/** `a=1, b=(2, 2)`, without what is undefined. */
export function torchArguments(values: Readonly<Record<string, unknown>>): string {
  const given = Object.entries(values).filter(([, value]) => value !== undefined);
  return given.map(([name, value]) => `${name}=${python(value)}`).join(', ');
}

/** Equal sizes as one number. */
export const sizes = (values: readonly number[]): number | readonly number[] => (values.every((value) => value === values[0]) ? (values[0] as number) : values);

const functions: Readonly<Record<string, (x: string, axis: number) => string>> = {
  linear: (x) => x,
  relu: (x) => `F.relu(${x})`,
  sigmoid: (x) => `torch.sigmoid(${x})`,
  tanh: (x) => `torch.tanh(${x})`,
  softmax: (x, axis) => `F.softmax(${x}, dim=${axis})`,
  logSoftmax: (x, axis) => `F.log_softmax(${x}, dim=${axis})`,
  gelu: (x) => `F.gelu(${x})`,
  silu: (x) => `F.silu(${x})`,
  leakyRelu: (x) => `F.leaky_relu(${x}, 0.2)`,
  elu: (x) => `F.elu(${x})`,
  selu: (x) => `F.selu(${x})`,
  celu: (x) => `F.celu(${x})`,
  mish: (x) => `F.mish(${x})`,
  softplus: (x) => `F.softplus(${x})`,
  relu6: (x) => `F.relu6(${x})`,
  hardSigmoid: (x) => `F.hardsigmoid(${x})`,
  hardSilu: (x) => `F.hardswish(${x})`,
  hardTanh: (x) => `F.hardtanh(${x})`,
  softsign: (x) => `F.softsign(${x})`,
  exponential: (x) => `torch.exp(${x})`,
  tanhShrink: (x) => `F.tanhshrink(${x})`,
  softShrink: (x) => `F.softshrink(${x})`,
  hardShrink: (x) => `F.hardshrink(${x})`,
  glu: (x, axis) => `F.glu(${x}, dim=${axis})`,
  logSigmoid: (x) => `F.logsigmoid(${x})`,
};

/** An activation function around a value; null for one that PyTorch lacks. `axis` is the features'. */
const torchActivation = (id: string, axis = -1): ((x: string) => string) | null => {
  const made = functions[id];
  return made ? (x) => made(x, axis) : null;
};

/** Code with an activation behind it, or the words that there is none. */
export function activated(id: string, axis: number, code: (after: (x: string) => string) => TorchCode): TorchCode | string {
  const after = torchActivation(id, axis);
  return after ? code(after) : `PyTorch has no activation ${id}.`;
}
