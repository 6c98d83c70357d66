// The session: what is looked at and how. Nothing here is part of the document or of its history.
// Panels, theme, language and palette groups are remembered on this machine.

import { create } from 'zustand';
import { createJSONStorage, persist, type StateStorage } from 'zustand/middleware';
import type { Language } from '../text/languages.ts';

export type View = 'home' | 'data' | 'design' | 'race';
export type Theme = 'light' | 'dark' | 'contrast' | 'system';
/** `system`: the first language of the browser's that the app speaks. */
export type LanguageChoice = Language | 'system';
/** How the network of the design view is shown. */
export type Drawing = 'canvas' | 'outline';
/** What a layer on the canvas says of itself beside its shape. */
export type Figure = 'parameters' | 'multiplyAdds' | 'memory' | 'field';
export type PanelName = 'palette' | 'inspector' | 'dock' | 'side';
/** What stands in the panel beside the canvas. */
export type Side = 'code' | 'sample';
export type CodeLanguage = 'keras' | 'pytorch' | 'json';
export interface Panel {
  readonly open: boolean /** Pixels: width, or height of the dock. */;
  readonly size: number;
}
export interface Selection {
  readonly nodes: readonly string[];
  readonly edges: readonly string[];
  /** Comments and frames. */
  readonly notes: readonly string[];
}
export interface Viewport {
  readonly x: number;
  readonly y: number;
  readonly zoom: number;
}
export type Overlay = 'commands' | 'shortcuts' | 'datasets' | 'setup' | 'quickAdd' | 'history' | 'find' | 'compare' | 'export' | 'problems';
/** Where the list of layers opens, and what the chosen layer is connected to. Client pixels and canvas units. */
export interface QuickAdd {
  readonly screen: Point;
  /** Where the layer goes; null: below `from`, in its chain. */
  readonly canvas: Point | null;
  /** The layer that the new one is connected from. */
  readonly from: string | null;
}
export interface Point {
  readonly x: number;
  readonly y: number;
}
/** A layer on its way from the palette to the canvas, in client pixels. */
export interface Drag extends Point {
  readonly kind: string;
}

export type DockSide = 'run' | 'settings';

export interface SessionState {
  readonly view: View;
  readonly activeNetwork: string | null;
  readonly selection: Selection;
  readonly viewports: Readonly<Record<string, Viewport>>;
  readonly panels: Readonly<Record<PanelName, Panel>>;
  readonly theme: Theme;
  readonly language: LanguageChoice;
  /** The one thing that lies over the page, if one. */
  readonly overlay: Overlay | null;
  readonly quickAdd: QuickAdd | null;
  readonly drag: Drag | null;
  /** A connection being made from the keyboard: where it comes from, and where it would go. */
  readonly connecting: { readonly from: string; readonly to: string } | null;
  /** The comment or frame whose text is being written. */
  readonly editingNote: string | null;
  /** The node whose message stands open. */
  readonly message: string | null;
  /** Groups closed in the palette. */
  readonly closedFamilies: readonly string[];
  readonly advancedOpen: boolean;
  readonly drawing: Drawing;
  /** The step of the tour one is at, from 0; null while there is none. */
  readonly tour: number | null;
  /** The tour was seen or sent away: it is offered no more. */
  readonly tourSeen: boolean;
  /** Whether the open network is measured while nothing else is done. */
  readonly forecasts: boolean;
  readonly figure: Figure;
  readonly side: Side;
  readonly codeLanguage: CodeLanguage;
  /** What stands at the left of the training dock once there is a run. */
  readonly dockSide: DockSide;
  /** The layer under the pointer, on the canvas or in a text about it. */
  readonly pointed: string | null;
  /** The network that the open one is set against. */
  readonly compareWith: string | null;
  /** Keys that a person has changed, by action. */
  readonly shortcuts: Readonly<Record<string, readonly string[]>>;
  /** Kinds of layers added lately, newest first. */
  readonly recentLayers: readonly string[];
}

const panels: SessionState['panels'] = {
  palette: { open: true, size: 216 },
  inspector: { open: true, size: 304 },
  dock: { open: false, size: 296 },
  side: { open: false, size: 420 },
};
const initial: SessionState = {
  view: 'design',
  activeNetwork: null,
  selection: { nodes: [], edges: [], notes: [] },
  viewports: {},
  panels,
  theme: 'system',
  language: 'system',
  overlay: null,
  quickAdd: null,
  drag: null,
  connecting: null,
  editingNote: null,
  message: null,
  // The long tail: found by typing, opened by who wants it.
  closedFamilies: ['activations', 'reshaping', 'images', 'further'],
  advancedOpen: false,
  recentLayers: [],
  drawing: 'canvas',
  tour: null,
  tourSeen: false,
  forecasts: true,
  figure: 'parameters',
  side: 'code',
  codeLanguage: 'keras',
  dockSide: 'run',
  pointed: null,
  compareWith: null,
  shortcuts: {},
};

/** The browser's storage; outside a window (tests) nothing is remembered. */
function rememberedHere(): StateStorage {
  return typeof window === 'undefined' ? { getItem: () => null, setItem: () => undefined, removeItem: () => undefined } : window.localStorage;
}

/** Use with a selector in components: `useSession((state) => state.view)`. */
export const useSession = create<SessionState>()(
  persist(() => initial, {
    name: 'netwright-session',
    version: 1,
    storage: createJSONStorage(rememberedHere),
    partialize: ({
      panels,
      theme,
      forecasts,
      figure,
      language,
      closedFamilies,
      advancedOpen,
      recentLayers,
      drawing,
      side,
      codeLanguage,
      shortcuts,
      tourSeen,
    }) => ({
      panels,
      theme,
      forecasts,
      figure,
      language,
      closedFamilies,
      advancedOpen,
      recentLayers,
      drawing,
      tourSeen,
      side,
      codeLanguage,
      shortcuts,
    }),
    // What an earlier version has not remembered stands as it comes.
    merge: (remembered, fresh) => {
      const old = remembered as Partial<SessionState> | undefined;
      return { ...fresh, ...old, panels: { ...fresh.panels, ...old?.panels } };
    },
  }),
);

export function showView(view: View): void {
  useSession.setState({ view });
}
export function setTheme(theme: Theme): void {
  useSession.setState({ theme });
}
export function chooseLanguage(language: LanguageChoice): void {
  useSession.setState({ language });
}
export function setDrawing(drawing: Drawing): void {
  useSession.setState({ drawing });
}
export function setFigure(figure: Figure): void {
  useSession.setState({ figure });
}
export function setForecasts(forecasts: boolean): void {
  useSession.setState({ forecasts });
}
/** Shows one thing in the panel beside the canvas; asked for what stands there already, closes it. */
export function toggleSide(side: Side): void {
  const { panels: old, side: before } = useSession.getState();
  useSession.setState({ side, panels: { ...old, side: { ...old.side, open: !old.side.open || before !== side } } });
}
export function setCodeLanguage(codeLanguage: CodeLanguage): void {
  useSession.setState({ codeLanguage });
}
export function setDockSide(dockSide: DockSide): void {
  useSession.setState({ dockSide });
}
export function setPointed(pointed: string | null): void {
  if (useSession.getState().pointed !== pointed) useSession.setState({ pointed });
}
export function setCompare(compareWith: string | null): void {
  useSession.setState({ compareWith });
}
/** Gives an action other keys; null gives back those it came with. */
export function setShortcuts(action: string, keys: readonly string[] | null): void {
  useSession.setState(({ shortcuts: { [action]: _before, ...others } }) => ({ shortcuts: keys === null ? others : { ...others, [action]: keys } }));
}
export function setOverlay(overlay: Overlay | null): void {
  useSession.setState({ overlay });
}
export function openMessage(node: string | null): void {
  useSession.setState({ message: node });
}

export function setConnecting(connecting: SessionState['connecting']): void {
  useSession.setState({ connecting });
}
export function setEditingNote(editingNote: string | null): void {
  useSession.setState({ editingNote });
}
export function openQuickAdd(quickAdd: QuickAdd): void {
  useSession.setState({ overlay: 'quickAdd', quickAdd });
}
export function setDrag(drag: Drag | null): void {
  useSession.setState({ drag });
}

/** Looks at another network: its tab becomes the active one. */
export function showNetwork(activeNetwork: string): void {
  useSession.setState({ activeNetwork, selection: { nodes: [], edges: [], notes: [] }, message: null, connecting: null, editingNote: null, compareWith: null });
}

export function select(nodes: readonly string[], edges: readonly string[] = [], notes: readonly string[] = []): void {
  const { selection } = useSession.getState();
  const same = (a: readonly string[], b: readonly string[]) => a.length === b.length && a.every((id, index) => id === b[index]);
  if (!same(nodes, selection.nodes) || !same(edges, selection.edges) || !same(notes, selection.notes)) {
    useSession.setState({ selection: { nodes, edges, notes }, connecting: null });
  }
}

export function setPanel(name: PanelName, change: Partial<Panel>): void {
  useSession.setState(({ panels: old }) => ({ panels: { ...old, [name]: { ...old[name], ...change } } }));
}
export const togglePanel = (name: PanelName): void => setPanel(name, { open: !useSession.getState().panels[name].open });

export function setViewport(network: string, viewport: Viewport): void {
  useSession.setState(({ viewports }) => ({ viewports: { ...viewports, [network]: viewport } }));
}

export function toggleFamily(family: string): void {
  useSession.setState(({ closedFamilies: old }) => ({ closedFamilies: old.includes(family) ? old.filter((id) => id !== family) : [...old, family] }));
}

/** As many kinds of layers as are remembered as used lately. */
const recentShown = 4;
export function noteUsed(kind: string): void {
  useSession.setState(({ recentLayers: old }) => ({ recentLayers: [kind, ...old.filter((other) => other !== kind)].slice(0, recentShown) }));
}

export const usePanel = (name: PanelName): Panel => useSession((state) => state.panels[name]);
export const useSelection = (): Selection => useSession((state) => state.selection);
export const useView = (): View => useSession((state) => state.view);
