// Convolutions, pooling and what else moves over pictures and sequences, in PyTorch.

import type { Shape } from '../../tensor/types.ts';
import { python } from '../python.ts';
import { activated, channels, isPicture, sizes, stepsLast, through, torchArguments, type TorchCode, type TorchFacts, type TorchLayer } from './torchLayer.ts';

const list = (value: number | readonly number[]): readonly number[] => (typeof value === 'number' ? [value] : value);

/** What `same` adds before and after each axis: as TensorFlow does, the odd one behind. */
function samePads(spatial: Shape, kernel: readonly number[], strides: readonly number[], dilation: readonly number[]): (readonly [number, number])[] {
  return spatial.map((size, i) => {
    const reach = ((kernel[i] ?? 1) - 1) * (dilation[i] ?? 1) + 1;
    const stride = strides[i] ?? 1;
    const total = Math.max((Math.ceil(size / stride) - 1) * stride + reach - size, 0);
    return [Math.floor(total / 2), total - Math.floor(total / 2)];
  });
}

/** The padding as `F.pad` wants it: last axis first. */
const padText = (x: string, pads: readonly (readonly [number, number])[], value?: string): string =>
  pads.every(([before, after]) => before === 0 && after === 0) ? x : `F.pad(${x}, ${python(pads.toReversed().flat())}${value ? `, value=${value}` : ''})`;

/** Puts a sequence's features first for a part of PyTorch, and back. */
const turned = (isSequence: boolean, code: (x: string) => string) => (x: string) => (isSequence ? stepsLast(code(stepsLast(x))) : code(x));

interface Window {
  readonly spatial: Shape;
  readonly kernel: readonly number[];
  readonly strides: readonly number[];
  readonly dilation: readonly number[];
  readonly isSequence: boolean;
}
function windowOf({ p, input }: TorchFacts): Window {
  const kernel = list(p['kernelSize'] ?? p['poolSize']);
  return {
    spatial: input.slice(0, -1),
    kernel,
    strides: list(p['strides'] ?? kernel),
    dilation: list(p['dilationRate'] ?? kernel.map(() => 1)),
    isSequence: input.length === 2,
  };
}

const CONVOLUTION = ['filters', 'kernelSize', 'strides', 'padding', 'activation', 'dilationRate', 'groups', 'useBias', 'depthMultiplier'];

interface Planned {
  /** Between the constructor's first arguments and the last. */
  readonly options: string;
  readonly before: (x: string) => string;
}

/** Strides, padding and dilation: as options of the part, or as padding before it. */
function planned({ p }: TorchFacts, { spatial, kernel, strides, dilation }: Window): Planned {
  const options = {
    stride: strides.every((one) => one === 1) ? undefined : sizes(strides),
    dilation: dilation.every((one) => one === 1) ? undefined : sizes(dilation),
    bias: p['useBias'] ? undefined : false,
  };
  const text = (padding?: string) => ['', torchArguments({ ...options, padding })].filter((one, i) => i === 0 || one !== '').join(', ');
  if (p['padding'] === 'valid') return { options: text(), before: (x) => x };
  if (p['padding'] === 'causal') return { options: text(), before: (x) => padText(x, [[((kernel[0] ?? 1) - 1) * (dilation[0] ?? 1), 0]]) };
  if (strides.every((one) => one === 1)) return { options: text('same'), before: (x) => x };
  return { options: text(), before: (x) => padText(x, samePads(spatial, kernel, strides, dilation)) };
}

const RANKS: Readonly<Record<number, string>> = { 2: '1d', 3: '2d' };
const rankOf = (input: Shape): string => RANKS[input.length] ?? '3d';

function convolving(facts: TorchFacts, module: (options: string) => string): TorchCode | string {
  if (!RANKS[facts.input.length]) return 'Volumes are left out here.';
  const window = windowOf(facts);
  const { options, before } = planned(facts, window);
  return activated(facts.p['activation'], 1, (after) => ({
    module: module(options),
    apply: (self, [input = 'x']) => turned(window.isSequence, (x) => after(`${self}(${before(x)})`))(input),
    says: CONVOLUTION,
  }));
}

const convolution: TorchLayer = (facts) => {
  const { p, input } = facts;
  const groups = p['groups'] === 1 ? '' : `, groups=${p['groups']}`;
  return convolving(
    facts,
    (options) => `nn.Conv${rankOf(input)}(${channels(input)}, ${p['filters']}, ${python(sizes(list(p['kernelSize'])))}${options}${groups})`,
  );
};

const depthwise: TorchLayer = (facts) => {
  const { p, input } = facts;
  const out = channels(input) * p['depthMultiplier'];
  return convolving(
    facts,
    (options) => `nn.Conv${rankOf(input)}(${channels(input)}, ${out}, ${python(sizes(list(p['kernelSize'])))}${options}, groups=${channels(input)})`,
  );
};

const separable: TorchLayer = (facts) => {
  const { p, input } = facts;
  const [rank, from] = [rankOf(input), channels(input)];
  const between = from * p['depthMultiplier'];
  const wide = { ...facts, p: { ...p, useBias: false } };
  const point = `nn.Conv${rank}(${between}, ${p['filters']}, 1${p['useBias'] ? '' : ', bias=False'})`;
  return convolving(
    wide,
    (options) => `nn.Sequential(nn.Conv${rank}(${from}, ${between}, ${python(sizes(list(p['kernelSize'])))}${options}, groups=${from}), ${point})`,
  );
};

const transposed: TorchLayer = (facts) => {
  const { p, input, output } = facts;
  const { kernel, strides, dilation, spatial, isSequence } = windowOf(facts);
  if (p['outputPadding'] !== null || dilation.some((one) => one !== 1) || kernel.some((size, i) => size < (strides[i] ?? 1)))
    return 'This transposed convolution has no counterpart of the same size in PyTorch.';
  // What the full result has too much is cut off, the odd one behind.
  const cuts = spatial.map((size, i): [number, number] => {
    const surplus = (size - 1) * (strides[i] ?? 1) + (kernel[i] ?? 1) - (output[i] ?? 0);
    return [-Math.floor(surplus / 2), -(surplus - Math.floor(surplus / 2))];
  });
  const options = torchArguments({ stride: strides.every((one) => one === 1) ? undefined : sizes(strides), bias: p['useBias'] ? undefined : false });
  const head = `nn.ConvTranspose${rankOf(input)}(${channels(input)}, ${p['filters']}, ${python(sizes(kernel))}`;
  return activated(p['activation'], 1, (after) => ({
    module: `${head}${options === '' ? '' : `, ${options}`})`,
    apply: (self, [x = 'x']) =>
      turned(isSequence, (turnedX) =>
        after(
          padText(
            `${self}(${turnedX})`,
            cuts.map(([a, b]) => [a || 0, b || 0]),
          ),
        ),
      )(x),
    says: [...CONVOLUTION, 'outputPadding'],
  }));
};

/** `kind`: Max or Avg. */
const pooling =
  (kind: 'Max' | 'Avg'): TorchLayer =>
  (facts) => {
    const { p, input } = facts;
    if (!RANKS[input.length]) return 'Volumes are left out here.';
    const { spatial, kernel, strides, isSequence, dilation } = windowOf(facts);
    const pads = p['padding'] === 'same' ? samePads(spatial, kernel, strides, dilation) : spatial.map(() => [0, 0] as const);
    if (kind === 'Avg' && pads.flat().some((one) => one > 0)) return 'PyTorch averages padding in; Keras leaves it out at the edges.';
    const stride = kernel.every((size, i) => size === strides[i]) ? '' : `, stride=${python(sizes(strides))}`;
    return {
      module: `nn.${kind}Pool${rankOf(input)}(${python(sizes(kernel))}${stride})`,
      apply: (self, [input = 'x']) => turned(isSequence, (x) => `${self}(${padText(x, pads, 'float("-inf")')})`)(input),
      says: ['poolSize', 'strides', 'padding'],
    };
  };

/** Over all places of a picture or a sequence. */
const overall =
  (method: 'mean' | 'amax'): TorchLayer =>
  ({ p, input }) => ({
    apply: (_, [x = 'x']) => `${x}.${method}(dim=${isPicture(input) ? '(2, 3)' : '1'}${p['keepdims'] ? ', keepdim=True' : ''})`,
    says: ['keepdims'],
  });

const zeroPadding2d: TorchLayer = ({ p }) => ({
  apply: (_, [x = 'x']) => `F.pad(${x}, (${p['left']}, ${p['right']}, ${p['top']}, ${p['bottom']}))`,
  says: ['left', 'right', 'top', 'bottom'],
});
const cropping2d: TorchLayer = ({ p, input: [height = 0, width = 0] }) => ({
  apply: (_, [x = 'x']) => `${x}[:, :, ${p['top']}:${height - p['bottom']}, ${p['left']}:${width - p['right']}]`,
  says: ['left', 'right', 'top', 'bottom'],
});
const zeroPadding1d: TorchLayer = ({ p }) => ({ apply: (_, [x = 'x']) => `F.pad(${x}, (0, 0, ${p['start']}, ${p['end']}))`, says: ['start', 'end'] });
const cropping1d: TorchLayer = ({ p, input: [steps = 0] }) => ({
  apply: (_, [x = 'x']) => `${x}[:, ${p['start']}:${steps - p['end']}]`,
  says: ['start', 'end'],
});

const upSampling2d: TorchLayer = ({ p }) =>
  ['nearest', 'bilinear'].includes(p['interpolation'])
    ? {
        module: `nn.Upsample(scale_factor=${python(sizes(p['size']))}, mode=${python(p['interpolation'])})`,
        apply: through(),
        says: ['size', 'interpolation'],
      }
    : `PyTorch's Upsample has no interpolation ${p['interpolation']} like that of Keras.`;
const upSampling1d: TorchLayer = ({ p }) => ({ apply: (_, [x = 'x']) => `${x}.repeat_interleave(${p['size']}, dim=1)`, says: ['size'] });

export const windowLayers: Readonly<Record<string, TorchLayer>> = {
  ...{
    conv1d: convolution,
    conv2d: convolution,
    depthwiseConv1d: depthwise,
    depthwiseConv2d: depthwise,
    separableConv1d: separable,
    separableConv2d: separable,
  },
  ...{ conv1dTranspose: transposed, conv2dTranspose: transposed },
  ...{ maxPooling1d: pooling('Max'), maxPooling2d: pooling('Max'), averagePooling1d: pooling('Avg'), averagePooling2d: pooling('Avg') },
  ...{ globalMaxPooling1d: overall('amax'), globalMaxPooling2d: overall('amax') },
  ...{ globalAveragePooling1d: overall('mean'), globalAveragePooling2d: overall('mean') },
  ...{ zeroPadding1d, zeroPadding2d, cropping1d, cropping2d, upSampling1d, upSampling2d },
};
