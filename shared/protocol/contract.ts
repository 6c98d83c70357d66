// One typed map of everything the app asks of the main process (`Calls`) and everything that is told to it (`Events`).
// The same over an Electron port, a WebSocket and in one process.

import type { ErrorDetails } from '../lib/errors.ts';
import type { DatasetDescriptor } from '../datasets/descriptor.ts';
import type { Network } from '../network/network.ts';
import type { SavedBlock } from '../network/savedBlocks.ts';
import type { Project } from '../project/project.ts';
import type { NetworkHealth } from '../training/health.ts';
import type { TrainingSettings } from '../training/settings.ts';

export type RunStatus = 'queued' | 'preparing' | 'running' | 'paused' | 'finished' | 'stopped' | 'failed';
/** `loss`, `accuracy`, `val_loss`, …: Keras' names. */
export type MetricValues = Readonly<Record<string, number>>;

/** What identifies a run and makes it repeatable. Fixed once it has started. */
export interface RunRecord {
  readonly id: string;
  readonly project: string;
  readonly network: Network;
  readonly settings: TrainingSettings;
  readonly dataset: string;
  readonly datasetFingerprint: string;
  readonly engine: string;
  readonly engineVersion: string;
  readonly device: string;
  /** Why this engine, where the settings left it open. */
  readonly choice?: EngineChoice;
  /** How the engine computes this network here, where there is something to know: a sentence. */
  readonly engineRemark?: string;
  /** Of a run that goes on: from where, where that is not its newest checkpoint, and why. */
  readonly startRemark?: string;
  readonly parameters: number;
  readonly samples: { readonly train: number; readonly validation: number; readonly test: number };
  readonly stepsPerEpoch: number;
  /** Columns of the data that did not fit into memory and were read from disk while training; left out: none. */
  readonly streamed?: readonly string[];
  /** The most memory the trainer held, bytes; left out where it did not come to its end. */
  readonly peakMemory?: number;
  readonly loss: string;
  readonly metrics: readonly string[];
  /** ISO 8601. */
  readonly startedAt: string;
  readonly appVersion: string;
}

/** Why an engine was chosen and each other was not: sentences. */
export interface EngineChoice {
  readonly reason: string;
  readonly others: readonly { readonly engine: string; readonly reason: string }[];
}

export interface EpochSummary {
  readonly epoch: number;
  readonly values: MetricValues;
  readonly seconds: number;
  readonly samplesPerSecond: number;
  /** Of the epoch's last step; runs of earlier versions have none. */
  readonly learningRate?: number;
  /** How the layers did after it, where that was looked at (training/health.ts). */
  readonly health?: NetworkHealth;
}

/** An epoch of what a layer learned from the data alone, before the network trained. */
export interface PreparationSummary {
  /** The layer's name. */
  readonly layer: string;
  /** `Contrastive divergence`. */
  readonly title: string;
  readonly epoch: number;
  readonly epochs: number;
  /** Means over the epoch: `reconstruction_error`. */
  readonly values: MetricValues;
  readonly seconds: number;
}

/** A run as it stands now; enough to draw it from nothing. */
export interface RunSnapshot {
  readonly id: string;
  readonly status: RunStatus;
  readonly record: RunRecord | null;
  readonly networkId: string;
  readonly networkName: string;
  /** Steps done in all epochs, and in all. */
  readonly step: number;
  readonly totalSteps: number;
  readonly epochs: readonly EpochSummary[];
  /** What layers learned before, where any did; left out after a restart of the app. */
  readonly preparations?: readonly PreparationSummary[];
  /** At most 2,000 points of the batch curve, thinned evenly. */
  readonly batches: readonly BatchPoint[];
  readonly secondsElapsed: number;
  readonly secondsLeft: number | null;
  readonly samplesPerSecond: number | null;
  /** Resident memory of the trainer, bytes. */
  readonly memory: number | null;
  readonly test: MetricValues | null;
  readonly error: ErrorDetails | null;
  /** Why it finished before its last epoch, where a callback ended it. */
  readonly note?: string;
  /** Given when a race of several networks started it. */
  readonly race: string | null;
}

export interface BatchPoint {
  readonly step: number;
  readonly values: MetricValues;
}

/** At most 30 a second for each run; `batches` holds what came since the last, thinned if there were many. */
export interface RunProgress {
  readonly id: string;
  readonly status: RunStatus;
  readonly step: number;
  readonly totalSteps: number;
  readonly batches: readonly BatchPoint[];
  readonly epochs: readonly EpochSummary[];
  readonly secondsElapsed: number;
  readonly secondsLeft: number | null;
  readonly samplesPerSecond: number | null;
  readonly memory: number | null;
  readonly test?: MetricValues;
  readonly error?: ErrorDetails;
  readonly note?: string;
  readonly preparations?: readonly PreparationSummary[];
  readonly record?: RunRecord;
}

/** Time and memory of a training, from a few of its steps that were really done on this machine, and then thrown away. */
export interface Forecast {
  readonly engine: string;
  readonly engineTitle: string;
  readonly device: string;
  /** Training and, where the settings keep some samples for it, validation. */
  readonly secondsPerEpoch: number;
  readonly epochs: number;
  /** The median of one step, and how many were timed. */
  readonly stepSeconds: number;
  readonly stepsMeasured: number;
  readonly stepsPerEpoch: number;
  readonly batchSize: number;
  /** The most the trainer's process held at once, measured; bytes. */
  readonly peakMemory: number;
  /** Computed from the program: weights and optimizer state, and what is alive at once in one step; bytes. */
  readonly stateBytes: number;
  readonly valueBytes: number;
}
/** What a forecast is asked for. */
export type ForecastRequest = Pick<StartRun, 'network' | 'settings' | 'dataset'>;

export interface EngineInfo {
  readonly id: 'onnxruntime' | 'tensorflow';
  readonly title: string;
  readonly device: 'cpu' | 'gpu';
  readonly version: string | null;
  readonly state: 'ready' | 'missing' | 'failed';
  readonly reason: string | null;
  readonly whatToDo: string | null;
}

export interface DatasetState extends DatasetDescriptor {
  readonly available: boolean;
  readonly bytes: number | null;
}

/** Samples to look at: features as 0 to 1 (images) or as they are, labels as class indices or numbers. */
export interface DatasetPreview {
  readonly indices: readonly number[];
  readonly features: readonly (readonly number[])[];
  readonly labels: readonly (readonly number[])[];
}

export interface RecentProject {
  readonly path: string;
  readonly name: string;
  readonly openedAt: string;
  readonly networks: readonly string[];
  readonly dataset: string | null;
}
export interface TemplateInfo {
  readonly id: string;
  readonly title: string;
  readonly about: string;
  readonly group: 'Images' | 'Series' | 'Tables' | 'Text' | 'Unsupervised';
  readonly dataset: string | null;
  readonly networks: readonly Network[];
}
export interface OpenedProject {
  readonly project: Project;
  readonly path: string | null;
  readonly notice: string | null;
}
/** What a person has put aside for other projects. */
export interface SavedBlocks {
  readonly blocks: readonly SavedBlock[];
  /** Why a file had to be set aside, where one had. */
  readonly notice: string | null;
}
/** A model of another program, read into a network; its weights are kept by the main process, and the network names them. */
export interface OpenedModel {
  /** As the person knows it: `digits.keras`. */
  readonly file: string;
  readonly network: Network;
  /** What the file says of training. */
  readonly training: Partial<TrainingSettings>;
  /** What was left out or is inert: whole sentences. */
  readonly notes: readonly string[];
  /** How many numbers its weights are. */
  readonly values: number;
}
/** Keras' own format, and the one before it. */
export type ExportFormat = 'keras' | 'h5';
export interface ExportRequest {
  readonly format: ExportFormat;
  /** The run whose network and weights are meant; null: the network as it is drawn, before any training. */
  readonly run: string | null;
  /** The project's file, or its name. */
  readonly project: string;
  readonly network: Network;
  readonly settings: TrainingSettings;
  readonly dataset: string | null;
}
/** A file that the main process made and the window can fetch, piece by piece. */
export interface OfferedFile {
  readonly id: string;
  readonly name: string;
  readonly bytes: number;
}
/** Where the person chose, or, where the host has no dialogs, a file to fetch. */
export type ExportedModel = ({ readonly path: string; readonly file: null } | { readonly path: null; readonly file: OfferedFile }) & {
  /** What the person should know of it: what the other program does not take over. Whole sentences. */
  readonly notes: readonly string[];
};

export interface Calls {
  'app.info'(): { readonly version: string; readonly platform: string; readonly host: 'electron' | 'browser'; readonly dataFolder: string };
  'projects.initial'(): OpenedProject;
  'projects.templates'(): readonly TemplateInfo[];
  'projects.fromTemplate'(id: string): OpenedProject;
  'projects.recent'(): readonly RecentProject[];
  /** Without a path the host shows its dialog; null: the person cancelled. */
  'projects.open'(path: string | null): OpenedProject | OpenedModel | null;
  /** Text of a file that the person dropped or chose in the browser. */
  'projects.read'(name: string, text: string): OpenedProject;
  /** Without a path the host shows its dialog; null: cancelled. */
  'projects.save'(project: Project, path: string | null): { readonly path: string } | null;
  /** The file's text, to download in the browser. */
  'projects.serialize'(project: Project): string;
  /** Keeps a project that was not saved and gives way to another, and lists it among the recent ones. */
  'projects.leave'(project: Project): { readonly path: string };
  /** Kept beside the files; offered again by `projects.initial` after a crash. */
  'projects.journal'(project: Project, path: string | null): void;
  'blocks.list'(): SavedBlocks;
  /** Puts a block aside for other projects. */
  'blocks.save'(block: Pick<SavedBlock, 'name' | 'root' | 'blocks'>): SavedBlock;
  'blocks.rename'(id: string, name: string): void;
  'blocks.remove'(id: string): void;
  /** Reads a model file that was sent with `files.announce` and `files.append`. */
  'models.receive'(file: string): OpenedModel;
  /** Null: the person cancelled the host's dialog. */
  'models.export'(request: ExportRequest): ExportedModel | null;
  /** A file will come from the window, in pieces; its id. */
  'files.announce'(name: string, bytes: number): string;
  /** The next piece of it, in base64. */
  'files.append'(id: string, piece: string): void;
  /** A piece of an offered file from an offset on, in base64; with the last one it is gone. */
  'files.read'(id: string, offset: number): string;
  'datasets.list'(): readonly DatasetState[];
  /** Fetches and checks it, with `datasets.progress` events; resolves when it is ready. */
  'datasets.fetch'(id: string): DatasetState;
  'datasets.preview'(id: string, part: 'train' | 'test', offset: number, count: number): DatasetPreview;
  'engines.list'(): readonly EngineInfo[];
  /** Brings it onto this machine, with `engines.progress` events; resolves when it has been tested. */
  'engines.install'(id: string): readonly EngineInfo[];
  /** Ends the installation in progress; its call then fails with the code `engine-cancelled`. */
  'engines.cancel'(): void;
  'engines.uninstall'(id: string): readonly EngineInfo[];
  /** Measures; a later request ends it with the code `forecast-cancelled`, and so does a run that starts. */
  'forecast.measure'(request: ForecastRequest): Forecast;
  'forecast.cancel'(): void;
  'runs.start'(request: StartRun): { readonly id: string };
  'runs.pause'(id: string): void;
  'runs.resume'(id: string): void;
  'runs.stop'(id: string): void;
  /** A new learning rate from the next step on. */
  'runs.setLearningRate'(id: string, learningRate: number): void;
  'runs.list'(): readonly RunSnapshot[];
  'runs.get'(id: string): RunSnapshot;
  'runs.remove'(id: string): void;
  /** What it has learned so far: the weights of its newest checkpoint; null where it has none yet. */
  'runs.weights'(id: string): RunWeights | null;
}

export interface RunWeights {
  /** Steps done when they were kept. */
  readonly step: number;
  /** By name (`dense_1/kernel`); `data`: float32, little-endian, in base64. */
  readonly weights: Readonly<Record<string, { readonly shape: readonly number[]; readonly data: string }>>;
}

export interface StartRun {
  readonly project: string;
  readonly network: Network;
  readonly settings: TrainingSettings;
  readonly dataset: string;
  /** Runs of one race share an id; they queue and run one after another. */
  readonly race: string | null;
}

export interface Events {
  'runs.progress': RunProgress;
  /** Blocks that are kept for other projects came, went or have other names. */
  'blocks.changed': null;
  /** A run came into the list or left it. */
  'runs.changed': { readonly id: string };
  /** What an installation does now; `share` of it that is done, from 0 to 1, where that is known. */
  'engines.progress': { readonly id: string; readonly step: string; readonly share: number | null };
  'datasets.progress': { readonly id: string; readonly received: number; readonly total: number | null };
  /** Something the host wants done in the window: a menu's action by id. */
  'app.action': { readonly action: string };
}

export type CallName = keyof Calls;
export type EventName = keyof Events;
/** Arguments and result of a call; every call crosses a process, so every result is a promise. */
export type Client = { readonly [C in CallName]: (...args: Parameters<Calls[C]>) => Promise<Awaited<ReturnType<Calls[C]>>> };
export type Handlers = { readonly [C in CallName]: (...args: Parameters<Calls[C]>) => ReturnType<Calls[C]> | Promise<ReturnType<Calls[C]>> };
