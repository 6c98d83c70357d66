// What the convolution layers share: parameters, words on the node, the checks of what goes together. No layer itself.

import { boolean, integer, pair, type Triple, triple } from '../../lib/fields.ts';
import type { Tensor } from '../../tensor/types.ts';
import { type ActivationId, activationTitle } from '../activations/index.ts';
import { type InitializerValue, initializerField } from '../initializers/index.ts';
import { type LayerContext, LayerError } from '../layer.ts';
import { activityFields, activityKeras, allKeras, held, type HeldBy, heldFields, heldKeras } from '../holding.ts';
import type { Pair } from '../windows.ts';

export const filtersField = () =>
  integer({
    label: 'Filters',
    help: 'How many patterns the layer looks for; each gives one channel of the output.',
    min: 1,
    max: 100_000,
    sliderMax: 512,
    default: 32,
  });
export const groupsField = () =>
  integer({
    label: 'Groups',
    help: 'Splits the channels into so many groups that do not see each other.',
    min: 1,
    max: 100_000,
    level: 'advanced',
    default: 1,
  });

export const depthMultiplierField = () =>
  integer({
    label: 'Filters per channel',
    help: 'How many filters every channel gets.',
    min: 1,
    max: 10_000,
    sliderMax: 8,
    default: 1,
  });

const size = { label: 'Kernel size', min: 1, max: 1000, sliderMax: 11 };
const stride = { label: 'Stride', min: 1, max: 1000, sliderMax: 4 };
const dilation = {
  label: 'Dilation',
  help: 'Distance between the positions a filter looks at; above 1 it sees a wider area with the same weights.',
  min: 1,
  max: 1000,
  level: 'advanced',
} as const;

/** Kernel, stride and dilation over rows and columns. */
export const kernelSizeField = () => pair({ ...size, help: 'Rows and columns a filter sees at once.', default: [3, 3] });
export const stridesField = () => pair({ ...stride, help: 'How far the window moves at each step. 2 halves the output’s rows and columns.', default: [1, 1] });
export const dilationField = () => pair({ ...dilation, default: [1, 1] });
/** The same over the steps of a sequence. */
export const kernelStepsField = () => integer({ ...size, help: 'How many steps a filter sees at once.', default: 3 });
export const strideStepsField = () => integer({ ...stride, help: 'How far the window moves at each step. 2 halves the output’s steps.', default: 1 });
export const dilationStepsField = () => integer({ ...dilation, default: 1 });

/** The same over depth, rows and columns of a volume. */
export const kernelVolumeField = () => triple({ ...size, help: 'Depth, rows and columns a filter sees at once.', default: [3, 3, 3] });
export const strideVolumeField = () =>
  triple({ ...stride, help: 'How far the window moves at each step. 2 halves depth, rows and columns.', default: [1, 1, 1] });
export const dilationVolumeField = () => triple({ ...dilation, default: [1, 1, 1] });

export const biasFields = {
  useBias: boolean({ label: 'Bias', help: 'Adds a learned constant to every filter’s answer.', default: true, level: 'advanced' }),
  biasInitializer: initializerField({ label: 'Bias initializer', default: 'zeros', vector: true }),
};

/** The bias, one for each channel, if wanted. */
export function withBias(
  context: LayerContext,
  answer: Tensor,
  p: { readonly useBias: boolean; readonly biasInitializer: InitializerValue } & Partial<HeldBy<'bias'>>,
): Tensor {
  if (!p.useBias) return answer;
  return context.builder.add(answer, held(context, 'bias', [answer.shape.at(-1) as number], p.biasInitializer, p, 'bias'));
}

type Sizes = number | Pair | Triple;
const listOf = (sizes: Sizes): readonly number[] => (typeof sizes === 'number' ? [sizes] : sizes);
/** `3 × 3`. */
export const sizeWords = (sizes: Sizes): string => listOf(sizes).join(' × ');
const shortWords = (sizes: Sizes): string => (listOf(sizes).every((size) => size === listOf(sizes)[0]) ? `${listOf(sizes)[0]}` : sizeWords(sizes));

/** The most telling of what is left to say: the activation, else the stride, else the padding. */
export function convolutionDetail(p: { readonly activation: ActivationId; readonly strides: Sizes; readonly padding: string }): string {
  if (p.activation !== 'linear') return activationTitle(p.activation);
  return listOf(p.strides).every((stride) => stride === 1) ? p.padding : `stride ${shortWords(p.strides)}`;
}

export const filterWords = (filters: number): string => `${filters} ${filters === 1 ? 'filter' : 'filters'}`;

/** @throws LayerError where both stride and dilation are above 1 */
export function refuseStridesWithDilation(strides: Sizes, dilationRate: Sizes): void {
  const one = (sizes: Sizes) => (typeof sizes === 'number' ? 1 : sizes.map(() => 1));
  if (Math.max(...listOf(strides)) === 1 || Math.max(...listOf(dilationRate)) === 1) return;
  throw new LayerError({
    code: 'strides-and-dilation',
    parameter: 'dilationRate',
    what: `Stride ${sizeWords(strides)} and dilation ${sizeWords(dilationRate)} cannot be used together.`,
    why: 'Keras allows only one of the two above 1: together they would skip over positions without looking at them.',
    repairs: [
      { label: 'Set dilation to 1', parameters: { dilationRate: one(dilationRate) } },
      { label: 'Set stride to 1', parameters: { strides: one(strides) } },
    ],
  });
}

/** @throws LayerError unless the groups divide channels and filters */
export function refuseUnevenGroups(channels: number, { filters, groups }: { readonly filters: number; readonly groups: number }): void {
  const uneven = channels % groups !== 0 ? `the input’s ${channels} channels` : filters % groups !== 0 ? `its ${filters} filters` : null;
  if (uneven === null) return;
  throw new LayerError({
    code: 'groups',
    parameter: 'groups',
    what: `${groups} groups cannot share ${uneven} evenly.`,
    why: 'Every group takes an equal part of the input channels and gives an equal part of the filters.',
    repairs: [{ label: 'Set groups to 1', parameters: { groups: 1 } }],
  });
}

interface StepSizes {
  readonly kernelSize: number;
  readonly strides: number;
  readonly dilationRate: number;
}
interface KernelKeras<P> {
  toConfig(parameters: P): Readonly<Record<string, unknown>>;
  fromConfig(config: Readonly<Record<string, unknown>>): object | null;
}

/** A layer over steps in Keras' files: sizes are lists of one. `kernel`: how its penalty stands there. */
export const stepKeras = <P>(kernel: KernelKeras<P>, o: { readonly usual: number } = { usual: 3 }) => ({
  extra: { data_format: 'channels_last' },
  toConfig: (p: P & StepSizes) => ({ ...kernel.toConfig(p), kernel_size: [p.kernelSize], strides: [p.strides], dilation_rate: [p.dilationRate] }),
  fromConfig(config: Readonly<Record<string, unknown>>) {
    const own = kernel.fromConfig(config);
    const sizes = {
      kernelSize: sizeOfKeras(config['kernel_size'], o.usual),
      strides: sizeOfKeras(config['strides'], 1),
      dilationRate: sizeOfKeras(config['dilation_rate'], 1),
    };
    return own && { ...own, ...sizes };
  },
});

/** What holds the weights of a convolution in two steps, and what it gives. */
export const separableHeld = {
  ...heldFields('depthwise', 'Channel kernel'),
  ...heldFields('pointwise', 'Mixing kernel'),
  ...heldFields('bias', 'Bias', false),
  ...activityFields,
};
export const separableKeras = (rank: number) => allKeras(heldKeras({ depthwise: rank, pointwise: rank, bias: 1 }), activityKeras);

/** A size that is none is left to the check of the field. */
const sizeOfKeras = (value: unknown, usual: number): number =>
  Array.isArray(value) && value.length === 1 ? value[0] : value === undefined ? usual : (value as number);
