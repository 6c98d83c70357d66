// Undo, redo, clipboard, selection.

import { ClipboardCopy, ClipboardPaste, CopyPlus, History, Redo2, Scissors, Search, SquareDashedMousePointer, Trash2, Undo2, Unlink } from 'lucide-react';
import { z } from 'zod';
import { NetwrightError } from '../../shared/lib/errors.ts';
import { fragmentOf, pasteFragment, removeLayers } from '../../shared/network/compose.ts';
import type { Edit } from '../../shared/network/edits.ts';
import { blockSchema, edgeSchema, type Network, nodeSchema } from '../../shared/network/network.ts';
import {
  canvasPath,
  canvasPort,
  commitToNetwork,
  currentNetwork,
  lookInto,
  notify,
  openMessage,
  openPath,
  redo,
  select,
  setConnecting,
  setDrag,
  setOverlay,
  undo,
  useDocument,
  useSession,
  workIn,
} from '../state/index.ts';
import type { Action } from './action.ts';
import { withoutNotes } from './notes.ts';

const clipboardSchema = z.object({
  netwright: z.literal('layers'),
  nodes: z.array(nodeSchema).max(10_000),
  edges: z.array(edgeSchema).max(50_000),
  blocks: z.array(blockSchema).max(500).default([]),
});

const selection = () => useSession.getState().selection;
const inDesign = () => useSession.getState().view === 'design';
const somethingSelected = () => inDesign() && selection().nodes.length + selection().edges.length + selection().notes.length > 0;
const layersSelected = () => inDesign() && selection().nodes.length > 0;
const countOf = (count: number, word: string) => (count === 1 ? word : `${count} ${word}s`);

/** The words for a change of some layers: `delete dense_1`, `delete 3 layers`. */
export function namesOf(network: Network, ids: readonly string[]): string {
  const only = ids.length === 1 ? network.nodes.find((node) => node.id === ids[0]) : undefined;
  return only?.name ?? countOf(ids.length, 'layer');
}

function deleteSelection(edits: (network: Network, nodes: readonly string[]) => readonly Edit[]): void {
  const network = currentNetwork();
  if (!network) return;
  const { nodes, edges, notes } = selection();
  const gone = new Set(nodes);
  const loose = network.edges.filter((edge) => edges.includes(edge.id) && !gone.has(edge.source) && !gone.has(edge.target)).map((edge) => edge.id);
  const cut: Edit[] = loose.length > 0 ? [{ type: 'removeEdges', edges: loose }] : [];
  const what = nodes.length > 0 ? namesOf(network, nodes) : edges.length > 0 ? countOf(edges.length, 'connection') : countOf(notes.length, 'note');
  commitToNetwork(network.id, `delete ${what}`, [...cut, ...edits(network, nodes), ...withoutNotes(network, notes)]);
  if (nodes.length > 1) notify({ tone: 'info', text: `${nodes.length} layers deleted`, action: { label: 'Undo', run: undo } });
}

async function copy(): Promise<void> {
  const network = currentNetwork();
  if (!network) return;
  await navigator.clipboard.writeText(JSON.stringify({ netwright: 'layers', ...fragmentOf(network, selection().nodes) }));
}

function parseClipboard(text: string) {
  try {
    return clipboardSchema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

/** What the clipboard holds. @throws NetwrightError where the browser keeps it from this page */
async function clipboardText(): Promise<string> {
  try {
    return await navigator.clipboard.readText();
  } catch {
    throw new NetwrightError({
      kind: 'work',
      code: 'clipboard-denied',
      message: 'The browser does not let this page read the clipboard. Allow it for this page (the sign beside its address), then paste again.',
    });
  }
}

async function paste(): Promise<void> {
  const fragment = parseClipboard(await clipboardText());
  const network = currentNetwork();
  if (!network) return;
  if (!fragment || fragment.nodes.length === 0)
    notify({ tone: 'info', text: 'The clipboard holds no layers', detail: 'Copy layers with Ctrl C, here or in another network.' });
  else putFragment(network, fragment, 'paste');
}

function putFragment(network: Network, fragment: Parameters<typeof pasteFragment>[1], word: string): void {
  const { edits, nodes } = pasteFragment(network, fragment, clearOffset(network, fragment));
  commitToNetwork(network.id, `${word} ${countOf(nodes.length, 'layer')}`, edits);
  select(nodes);
  const [first] = nodes;
  if (first !== undefined) canvasPort()?.reveal(first);
}

/** Far enough beside the originals not to cover anything. */
function clearOffset(network: Network, fragment: Parameters<typeof pasteFragment>[1]) {
  const taken = new Set(network.nodes.map(({ position }) => `${position.x}/${position.y}`));
  let step = 1;
  while (fragment.nodes.some(({ position }) => taken.has(`${position.x + 40 * step}/${position.y + 40 * step}`))) step++;
  const overlap = fragment.nodes.some(({ position }) => taken.has(`${position.x}/${position.y}`));
  return overlap ? { x: 40 * step, y: 40 * step } : { x: 0, y: 0 };
}

function duplicate(): void {
  const network = currentNetwork();
  if (network) putFragment(network, fragmentOf(network, selection().nodes), 'duplicate');
}

function selectAll(): void {
  const network = currentNetwork();
  if (network)
    select(
      network.nodes.map((node) => node.id),
      network.edges.map((edge) => edge.id),
      (network.notes ?? []).map((note) => note.id),
    );
}

/** From what is in a block that is opened in place to the block itself, which stays open. */
export function stepOut(): void {
  const path = openPath();
  const place = path.at(-1)?.place;
  workIn(path.slice(0, -1));
  if (place !== undefined) select([place]);
}

const isNothingSelected = () => selection().nodes.length + selection().edges.length + selection().notes.length === 0;

/** Ends what is going on, outermost first: a drag, what lies over the page, a message, the selection, the block one looks into. */
function closeOrDeselect(): void {
  const { drag, overlay, message, connecting } = useSession.getState();
  if (drag) setDrag(null);
  else if (connecting) setConnecting(null);
  else if (overlay) setOverlay(null);
  else if (message) openMessage(null);
  else if (openPath().length > canvasPath().length) stepOut();
  else if (isNothingSelected() && openPath().length > 0) lookInto(openPath().slice(0, -1));
  else select([]);
  canvasPort()?.focus();
}

export const editActions: readonly Action[] = [
  {
    id: 'edit.undo',
    plain: 'Undo',
    label: () => (useDocument.getState().past.length > 0 ? `Undo: ${useDocument.getState().past.at(-1)?.label}` : 'Undo'),
    group: 'Edit',
    shortcut: 'Ctrl+Z',
    icon: Undo2,
    inFields: true,
    when: () => useDocument.getState().past.length > 0,
    run: undo,
  },
  {
    id: 'edit.redo',
    plain: 'Redo',
    label: () => (useDocument.getState().future.length > 0 ? `Redo: ${useDocument.getState().future[0]?.label}` : 'Redo'),
    group: 'Edit',
    shortcut: ['Ctrl+Shift+Z', 'Ctrl+Y'],
    icon: Redo2,
    inFields: true,
    when: () => useDocument.getState().future.length > 0,
    run: redo,
  },
  {
    id: 'edit.history',
    label: 'History',
    group: 'Edit',
    shortcut: 'Ctrl+H',
    icon: History,
    words: 'steps undo jump',
    run: () => setOverlay('history'),
  },
  {
    id: 'edit.find',
    label: 'Find a layer',
    group: 'Edit',
    shortcut: 'Ctrl+F',
    icon: Search,
    inFields: true,
    words: 'search go to',
    run: () => setOverlay('find'),
  },
  {
    id: 'edit.cut',
    label: 'Cut',
    group: 'Edit',
    shortcut: 'Ctrl+X',
    icon: Scissors,
    when: layersSelected,
    run: () => copy().then(() => deleteSelection((_, nodes) => [{ type: 'removeNodes', nodes }])),
  },
  { id: 'edit.copy', label: 'Copy', group: 'Edit', shortcut: 'Ctrl+C', icon: ClipboardCopy, when: layersSelected, run: copy },
  { id: 'edit.paste', label: 'Paste', group: 'Edit', shortcut: 'Ctrl+V', icon: ClipboardPaste, when: inDesign, run: paste },
  { id: 'edit.duplicate', label: 'Duplicate', group: 'Edit', shortcut: 'Ctrl+D', icon: CopyPlus, when: layersSelected, run: duplicate },
  {
    id: 'edit.delete',
    label: 'Delete',
    group: 'Edit',
    shortcut: ['Delete', 'Backspace'],
    icon: Trash2,
    when: somethingSelected,
    run: () => deleteSelection((_, nodes) => (nodes.length > 0 ? [{ type: 'removeNodes', nodes }] : [])),
  },
  {
    id: 'edit.takeOut',
    label: 'Delete and connect the neighbours',
    group: 'Edit',
    shortcut: 'Shift+Delete',
    icon: Unlink,
    when: layersSelected,
    run: () => deleteSelection(removeLayers),
  },
  { id: 'edit.selectAll', label: 'Select all', group: 'Edit', shortcut: 'Ctrl+A', icon: SquareDashedMousePointer, when: inDesign, run: selectAll },
  { id: 'edit.escape', label: 'Close or deselect', group: 'Edit', shortcut: 'Escape', hidden: true, run: closeOrDeselect },
];
