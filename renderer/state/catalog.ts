// What this machine offers: datasets, templates, recent projects (engines: engines.ts). Asked for once, and again when it may have changed.

import { create } from 'zustand';
import type { DatasetState, Events, RecentProject, TemplateInfo } from '../../shared/protocol/contract.ts';
import { client } from './client.ts';
import { useDocument } from './document.ts';
import { loadEngines } from './engines.ts';

export interface FetchProgress {
  readonly received: number;
  readonly total: number | null;
}
export interface CatalogState {
  readonly datasets: readonly DatasetState[];
  readonly templates: readonly TemplateInfo[];
  readonly recent: readonly RecentProject[];
  /** Datasets on their way, by id. */
  readonly fetching: Readonly<Record<string, FetchProgress>>;
}

const useCatalog = create<CatalogState>()(() => ({ datasets: [], templates: [], recent: [], fetching: {} }));

/** Asks for everything anew. Each list is shown as soon as it is here: engines take longest, since a trainer must be asked. */
export async function loadCatalog(): Promise<void> {
  const main = client();
  await Promise.all([loadDatasets(), main['projects.templates']().then((templates) => useCatalog.setState({ templates })), loadRecent(), loadEngines()]);
}

/** The datasets alone: a network's shapes need them, so they come before the first project is shown. */
export async function loadDatasets(): Promise<void> {
  useCatalog.setState({ datasets: await client()['datasets.list']() });
}

export const loadRecent = async (): Promise<void> => useCatalog.setState({ recent: await client()['projects.recent']() });

/** Brings a dataset here and checks it; resolves when it is ready. @throws what the main process says is wrong */
export async function fetchDataset(id: string): Promise<void> {
  useCatalog.setState(({ fetching }) => ({ fetching: { ...fetching, [id]: { received: 0, total: null } } }));
  try {
    const ready = await client()['datasets.fetch'](id);
    useCatalog.setState(({ datasets }) => ({ datasets: datasets.map((dataset) => (dataset.id === id ? ready : dataset)) }));
  } finally {
    useCatalog.setState(({ fetching }) => ({ fetching: Object.fromEntries(Object.entries(fetching).filter(([key]) => key !== id)) }));
  }
}

/** Takes in an event of the main process. */
export function noteDatasetProgress({ id, received, total }: Events['datasets.progress']): void {
  useCatalog.setState(({ fetching }) => (Object.hasOwn(fetching, id) ? { fetching: { ...fetching, [id]: { received, total } } } : {}));
}

export const datasetById = (id: string | null): DatasetState | null => useCatalog.getState().datasets.find((dataset) => dataset.id === id) ?? null;
export const useDatasets = (): readonly DatasetState[] => useCatalog((state) => state.datasets);
export const useTemplates = (): readonly TemplateInfo[] => useCatalog((state) => state.templates);
export const useRecent = (): readonly RecentProject[] => useCatalog((state) => state.recent);
const useDataset = (id: string | null): DatasetState | null => useCatalog((state) => state.datasets.find((dataset) => dataset.id === id) ?? null);
/** Progress of a dataset on its way; null when it is not. */
export const useFetchProgress = (id: string): FetchProgress | null => useCatalog((state) => state.fetching[id] ?? null);

/** The project's dataset; null while none is chosen or the list has not arrived. */
export function useActiveDataset(): DatasetState | null {
  return useDataset(useDocument((state) => state.project.dataset));
}
