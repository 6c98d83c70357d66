// The ready blocks: all of them, one by its kind in lists, and how one is put into a network: its definition and a place of it.

import type { Shape } from '../../tensor/types.ts';
import { BLOCK } from '../blocks.ts';
import type { Composed, Placeable } from '../compose.ts';
import type { Edit } from '../edits.ts';
import type { BlockDefinition, Network, NetworkNode } from '../network.ts';
import { graph } from '../templates/template.ts';
import { denseDropout, transformerEncoder } from './features.ts';
import { bottleneck, inception, residual, residualHalving, squeezeExcite, uNetStep } from './images.ts';
import { channelsOf, type ReadyBlock, refusalOf } from './ready.ts';

export { type ReadyBlock, refusalOf } from './ready.ts';

/** In the order lists show them. */
export const readyBlocks: readonly ReadyBlock[] = [residual, residualHalving, bottleneck, inception, squeezeExcite, uNetStep, transformerEncoder, denseDropout];

const prefix = 'block:';
/** How lists of layers name it: `block:residual`. No layer's id has a colon. */
export const readyKind = ({ id }: ReadyBlock): string => `${prefix}${id}`;
export const readyBlockOf = (kind: string): ReadyBlock | undefined => readyBlocks.find((ready) => readyKind(ready) === kind);

/** Drawn for so many channels; those of dense-dropout make no difference. */
function definitionOf(ready: ReadyBlock, channels: number, copy: number): BlockDefinition {
  const sized = ready.takes === 'features' ? '' : `${channels}`;
  const id = [ready.id, sized, copy > 1 ? `${copy}` : ''].filter((part) => part !== '').join('-');
  const name = [ready.title, sized, copy > 1 ? `(${copy})` : ''].filter((part) => part !== '').join(' ');
  const { nodes, edges } = graph(id, name, ready.layers(channels));
  return { id, name, nodes, edges };
}

/** What it computes, told without where its layers are drawn. */
const meaning = ({ nodes, edges }: BlockDefinition): string => JSON.stringify([nodes.map((node: NetworkNode) => ({ ...node, position: null })), edges]);

/** The definition for that shape: the one the network has, where nobody changed it, else a new one. */
function definitionIn({ blocks = [] }: Network, ready: ReadyBlock, shape: Shape): { readonly definition: BlockDefinition; readonly isNew: boolean } {
  for (let copy = 1; ; copy++) {
    const definition = definitionOf(ready, channelsOf(shape), copy);
    const known = blocks.find(({ id }) => id === definition.id);
    if (!known || meaning(known) === meaning(definition)) return { definition, isNew: !known };
  }
}

/**
 * Puts a place of a ready block where `compose` puts a layer, drawn for what comes in there.
 * @param shape what comes in; null or one that does not fit: the usual one
 */
export function placeReady(network: Network, ready: ReadyBlock, shape: Shape | null, compose: (network: Network, layer: Placeable) => Composed): Composed {
  const { edits, nodes } = compose(network, { id: BLOCK, title: ready.title, inputs: 1 });
  if (edits.length === 0) return { edits, nodes };
  const { definition, isNew } = definitionIn(network, ready, shape !== null && refusalOf(ready, shape) === null ? shape : ready.usual);
  const define: Edit[] = isNew ? [{ type: 'setNetwork', properties: { blocks: [...(network.blocks ?? []), definition] } }] : [];
  const parameters = { block: definition.id, repeat: 1 };
  return { edits: [...define, ...edits.map((edit) => (edit.type === 'addNode' ? { ...edit, node: { ...edit.node, parameters } } : edit))], nodes };
}
