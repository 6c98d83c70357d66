// What the main process needs of the thing it runs in: Electron, a browser's server or the command line. Holds no logic.

export interface Folders {
  /** Runs, the recent list, the journal. */
  readonly data: string;
  /** Downloads and prepared data: may be deleted at any time. */
  readonly cache: string;
}

export interface Host {
  readonly kind: 'electron' | 'browser';
  readonly version: string;
  readonly folders: Folders;
  /** The folder with what is shipped beside the code. */
  readonly assets: string;
  /** Folders searched for dataset files before anything is downloaded, first one first. */
  readonly dataFolders: readonly string[];
  /** A plain Node 24 (Electron's own cannot run engines) and the trainer's entry file. */
  readonly node: string;
  readonly trainer: string;
  /** Engines that were installed apart, a folder for each. */
  readonly engines: string;
  /** Null where there is no window to ask in; then calls without a path are refused. */
  readonly dialogs: Dialogs | null;
}

/** Each gives a path, or null where the person cancelled. */
export interface Dialogs {
  open(): Promise<string | null>;
  save(suggestedName: string): Promise<string | null>;
}
