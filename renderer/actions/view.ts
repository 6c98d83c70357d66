// Where one looks: views, panels, theme, zoom, problems one after another.

import {
  BarChart3,
  CircleHelp,
  Code,
  Contrast,
  Hash,
  Database,
  House,
  Keyboard,
  ListTree,
  Maximize,
  Minus,
  Moon,
  PanelBottom,
  PanelLeft,
  PanelRight,
  Plus,
  ScanEye,
  Search,
  Settings,
  Sun,
  SunMoon,
  TriangleAlert,
  Workflow,
} from 'lucide-react';
import type { Network } from '../../shared/network/network.ts';
import type { Problem } from '../../shared/network/problem.ts';
import {
  canvasPath,
  canvasPort,
  currentAnalysis,
  currentNetwork,
  notify,
  openMessage,
  seenAt,
  select,
  setDockSide,
  setDrawing,
  setOverlay,
  setPanel,
  setTheme,
  showView,
  type Figure,
  setFigure,
  type Theme,
  togglePanel,
  toggleSide,
  useSession,
  type View,
  workIn,
} from '../state/index.ts';
import type { Action } from './action.ts';
import { focusInto, focusRegion } from './regions.ts';

const inDesign = () => useSession.getState().view === 'design';

/** Where a problem of the network is seen: at a layer, in a block if that is opened in place; null where it is of the whole network. */
function placeOf(network: Network, { nodes, inside }: Problem): ReturnType<typeof seenAt> | null {
  const laid = inside?.nodes[0] ?? nodes[0];
  return laid === undefined ? null : seenAt(network, laid);
}

/** Opens the form of the training settings. */
function showSettings(): void {
  setPanel('dock', { open: true });
  setDockSide('settings');
  focusInto('[data-settings]');
}

/** What is at no layer stands in the list, with its repairs; from there it leads to the settings, where it can be set otherwise. */
function showWhole(problem: Problem): void {
  if (useSession.getState().overlay !== 'problems' && problem.repairs.length > 0) setOverlay('problems');
  else if (problem.where === 'the training settings') showSettings();
  else notify({ tone: 'bad', text: problem.what, detail: problem.why });
}

/** Shows a problem of what is drawn where it is: the layer in view, selected, its message open. */
export function showProblem(problem: Problem): void {
  showView('design');
  const network = canvasPath().length === 0 ? currentNetwork(useSession.getState().activeNetwork) : null;
  const place = network ? placeOf(network, problem) : { path: canvasPath(), node: problem.nodes[0] };
  if (place?.node === undefined) showWhole(problem);
  else {
    workIn(place.path);
    select([place.node]);
    openMessage(place.node);
    canvasPort()?.reveal(place.node);
  }
}

/** Problems in the order of a walk: errors first. */
export function inOrder(problems: readonly Problem[]): readonly Problem[] {
  return [...problems.filter((problem) => problem.severity === 'error'), ...problems.filter((problem) => problem.severity === 'advice')];
}

function stepProblem(by: 1 | -1): void {
  const { message, activeNetwork } = useSession.getState();
  // In a block that has a canvas of its own, those in it; else all, also those in blocks that are opened in place.
  const isOwn = canvasPath().length > 0;
  const network = isOwn ? currentNetwork() : currentNetwork(activeNetwork);
  const problems = inOrder(network ? currentAnalysis(network).problems : []);
  const isShown = (problem: Problem) => network !== null && (isOwn ? problem.nodes[0] : placeOf(network, problem)?.node) === message;
  const at = message === null ? -1 : problems.findIndex(isShown);
  const next = problems[(at + by + problems.length) % problems.length] ?? problems[0];
  if (next) showProblem(next);
  else notify({ tone: 'good', text: 'No problems found' });
}

const view = (id: View, label: string, icon: Action['icon']): Action => ({
  id: `view.${id}`,
  label: `Show ${label}`,
  group: 'View',
  icon,
  run: () => showView(id),
});
const panel = (id: 'palette' | 'inspector' | 'dock', label: string, shortcut: string, icon: Action['icon']): Action => ({
  id: `view.${id}`,
  plain: `Show or hide ${label}`,
  label: () => (useSession.getState().panels[id].open ? `Hide ${label}` : `Show ${label}`),
  group: 'View',
  shortcut,
  icon,
  when: inDesign,
  run: () => togglePanel(id),
});
const theme = (id: Theme, label: string, icon: Action['icon']): Action => ({
  id: `view.theme.${id}`,
  label,
  group: 'View',
  icon,
  words: 'theme dark light',
  run: () => setTheme(id),
});

const figure = (id: Figure, label: string, words: string): Action => ({
  id: `view.figure.${id}`,
  label,
  group: 'View',
  icon: Hash,
  words: `${words} numbers on each layer`,
  when: inDesign,
  run: () => setFigure(id),
});
/** What may stand on each layer beside its shape. */
export const figureActions: readonly Action[] = [
  figure('parameters', 'Parameters on each layer', 'weights count'),
  figure('multiplyAdds', 'Multiply-adds on each layer', 'cost flops macs compute'),
  figure('memory', 'Activation memory on each layer', 'bytes size'),
  figure('field', 'Receptive field on each layer', 'sees patch kernel'),
];

export const viewActions: readonly Action[] = [
  {
    id: 'view.commands',
    label: 'Search or run',
    group: 'View',
    shortcut: 'Ctrl+K',
    icon: Search,
    inFields: true,
    hidden: true,
    run: () => setOverlay('commands'),
  },
  view('home', 'Home', House),
  view('data', 'Data', Database),
  view('design', 'Design', Workflow),
  view('race', 'Race', BarChart3),
  {
    id: 'view.outline',
    plain: 'Outline or canvas',
    label: () => (useSession.getState().drawing === 'outline' ? 'Show the canvas' : 'Show the outline'),
    group: 'View',
    shortcut: 'O',
    icon: ListTree,
    words: 'tree list screen reader',
    when: inDesign,
    run: () => setDrawing(useSession.getState().drawing === 'outline' ? 'canvas' : 'outline'),
  },
  {
    id: 'view.code',
    label: 'Code of the network',
    group: 'View',
    icon: Code,
    shortcut: 'Shift+C',
    words: 'python keras pytorch json source',
    when: inDesign,
    run: () => toggleSide('code'),
  },
  {
    id: 'view.sample',
    label: 'A sample through the network',
    group: 'View',
    icon: ScanEye,
    shortcut: 'Shift+S',
    words: 'activations feature maps live example draw digit',
    when: inDesign,
    run: () => toggleSide('sample'),
  },
  panel('palette', 'the palette', 'L', PanelLeft),
  panel('inspector', 'the inspector', 'I', PanelRight),
  panel('dock', 'the training dock', 'T', PanelBottom),
  { id: 'view.fitAll', label: 'Fit the network', group: 'View', shortcut: '1', icon: Maximize, when: inDesign, run: () => canvasPort()?.fitAll() },
  {
    id: 'view.fitSelection',
    label: 'Fit the selection',
    group: 'View',
    shortcut: '2',
    icon: Maximize,
    when: inDesign,
    run: () => canvasPort()?.fitNodes(useSession.getState().selection.nodes),
  },
  { id: 'view.zoomIn', label: 'Zoom in', group: 'View', shortcut: ['Ctrl+=', 'Ctrl++'], icon: Plus, when: inDesign, run: () => canvasPort()?.zoomBy(1.25) },
  { id: 'view.zoomOut', label: 'Zoom out', group: 'View', shortcut: 'Ctrl+-', icon: Minus, when: inDesign, run: () => canvasPort()?.zoomBy(0.8) },
  { id: 'view.zoomReset', label: 'Zoom to 100 %', group: 'View', shortcut: 'Ctrl+0', when: inDesign, run: () => canvasPort()?.zoomTo(1) },
  {
    id: 'view.problems',
    label: 'List of problems',
    group: 'View',
    shortcut: 'Ctrl+Shift+M',
    icon: TriangleAlert,
    words: 'errors advice repairs mend',
    when: inDesign,
    run: () => setOverlay(useSession.getState().overlay === 'problems' ? null : 'problems'),
  },
  { id: 'view.nextRegion', label: 'Go to the next region', group: 'View', shortcut: 'F6', inFields: true, hidden: true, run: () => focusRegion(1) },
  {
    id: 'view.previousRegion',
    label: 'Go to the region before',
    group: 'View',
    shortcut: 'Shift+F6',
    inFields: true,
    hidden: true,
    run: () => focusRegion(-1),
  },
  { id: 'view.nextProblem', label: 'Next problem', group: 'View', shortcut: 'F8', icon: TriangleAlert, inFields: true, run: () => stepProblem(1) },
  {
    id: 'view.previousProblem',
    label: 'Previous problem',
    group: 'View',
    shortcut: 'Shift+F8',
    icon: TriangleAlert,
    inFields: true,
    run: () => stepProblem(-1),
  },
  ...figureActions,
  theme('light', 'Use the light theme', Sun),
  theme('dark', 'Use the dark theme', Moon),
  theme('contrast', 'Use the high contrast theme', Contrast),
  theme('system', 'Use the system’s theme', SunMoon),
  {
    id: 'view.shortcuts',
    label: 'All shortcuts',
    group: 'View',
    shortcut: '?',
    icon: Keyboard,
    words: 'keyboard keys help',
    run: () => setOverlay('shortcuts'),
  },
  { id: 'view.setup', label: 'Setup', group: 'View', icon: Settings, words: 'settings preferences theme engines', run: () => setOverlay('setup') },
  { id: 'view.help', label: 'Help', group: 'View', icon: CircleHelp, hidden: true, run: () => setOverlay('shortcuts') },
  { id: 'view.dataset', label: 'Choose a dataset', group: 'View', icon: Database, words: 'data mnist', run: () => setOverlay('datasets') },
];
