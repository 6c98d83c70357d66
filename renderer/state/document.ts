// The document: the open project with its history, where it is kept and whether that is up to date.
// Every change goes through `commit`. Views read with the hooks; intents call the functions.

import { create } from 'zustand';
import type { Edit } from '../../shared/network/edits.ts';
import type { Network } from '../../shared/network/network.ts';
import { type Project, projectVersion } from '../../shared/project/project.ts';
import { defaultTrainingSettings } from '../../shared/training/settings.ts';
import { closeBlocks, drawnId, editsOfNetwork, findDrawn, leaveLostBlocks, splitView, useCanvasId, useDrawnId } from './blockView.ts';
import { closeStep, freshHistory, type History, record, redo as redoStep, type StepOptions, undo as undoStep } from './history.ts';
import type { ProjectEdit } from './projectEdits.ts';
import { useSession } from './session.ts';

export interface DocumentState extends History {
  /** The file it was opened from or saved to. */
  readonly path: string | null;
  /** False until the first project has arrived. */
  readonly open: boolean;
  /** Grows with every project that is opened: views that remember something about it start anew. */
  readonly opened: number;
  /** The project as it is in the file; another identity means unsaved changes. */
  readonly saved: Project | null;
}

const emptyNetwork: Network = { id: 'network', name: 'Network', nodes: [], edges: [] };
const emptyProject: Project = {
  format: 'netwright',
  version: projectVersion,
  name: 'Untitled',
  networks: [emptyNetwork],
  dataset: null,
  training: defaultTrainingSettings,
  runs: [],
};

/** Use the hooks below in components; `useDocument.getState()` elsewhere. */
export const useDocument = create<DocumentState>()(() => ({ ...freshHistory(emptyProject), path: null, open: false, opened: 0, saved: null }));

/** Makes a project the open one; its history starts anew. `isSaved` false: it was brought back and is not in its file yet. */
export function openProject(project: Project, path: string | null, isSaved = true): void {
  closeBlocks();
  useDocument.setState(({ opened }) => ({ ...freshHistory(project), path, open: true, opened: opened + 1, saved: isSaved ? project : null }));
  useSession.setState({ activeNetwork: project.networks[0]?.id ?? null, selection: noSelection, viewports: {}, message: null, overlay: null });
}
const noSelection = { nodes: [], edges: [], notes: [] } as const;

/** Changes the document: one gesture, one undo step. @throws NetwrightError, then nothing changed */
export function commit(label: string, edits: readonly ProjectEdit[], options: StepOptions = {}): void {
  if (edits.length === 0) return;
  useDocument.setState((state) => record(state, label, edits, performance.now(), options));
  keepSessionTrue();
}

/** Changes one network, or the block of one that is drawn: one gesture, one undo step. */
export function commitToNetwork(network: string, label: string, edits: readonly Edit[], options: Omit<StepOptions, 'network'> = {}): void {
  if (edits.length === 0) return;
  const [root] = splitView(network);
  commit(label, [{ type: 'network', network: root, edits: editsOfNetwork(network, edits) }], { ...options, network: root });
}

/** Ends a folding step (the pointer was lifted, the field was left). */
export const endGesture = (): void => useDocument.setState(closeStep);

/** One step back, showing the network it was made in. */
export function undo(): void {
  const step = useDocument.getState().past.at(-1);
  useDocument.setState(undoStep);
  keepSessionTrue(step?.network);
}

/** One step forward, showing the network it was made in. */
export function redo(): void {
  const step = useDocument.getState().future[0];
  useDocument.setState(redoStep);
  keepSessionTrue(step?.network);
}

/** To the point after so many steps from the first known one: back or forward, showing the network of the last step on the way. */
export function jumpTo(steps: number): void {
  const way = steps - useDocument.getState().past.length;
  for (let left = Math.abs(way); left > 0; left--) (way < 0 ? undo : redo)();
}

/** After a change, the session must not speak of networks, nodes or edges that are gone. */
function keepSessionTrue(show?: string): void {
  const { networks } = useDocument.getState().project;
  const { activeNetwork } = useSession.getState();
  const wanted = networks.find((network) => network.id === (show ?? activeNetwork)) ?? networks.find((network) => network.id === activeNetwork) ?? networks[0];
  const isElsewhere = wanted?.id !== activeNetwork;
  if (wanted && !isElsewhere) leaveLostBlocks(wanted);
  const shown = isElsewhere ? wanted : (findDrawn(networks, drawnId()) ?? wanted);
  const { selection } = useSession.getState();
  const nodes = new Set(shown?.nodes.map((node) => node.id));
  const edges = new Set(shown?.edges.map((edge) => edge.id));
  const notes = new Set(shown?.notes?.map((note) => note.id));
  const kept = {
    nodes: selection.nodes.filter((id) => nodes.has(id)),
    edges: selection.edges.filter((id) => edges.has(id)),
    notes: selection.notes.filter((id) => notes.has(id)),
  };
  const same = (['nodes', 'edges', 'notes'] as const).every((part) => kept[part].length === selection[part].length);
  useSession.setState({ activeNetwork: wanted?.id ?? null, selection: same ? selection : kept });
}

/** The project is in the file now, as it was when saving began. */
export const markSaved = (project: Project, path: string | null): void => useDocument.setState({ saved: project, path });

/** Notes a run made from this project. Not a step of history: a run is no change of what was drawn. */
export function noteRun(id: string): void {
  useDocument.setState(({ project, saved }) => {
    if (project.runs.includes(id)) return {};
    const next = { ...project, runs: [...project.runs, id] };
    return { project: next, saved: saved === project ? next : saved };
  });
}

export const currentProject = (): Project => useDocument.getState().project;
/** The network with that id; without one, what is drawn: the active one, or the block of it that is open. */
export function currentNetwork(id = drawnId()): Network | null {
  return findDrawn(currentProject().networks, id);
}

export const useProject = (): Project => useDocument((state) => state.project);
export const useNetworks = (): Project['networks'] => useDocument((state) => state.project.networks);
export const useTrainingSettings = (): Project['training'] => useDocument((state) => state.project.training);
export const useDatasetId = (): string | null => useDocument((state) => state.project.dataset);
export const useIsSaved = (): boolean => useDocument((state) => state.saved === state.project);
/** The step that undo takes back, in words; null where there is none. */
export const useUndoLabel = (): string | null => useDocument((state) => state.past.at(-1)?.label ?? null);
export const useRedoLabel = (): string | null => useDocument((state) => state.future[0]?.label ?? null);

/** A network by its id; it keeps its identity until it changes. */
export const useNetwork = (id: string | null): Network | null => useDocument((state) => findDrawn(state.project.networks, id));

/** What is worked on: the network in the open tab, or the block of it that is open. */
export const useDrawnNetwork = (): Network | null => useNetwork(useDrawnId());

/** What the canvas is of: blocks that are opened in place stand in it. */
export const useCanvasNetwork = (): Network | null => useNetwork(useCanvasId());

/** Whether there is anything on the canvas; null while there is none. For whoever need not follow every edit. */
export function useIsCanvasEmpty(): boolean | null {
  const id = useCanvasId();
  return useDocument((state) => {
    const network = findDrawn(state.project.networks, id);
    return network && network.nodes.length === 0;
  });
}

/** What names the network in the open tab: for whoever need not follow every edit of it. */
export const useActiveNetworkId = (): string | null => useSession((state) => state.activeNetwork);
export function useActiveNetworkName(): string | null {
  const id = useActiveNetworkId();
  return useDocument((state) => findDrawn(state.project.networks, id)?.name ?? null);
}

/** The network in the open tab. */
export function useActiveNetwork(): Network | null {
  return useNetwork(useActiveNetworkId());
}
