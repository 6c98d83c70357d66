// The state's public face: what views and actions may use. Stores hold data; the functions beside them are the only ways to change it.

export { analysisOf, currentAnalysis, useActiveAnalysis, useAnalysis, useNodeAnalysis } from './analysis.ts';
export { datasetById, fetchDataset, type FetchProgress, loadCatalog, loadDatasets, loadRecent, noteDatasetProgress, useActiveDataset, useCatalog, useDataset, useDatasets, useEngines, useFetchProgress, useRecent, useTemplates } from './catalog.ts';
export { type CanvasPort, canvasPort, setCanvasPort } from './canvasPort.ts';
export { client, type Connection, setClient, setConnection, useClient, useConnection } from './client.ts';
export {
  commit, commitToNetwork, currentNetwork, currentProject, endGesture, markSaved, openProject, redo, undo,
  useActiveNetwork, useDatasetId, useDocument, useIsSaved, useNetwork, useNetworks, useProject, useRedoLabel, useTrainingSettings, useUndoLabel,
} from './document.ts';
export { keepJournal } from './journal.ts';
export { attempt, dismissNotice, notify, notifyFailure, type Notice, useNotices } from './notices.ts';
export type { ProjectEdit } from './projectEdits.ts';
export {
  busyRun, isBusy, latestRunOf, loadRuns, noteProgress, noteRunsChanged, pauseRun, removeRun, resumeRun, setLearningRate, startRace, startRun, stopRun,
  useBusyRun, useLatestRun, useRun, useRunIds, useRunStore,
} from './runs.ts';
export {
  type Drag, openMessage, openQuickAdd, type Overlay, type Panel, type PanelName, type Point, type QuickAdd, setDrag, select, type Selection, setOverlay, setPanel, setTheme, setViewport, showNetwork, showView, type Theme,
  toggleFamily, togglePanel, usePanel, useSelection, useSession, useView, type View, type Viewport,
} from './session.ts';
