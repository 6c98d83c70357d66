// A trained network for Keras, in layers that Keras has: which those are says shared/code/kerasParts.ts; here their weights, and what the
// optimizer keeps beside them, get their new names.

import { analyze } from '../../../shared/compile/index.ts';
import { inKerasParts, type WeightOrigin } from '../../../shared/code/kerasParts.ts';
import { expandBlocks } from '../../../shared/network/blocks.ts';
import { withoutBypassed } from '../../../shared/network/bypass.ts';
import { sizeOf } from '../../../shared/tensor/types.ts';
import type { StoredTensor } from '../../files/safetensors.ts';
import type { Trained } from '../trained.ts';

/** Without blocks and what is bypassed; unchanged where Keras has every layer. */
export function inParts(trained: Trained): Trained {
  const drawn = withoutBypassed(expandBlocks(trained.network).network);
  const measured = (network: Trained['network']) => analyze(network, { dataset: trained.dataset, loss: trained.settings.loss });
  const { nodes } = drawn === trained.network ? trained.analysis : measured(drawn);
  const { network, weights } = inKerasParts(drawn, (id) => nodes[id]?.outputShape ?? null);
  if (network === drawn) return trained;
  return { ...trained, network, analysis: measured(network), state: renamed(trained.state, weights) };
}

function renamed(state: Trained['state'], weights: ReadonlyMap<string, WeightOrigin>): Trained['state'] {
  const all = new Map(state);
  for (const [name, origin] of weights) for (const [key, tensor] of tensorsOf(state, name, origin)) all.set(key, tensor);
  return all;
}

/** The weight, and slots such as `adam/dense/kernel/momentum`. */
function tensorsOf(state: Trained['state'], name: string, origin: WeightOrigin): readonly (readonly [string, StoredTensor])[] {
  if ('values' in origin) return [[name, { shape: origin.shape, data: origin.values }]];
  const { from, shape } = origin;
  return [...state].flatMap(([key, tensor]) => {
    if (key === from) return [[name, firstRows(tensor, shape)] as const];
    const at = key.indexOf(`/${from}/`);
    return at < 0 ? [] : [[`${key.slice(0, at)}/${name}/${key.slice(at + from.length + 2)}`, firstRows(tensor, shape)] as const];
  });
}

/** What a network of fewer steps has of vectors for more; a number for the whole weight stays. */
const firstRows = (tensor: StoredTensor, shape: StoredTensor['shape']): StoredTensor =>
  tensor.shape.length === shape.length ? { shape, data: tensor.data.slice(0, sizeOf(shape)) } : tensor;
