// The blocks that this person has put aside for other projects, as the main process keeps them.

import { create } from 'zustand';
import type { SavedBlock } from '../../shared/network/savedBlocks.ts';
import { client } from './client.ts';
import { notify } from './notices.ts';

const useLibrary = create<{ readonly blocks: readonly SavedBlock[] }>()(() => ({ blocks: [] }));

/** Asks for all of them anew: at the start, and whenever they have changed. */
export async function loadLibrary(): Promise<void> {
  const { blocks, notice } = await client()['blocks.list']();
  useLibrary.setState({ blocks });
  if (notice !== null) notify({ tone: 'bad', text: notice });
}

export const libraryBlocks = (): readonly SavedBlock[] => useLibrary.getState().blocks;
export const useLibraryBlocks = (): readonly SavedBlock[] => useLibrary((state) => state.blocks);
