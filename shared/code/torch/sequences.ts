// Recurrent layers, attention and normalization in PyTorch.

import { layerOf } from '../../layers/index.ts';
import { defaults, type Fields } from '../../lib/fields.ts';
import { channels, isPicture, stepsLast, through, torchArguments, type TorchFacts, type TorchLayer } from './torchLayer.ts';

type Parameters = TorchFacts['p'];
const KINDS: Readonly<Record<string, string>> = { lstm: 'LSTM', gru: 'GRU', simpleRnn: 'RNN' };
const RECURRENT = ['units', 'activation', 'recurrentActivation', 'returnSequences', 'goBackwards', 'dropout', 'recurrentDropout', 'useBias', 'resetAfter'];
const TWO_BIASES = 'has two biases where Keras has one';

/** Why PyTorch's part computes something else; null where it is the same. */
function difference(kind: string, p: Parameters): string | null {
  const isSame = kind === 'simpleRnn' ? ['tanh', 'relu'].includes(p['activation']) : p['activation'] === 'tanh' && p['recurrentActivation'] === 'sigmoid';
  if (!isSame) return 'PyTorch has it with its usual activations only.';
  if (p['dropout'] > 0 || p['recurrentDropout'] > 0) return 'PyTorch has no dropout inside a single recurrent layer.';
  return kind === 'gru' && !p['resetAfter'] ? 'PyTorch resets after the matrix product only.' : null;
}

const recurrentModule = (kind: string, p: Parameters, features: number, isTwoWay: boolean): string =>
  `nn.${KINDS[kind]}(${features}, ${p['units']}, ${torchArguments({
    nonlinearity: kind === 'simpleRnn' && p['activation'] === 'relu' ? 'relu' : undefined,
    bias: p['useBias'] ? undefined : false,
    batch_first: true,
    bidirectional: isTwoWay ? true : undefined,
  })})`;

const recurrent =
  (kind: string): TorchLayer =>
  ({ p, input }) => {
    const other = difference(kind, p);
    if (other) return other;
    const read = p['goBackwards'] ? (x: string) => `${x}.flip(1)` : (x: string) => x;
    return {
      module: recurrentModule(kind, p, channels(input), false),
      apply: through((called) => `${called}[0]${p['returnSequences'] ? '' : '[:, -1]'}`, read),
      says: RECURRENT,
      ...(p['useBias'] && kind !== 'gru' ? { remark: TWO_BIASES } : {}),
    };
  };

const bidirectional: TorchLayer = ({ p, input }) => {
  const { kind, parameters } = p['layer'];
  const inner: Parameters = { ...defaults((layerOf(kind)?.fields ?? {}) as Fields), ...parameters };
  if (p['backwardLayer'].kind !== 'same') return 'PyTorch reads both ways by layers that are alike.';
  const other = p['mergeMode'] === 'concat' ? difference(kind, inner) : 'PyTorch puts both directions side by side only.';
  if (other) return other;
  const units = inner['units'];
  const last = (called: string) => `(lambda both: torch.cat([both[:, -1, :${units}], both[:, 0, ${units}:]], dim=-1))(${called}[0])`;
  return {
    module: recurrentModule(kind, inner, channels(input), true),
    apply: through((called) => (inner['returnSequences'] ? `${called}[0]` : last(called))),
    says: ['layer', 'mergeMode'],
    ...(inner['useBias'] && kind !== 'gru' ? { remark: TWO_BIASES } : {}),
  };
};

const multiHeadAttention: TorchLayer = ({ p, inputs }) => {
  const [query = [], value = query, key = value] = inputs;
  const isSame =
    p['numHeads'] * p['keyDim'] === channels(query) && [null, p['keyDim']].includes(p['valueDim']) && [null, channels(query)].includes(p['outputSize']);
  if (!isSame || query.length !== 2) return 'PyTorch divides the features among the heads: heads × key size must be the features of the query.';
  if (p['useCausalMask'] || p['attentionMask'] || p['useGate'] || p['slidingWindow'] !== null)
    return 'PyTorch takes masks as tensors; this mask is left out here.';
  const from = {
    dropout: p['dropout'] || undefined,
    bias: p['useBias'] ? undefined : false,
    kdim: channels(key) === channels(query) ? undefined : channels(key),
  };
  const options = torchArguments({ ...from, vdim: channels(value) === channels(query) ? undefined : channels(value), batch_first: true });
  return {
    module: `nn.MultiheadAttention(${channels(query)}, ${p['numHeads']}, ${options})`,
    apply: (self, [q = 'x', v = q, k = v]) => `${self}(${q}, ${k}, ${v}, need_weights=False)[0]`,
    says: ['numHeads', 'keyDim', 'valueDim', 'outputSize', 'useCausalMask', 'dropout', 'useBias'],
  };
};

const bothOrNone = (p: Parameters): string | null => (p['center'] === p['scale'] ? null : 'PyTorch learns a scale and an offset together or neither.');

const batchNormalization: TorchLayer = ({ p, input }) => {
  const other = input.length > 3 ? 'Volumes are left out here.' : bothOrNone(p);
  if (other) return other;
  const options = torchArguments({ eps: p['epsilon'], momentum: Number((1 - p['momentum']).toPrecision(6)), affine: p['center'] ? undefined : false });
  const isSequence = input.length === 2;
  return {
    module: `nn.BatchNorm${isPicture(input) ? '2d' : '1d'}(${channels(input)}, ${options})`,
    apply: (self, [x = 'x']) => (isSequence ? stepsLast(`${self}(${stepsLast(x)})`) : `${self}(${x})`),
    says: ['epsilon', 'momentum', 'center', 'scale'],
  };
};

const layerNormalization: TorchLayer = ({ p, input }) => {
  const other = p['axis'] === -1 ? bothOrNone(p) : 'PyTorch normalizes over the last axes only.';
  if (other) return other;
  const options = torchArguments({ eps: p['epsilon'], elementwise_affine: p['center'] ? undefined : false });
  return { module: `nn.LayerNorm(${channels(input)}, ${options})`, apply: through(), says: ['axis', 'epsilon', 'center', 'scale'], layout: 'last' };
};

const groupNormalization: TorchLayer = ({ p, input }) => {
  const other = p['axis'] === -1 && isPicture(input) ? bothOrNone(p) : 'PyTorch groups channels of pictures.';
  if (other) return other;
  const options = torchArguments({ eps: p['epsilon'], affine: p['center'] ? undefined : false });
  return { module: `nn.GroupNorm(${p['groups']}, ${channels(input)}, ${options})`, apply: through(), says: ['axis', 'groups', 'epsilon', 'center', 'scale'] };
};

const rmsNormalization: TorchLayer = ({ p, input }) => ({
  module: `nn.RMSNorm(${channels(input)}, eps=${p['epsilon']})`,
  apply: through(),
  says: ['epsilon'],
  layout: 'last',
});

export const sequenceLayers: Readonly<Record<string, TorchLayer>> = {
  ...{ lstm: recurrent('lstm'), gru: recurrent('gru'), simpleRnn: recurrent('simpleRnn'), bidirectional, multiHeadAttention },
  ...{ batchNormalization, layerNormalization, groupNormalization, rmsNormalization },
};
