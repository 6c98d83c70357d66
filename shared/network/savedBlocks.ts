// Blocks that a person has put aside for other projects: a definition with those inside it, and how one is put into a network.
// Where they are kept: main/blocks.

import { z } from 'zod';
import { BLOCK, blockInputs } from './blocks.ts';
import { blocksToAdd, type Composed, fragmentOf, type Placeable } from './compose.ts';
import type { Edit } from './edits.ts';
import { blockSchema, type Network, type NetworkNode } from './network.ts';

export const savedBlockSchema = z.object({
  id: z.string().min(1).max(64),
  name: z.string().min(1).max(64),
  /** ISO 8601. */
  savedAt: z.string().max(40),
  /** Which of the definitions it is; the others stand inside it. */
  root: z.string().min(1).max(64),
  blocks: z.array(blockSchema).min(1).max(500),
});
export type SavedBlock = z.infer<typeof savedBlockSchema>;

const prefix = 'mine:';
/** How lists of layers name it: `mine:…`. No layer's id has a colon. */
export const savedKind = ({ id }: SavedBlock): string => `${prefix}${id}`;
export const savedOf = (kind: string, saved: readonly SavedBlock[]): SavedBlock | undefined => saved.find((one) => savedKind(one) === kind);

/** The definition at a place, ready to be put aside; null where the network lacks it. */
export function savedFrom(network: Network, place: NetworkNode): Pick<SavedBlock, 'name' | 'root' | 'blocks'> | null {
  const { blocks = [] } = fragmentOf(network, [place.id]);
  const root = blocks.find(({ id }) => id === place.parameters['block']);
  return root ? { name: root.name, root: root.id, blocks: [...blocks] } : null;
}

export const definitionOfSaved = ({ root, blocks }: SavedBlock) => blocks.find(({ id }) => id === root);

/** As a gesture must know it: how much comes in. */
function placeable(saved: SavedBlock): Placeable {
  const inputs = blockInputs(definitionOfSaved(saved) ?? { nodes: [] }).length;
  return { id: BLOCK, title: saved.name, inputs: inputs === 0 || inputs === 1 ? inputs : 'many' };
}

/**
 * Puts a place of it where `compose` puts a layer. Where the network has the same definition, both places follow it.
 * @param apart gives it a definition of its own
 */
export function placeSaved(network: Network, saved: SavedBlock, compose: (network: Network, layer: Placeable) => Composed, apart = false): Composed {
  const { edits, nodes } = compose(network, placeable(saved));
  if (edits.length === 0) return { edits, nodes };
  const { ids, added } = blocksToAdd(network, saved, apart);
  const define: Edit[] = added.length > 0 ? [{ type: 'setNetwork', properties: { blocks: [...(network.blocks ?? []), ...added] } }] : [];
  const parameters = { block: ids.get(saved.root) ?? saved.root, repeat: 1 };
  return { edits: [...define, ...edits.map((edit) => (edit.type === 'addNode' ? { ...edit, node: { ...edit.node, parameters } } : edit))], nodes };
}
