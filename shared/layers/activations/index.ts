// The list of activation functions. Adding one is a file, its test and a line here. Keras' `threshold` is the layer ReLU's: by itself it has no
// number to compare with, and Keras cannot load it from a file either.

import { choice, type Field } from '../../lib/fields.ts';
import type { Builder } from '../../tensor/builder.ts';
import type { Tensor } from '../../tensor/types.ts';
import { snakeCase } from '../snakeCase.ts';
import type { Activation } from './activation.ts';
import { binaryStep } from './binaryStep.ts';
import { celu } from './celu.ts';
import { elu } from './elu.ts';
import { exponential } from './exponential.ts';
import { gelu } from './gelu.ts';
import { glu } from './glu.ts';
import { hardShrink } from './hardShrink.ts';
import { hardSigmoid } from './hardSigmoid.ts';
import { hardSilu } from './hardSilu.ts';
import { hardTanh } from './hardTanh.ts';
import { leakyRelu } from './leakyRelu.ts';
import { linear } from './linear.ts';
import { logSigmoid } from './logSigmoid.ts';
import { logSoftmax } from './logSoftmax.ts';
import { mish } from './mish.ts';
import { relu } from './relu.ts';
import { relu6 } from './relu6.ts';
import { selu } from './selu.ts';
import { sigmoid } from './sigmoid.ts';
import { silu } from './silu.ts';
import { softmax } from './softmax.ts';
import { softplus } from './softplus.ts';
import { softShrink } from './softShrink.ts';
import { softsign } from './softsign.ts';
import { sparsemax } from './sparsemax.ts';
import { sparsePlus } from './sparsePlus.ts';
import { sparseSigmoid } from './sparseSigmoid.ts';
import { squareplus } from './squareplus.ts';
import { tanh } from './tanh.ts';
import { tanhShrink } from './tanhShrink.ts';

/** In the order a form shows them: the usual ones first. */
export const activations = {
  linear,
  relu,
  sigmoid,
  tanh,
  softmax,
  gelu,
  silu,
  leakyRelu,
  elu,
  selu,
  mish,
  softplus,
  relu6,
  hardSigmoid,
  hardSilu,
  hardTanh,
  softsign,
  exponential,
  celu,
  squareplus,
  tanhShrink,
  softShrink,
  hardShrink,
  sparsePlus,
  sparseSigmoid,
  logSigmoid,
  logSoftmax,
  sparsemax,
  glu,
  binaryStep,
} as const satisfies Readonly<Record<string, Activation>>;

export type ActivationId = keyof typeof activations;
export const activationIds = Object.keys(activations) as readonly ActivationId[];

/** Those a recurrent layer can use inside its steps: element by element, and with a slope. */
export const stepActivationIds = [
  'tanh',
  'sigmoid',
  'relu',
  'linear',
  'hardSigmoid',
  'hardTanh',
  'softsign',
  'elu',
  'selu',
  'silu',
  'gelu',
  'softplus',
  'leakyRelu',
  'relu6',
  'mish',
] as const satisfies readonly ActivationId[];
export type StepActivationId = (typeof stepActivationIds)[number];

const choicesOf = <Id extends ActivationId>(ids: readonly Id[]) => ids.map((id) => ({ value: id, label: activations[id].title, help: activations[id].help }));
const help = 'The function applied to every output. It is what lets stacked layers bend.';

/** The activation parameter of a layer, with all functions of the list. */
export const activationField = (o: { default: ActivationId; label?: string; help?: string }): Field<ActivationId> =>
  choice({ label: o.label ?? 'Activation', help: o.help ?? help, choices: choicesOf(activationIds), default: o.default, look: 'curves' });

/** The same for what is computed inside a recurrent layer's steps. */
export const stepActivationField = (o: { default: StepActivationId; label: string; help: string; level?: 'common' | 'advanced' }): Field<StepActivationId> =>
  choice({ ...o, choices: choicesOf(stepActivationIds), look: 'curves' });

/** Applies an activation function. */
export const activate = (builder: Builder, id: ActivationId, x: Tensor): Tensor => activations[id].lower(builder, x);

/** Its name on screen. */
export const activationTitle = (id: ActivationId): string => activations[id].title;

/** Its name in Keras' files; null where Keras has none. */
export function activationKeras(id: ActivationId): string | null {
  const { keras }: Activation = activations[id];
  return keras === undefined ? snakeCase(id) : keras;
}

/** The function of that name in Keras' files, its aliases included (`swish`); undefined for one that is not in the list. */
export const activationOfKeras = (name: string): ActivationId | undefined =>
  activationIds.find((id) => activationKeras(id) === name || (activations[id] as Activation).kerasAliases?.includes(name));
