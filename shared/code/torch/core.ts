// Dense layers, activations, shapes, what drops and what adds noise, and merging, in PyTorch.

import { sizeOf } from '../../tensor/types.ts';
import { python } from '../python.ts';
import { activated, channels, isPicture, through, torchArguments, type TorchCode, type TorchLayer } from './torchLayer.ts';

const dense: TorchLayer = ({ p, input }) =>
  activated(p['activation'], -1, (after) => ({
    module: `nn.Linear(${channels(input)}, ${p['units']}${p['useBias'] ? '' : ', bias=False'})`,
    apply: through(after),
    says: ['units', 'activation', 'useBias'],
    layout: 'last',
  }));

const activation: TorchLayer = ({ p, input }) => activated(p['activation'], isPicture(input) ? 1 : -1, (after) => applied(after, ['activation']));

/** A function of the one input. */
function applied(of: (x: string) => string, says: readonly string[] = [], more: Partial<TorchCode> = {}): TorchCode {
  return { apply: (_, [input = 'x']) => of(input), says, ...more };
}

const relu: TorchLayer = ({ p }) => {
  if (p['threshold'] !== 0) return 'PyTorch has no ReLU with a threshold.';
  const slope = p['negativeSlope'] === 0 ? (x: string) => `F.relu(${x})` : (x: string) => `F.leaky_relu(${x}, ${p['negativeSlope']})`;
  const limited = (x: string) => (p['maxValue'] ? `torch.clamp(${slope(x)}, max=${p['maxValue']})` : slope(x));
  return applied(limited, ['threshold', 'negativeSlope', 'maxValue']);
};

const softmax: TorchLayer = ({ p }) => applied((x) => `F.softmax(${x}, dim=${p['axis']})`, ['axis'], { layout: 'last' });

const flatten: TorchLayer = ({ input }) => ({
  module: 'nn.Flatten()',
  apply: through(),
  ...(isPicture(input) && channels(input) > 1 ? { remark: 'channel after channel; Keras flattens pixel after pixel' } : {}),
});

const reshape: TorchLayer = ({ output }) => applied((x) => `${x}.reshape(-1, ${output.join(', ')})`, ['targetShape'], { layout: 'last' });
const permute: TorchLayer = ({ p }) => applied((x) => `${x}.permute(0, ${p['dims'].join(', ')})`, ['dims'], { layout: 'last' });
const repeatVector: TorchLayer = ({ p }) => applied((x) => `${x}.unsqueeze(1).repeat(1, ${p['n']}, 1)`, ['n']);

const module = (text: string, says: readonly string[]): TorchCode => ({ module: text, apply: through(), says });
const dropout: TorchLayer = ({ p }) => module(`nn.Dropout(${p['rate']})`, ['rate']);
const spatialDropout2d: TorchLayer = ({ p }) => module(`nn.Dropout2d(${p['rate']})`, ['rate']);
const spatialDropout1d: TorchLayer = ({ p }) => ({
  module: `nn.Dropout1d(${p['rate']})`,
  apply: (self, [input = 'x']) => `${self}(${input}.transpose(1, 2)).transpose(1, 2)`,
  says: ['rate'],
});
const alphaDropout: TorchLayer = ({ p }) => module(`nn.AlphaDropout(${p['rate']})`, ['rate']);
const inTraining = (x: string, changed: string): string => `(${changed}) if self.training else ${x}`;
const gaussianNoise: TorchLayer = ({ p }) => applied((x) => inTraining(x, `${x} + ${p['stddev']} * torch.randn_like(${x})`), ['stddev']);
const gaussianDropout: TorchLayer = ({ p }) => {
  const deviation = Math.sqrt(p['rate'] / (1 - p['rate']));
  return applied((x) => inTraining(x, `${x} * (1 + ${deviation} * torch.randn_like(${x}))`), ['rate']);
};

const rescaling: TorchLayer = ({ p }) => applied((x) => `${x} * ${python(p['scale'])} + ${python(p['offset'])}`, ['scale', 'offset']);
const embedding: TorchLayer = ({ p }) => ({
  module: `nn.Embedding(${p['inputDim']}, ${p['outputDim']}${p['maskZero'] ? ', padding_idx=0' : ''})`,
  apply: (self, [input = 'x']) => `${self}(${input}.long())`,
  says: ['inputDim', 'outputDim'],
});
const prelu: TorchLayer = ({ p, input }) =>
  p['sharedAxes'] === null && input.length > 1
    ? 'PyTorch has one slope for each channel, not one for each value.'
    : { module: `nn.PReLU(${input.length === 1 ? sizeOf(input) : channels(input)}, init=0.0)`, apply: through(), says: ['sharedAxes'] };

/** Joins all inputs, one after the other. */
const merge =
  (join: (a: string, b: string) => string): TorchLayer =>
  () => ({ apply: (_, inputs) => inputs.slice(1).reduce(join, inputs[0] ?? 'x') });

/** The axis of a picture with its channels first; 0 is the batch. */
function axisFirst(axis: number, rank: number): number {
  const positive = axis < 0 ? axis + rank + 1 : axis;
  return rank === 3 ? ([0, 2, 3, 1][positive] ?? positive) : positive;
}
const concatenate: TorchLayer = ({ p, input }) => ({
  apply: (_, inputs) => `torch.cat([${inputs.join(', ')}], dim=${axisFirst(p['axis'], input.length)})`,
  says: ['axis'],
});

const einsum: TorchLayer = ({ p }) => ({ apply: (_, inputs) => `torch.einsum(${python(p['equation'])}, ${inputs.join(', ')})`, says: ['equation'] });

export const coreLayers: Readonly<Record<string, TorchLayer>> = {
  ...{ dense, activation, relu, softmax, flatten, reshape, permute, repeatVector, prelu, rescaling, embedding, concatenate, einsum },
  ...{ dropout, spatialDropout1d, spatialDropout2d, alphaDropout, gaussianNoise, gaussianDropout },
  identity: () => applied((x) => x),
  leakyRelu: ({ p }) => applied((x) => `F.leaky_relu(${x}, ${p['negativeSlope']})`, ['negativeSlope']),
  elu: ({ p }) => applied((x) => `F.elu(${x}, ${torchArguments({ alpha: p['alpha'] })})`, ['alpha']),
  add: merge((a, b) => `${a} + ${b}`),
  multiply: merge((a, b) => `${a} * ${b}`),
  subtract: merge((a, b) => `${a} - ${b}`),
  maximum: merge((a, b) => `torch.maximum(${a}, ${b})`),
  minimum: merge((a, b) => `torch.minimum(${a}, ${b})`),
  average: () => ({ apply: (_, inputs) => `(${inputs.join(' + ')}) / ${inputs.length}` }),
};
