// The state's public face: what views and actions may use. Stores hold data; the functions beside them are the only ways to change it.

export { type Activation, hideActivations, showActivations, useActivation } from './activations.ts';
export { analysisOf, currentAnalysis, refusalsBehind, repairNow, useActiveAnalysis, useAnalysis } from './analysis.ts';
export {
  datasetById,
  fetchDataset,
  loadCatalog,
  loadDatasets,
  loadRecent,
  noteDatasetProgress,
  useActiveDataset,
  useDatasets,
  useFetchProgress,
  useRecent,
  useTemplates,
} from './catalog.ts';
export { cancelInstallation, installEngine, noteEngineProgress, uninstallEngine, useEngineFault, useEngines, useEngineWork } from './engines.ts';
export {
  canvasPath,
  isInPlace,
  keyOf,
  lookInto,
  type OpenBlock,
  openPath,
  seenAt,
  setInPlace,
  useCanvasId,
  useCanvasPath,
  useIsInPlace,
  useOpenPath,
  workIn,
  workInNetwork,
} from './blockView.ts';
export { type OpenLevel, useLevels } from './levels.ts';
export { askForecast, dropForecast, type ForecastState, isForecast, useForecast } from './forecast.ts';
export { useComparison } from './comparison.ts';
export { canvasPort, setCanvasPort } from './canvasPort.ts';
export { client, setClient, setConnection, useClient, useConnection } from './client.ts';
export {
  commit,
  commitToNetwork,
  currentNetwork,
  currentProject,
  endGesture,
  jumpTo,
  markSaved,
  openProject,
  redo,
  undo,
  useActiveNetwork,
  useActiveNetworkId,
  useActiveNetworkName,
  useDatasetId,
  useDrawnNetwork,
  useDocument,
  useIsCanvasEmpty,
  useIsSaved,
  useNetworks,
  useProject,
  useRedoLabel,
  useTrainingSettings,
  useUndoLabel,
} from './document.ts';
export { keepJournal } from './journal.ts';
export { judged, type ShownHealth, showHealth, useHealth } from './layerHealth.ts';
export { libraryBlocks, loadLibrary, useLibraryBlocks } from './library.ts';
export { attempt, dismissNotice, notify, notifyFailure, useNotices } from './notices.ts';
export type {} from './projectEdits.ts';
export {
  isBusy,
  latestRunOf,
  loadRuns,
  noteProgress,
  noteRunsChanged,
  pauseRun,
  removeRun,
  resumeRun,
  setLearningRate,
  startRace,
  startRun,
  stopRace,
  stopRun,
  useBusyRun,
  useIsTraining,
  useLatestRun,
  useRunStore,
} from './runs.ts';
export {
  chooseLanguage,
  type CodeLanguage,
  type Drawing,
  type Figure,
  type LanguageChoice,
  noteUsed,
  openMessage,
  openQuickAdd,
  type Point,
  type QuickAdd,
  select,
  type Selection,
  setCodeLanguage,
  setCompare,
  setConnecting,
  setDockSide,
  setDrag,
  setDrawing,
  setEditingNote,
  setFigure,
  setForecasts,
  setOverlay,
  setPanel,
  setPointed,
  setShortcuts,
  setTheme,
  setViewport,
  showNetwork,
  showView,
  type Theme,
  toggleFamily,
  togglePanel,
  toggleSide,
  usePanel,
  useSelection,
  useSession,
  useView,
  type View,
} from './session.ts';
export { fetchWeights, type KnownWeights, readWeights, useReadWeights } from './weights.ts';
