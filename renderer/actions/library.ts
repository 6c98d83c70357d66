// Blocks for other projects: put aside, renamed, deleted, put into a network.

import { appendLayer, lastNode, type Composed, type Placeable } from '../../shared/network/compose.ts';
import type { Network, NetworkNode } from '../../shared/network/network.ts';
import { placeSaved, type SavedBlock, savedFrom } from '../../shared/network/savedBlocks.ts';
import { attempt, client, commitToNetwork, currentNetwork, notify, notifyFailure, select, useSession } from '../state/index.ts';
import { t } from '../text/text.ts';

/** Puts the block at a place aside for other projects. */
export async function keepBlock(network: Network, place: NetworkNode): Promise<void> {
  const block = savedFrom(network, place);
  if (!block) return;
  const { name } = await client()['blocks.save'](block);
  notify({ tone: 'good', text: t`${name} is kept for other projects`, detail: t('It stands in the palette under My blocks.') });
}

export const renameKept = (id: string, name: string): Promise<void> => client()['blocks.rename'](id, name);

/** Takes it from the list; networks that have it keep theirs. */
export async function removeKept(saved: SavedBlock): Promise<void> {
  await client()['blocks.remove'](saved.id);
  const { name, root, blocks } = saved;
  notify({
    tone: 'info',
    text: t`${name} is no longer kept`,
    detail: t('Networks that have it keep it.'),
    action: { label: t('Undo'), run: () => attempt(() => client()['blocks.save']({ name, root, blocks })) },
  });
}

/** Puts it where `compose` puts a layer. @param apart with a definition of its own @returns the place that was added */
export function putKept(network: Network, saved: SavedBlock, compose: (network: Network, layer: Placeable) => Composed, apart = false): string | undefined {
  const { edits, nodes } = placeSaved(network, saved, compose, apart);
  try {
    commitToNetwork(network.id, `add ${saved.name}`, edits);
  } catch (thrown) {
    // The open block itself, or one that holds it.
    notifyFailure(thrown);
    return undefined;
  }
  select(nodes);
  return nodes[0];
}

/** Puts it below the selected layer: changes of other places of it do not reach this one. */
export function putKeptApart(saved: SavedBlock): void {
  const network = currentNetwork();
  if (!network) return;
  const below = useSession.getState().selection.nodes.at(-1) ?? lastNode(network)?.id ?? null;
  putKept(network, saved, (drawn, layer) => appendLayer(drawn, layer, below), true);
}
