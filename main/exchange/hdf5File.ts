// Reads an HDF5 file from its bytes. The library sees a file system in memory that holds these bytes and nothing of this machine.
// Links out of the tree are refused, and nothing may claim more numbers than the file has bytes for. Knows no Keras.

import h5wasm, { Dataset, ExternalLink, File, Group } from 'h5wasm';
import type { StoredTensor } from '../files/safetensors.ts';
import { modelError } from './modelError.ts';

const signature = [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a];
/** Every opening has a name of its own: after a failure the library may still hold the file before. */
let openings = 0;
/** Deflate cannot honestly do better on trained numbers; above it a file is made to do harm. */
const maximumRatio = 100;

const isHdf5 = (bytes: Uint8Array): boolean => signature.every((byte, i) => bytes[i] === byte);

interface Claim {
  readonly size: number;
  readonly total_size: number;
}

export class Hdf5File {
  /** The file's name, for messages. */
  readonly where: string;
  private readonly file: File;
  private readonly size: number;
  private claimed = 0;

  private constructor(file: File, where: string, size: number) {
    this.file = file;
    this.where = where;
    this.size = size;
  }

  /** @throws NetwrightError where the bytes are no whole HDF5 file */
  static async open(bytes: Uint8Array, where: string): Promise<Hdf5File> {
    if (!isHdf5(bytes)) throw modelError('hdf5-signature', where, `${where} is not an HDF5 file: it does not start as one. Use a complete copy.`);
    const library = await h5wasm.ready;
    // Without this a failed read gives whatever lies in memory.
    library.activate_throwing_error_handler();
    const name = `model-${openings++}.h5`;
    library.FS.writeFile(name, bytes);
    try {
      return new Hdf5File(new File(name, 'r'), where, bytes.length);
    } catch (error) {
      throw broken(where, error);
    }
  }

  close(): void {
    this.file.close();
  }

  /** The object at a path; null where there is none. Every step is looked at: only what lies in this file's own tree is followed. */
  private find(path: string): Group | Dataset | null {
    let at: Group | Dataset | null = this.file;
    for (const step of path.split('/').filter((part) => part !== '')) {
      if (!(at instanceof Group)) return null;
      at = this.step(at, step);
    }
    return at;
  }

  private step(from: Group, step: string): Group | Dataset | null {
    const path = `${from.path === '/' ? '' : from.path}/${step}`;
    const found = this.guarded(() => from.get(step));
    if (found instanceof ExternalLink || (found !== null && this.guarded(() => this.file.get_link(path)) !== null)) {
      throw modelError(
        'hdf5-link',
        `${this.where}: ${path}`,
        `${this.where}: “${path}” is a link to another place. Keras writes none; such files are not followed. Save the model again with Keras.`,
      );
    }
    return found instanceof Group || found instanceof Dataset ? found : null;
  }

  private guarded<T>(read: () => T): T {
    try {
      return read();
    } catch (error) {
      throw broken(this.where, error);
    }
  }

  /** Whether there is something at a path. */
  has(path: string): boolean {
    return this.find(path) !== null;
  }

  /** Names in a group; empty where there is none. */
  keys(path: string): readonly string[] {
    const group = this.find(path);
    return group instanceof Group ? this.guarded(() => group.keys()) : [];
  }

  private attribute(path: string, attribute: string): unknown {
    const object = this.find(path);
    if (!object) return null;
    return this.guarded(() => {
      const found = object.attrs[attribute];
      if (!found) return null;
      this.claim(`${path}@${attribute}`, found.metadata, false);
      return found.value;
    });
  }

  /** A text kept with an object; null where there is none. */
  text(path: string, attribute: string): string | null {
    const value = this.attribute(path, attribute);
    return typeof value === 'string' ? value : null;
  }

  /** A list of texts kept with an object; one too long for HDF5 stands in numbered pieces (`layer_names0`, …). Null where there is none. */
  texts(path: string, attribute: string): readonly string[] | null {
    const whole = this.attribute(path, attribute);
    if (whole !== null) return asTexts(whole);
    const pieces: string[][] = [];
    for (let piece = this.attribute(path, `${attribute}0`); piece !== null; piece = this.attribute(path, `${attribute}${pieces.length}`))
      pieces.push(asTexts(piece));
    return pieces.length > 0 ? pieces.flat() : null;
  }

  /** Numbers as float32; null where there is no dataset. @throws NetwrightError for a dataset of another kind */
  tensor(path: string): StoredTensor | null {
    const dataset = this.find(path);
    if (!(dataset instanceof Dataset)) return null;
    return this.guarded(() => {
      const { metadata, filters } = dataset;
      const place = `${this.where}: ${path}`;
      if (metadata.virtual_sources)
        throw modelError('hdf5-virtual', place, `${this.where}: “${path}” is put together from other files. Save the model again with Keras.`);
      // A lone whole number counts something: the samples that a Normalization has seen.
      const isCount = metadata.type === 0 && metadata.shape?.length === 0;
      if (!isCount && (metadata.type !== 1 || (metadata.size !== 4 && metadata.size !== 8)))
        throw modelError(
          'hdf5-type',
          place,
          `${this.where}: “${path}” holds no float32 or float64 numbers. Convert the model to float32 in Keras and save it again.`,
        );
      this.claim(path, metadata, filters.length > 0);
      const { value } = dataset;
      const data =
        typeof value === 'number' || typeof value === 'bigint' ? Float32Array.of(Number(value)) : Float32Array.from(value as Float32Array | Float64Array);
      return { shape: metadata.shape ?? [], data };
    });
  }

  /** Everything that is read must be there in bytes, all together. */
  private claim(what: string, { size, total_size }: Claim, packed: boolean): void {
    this.claimed += (Number(size) * Number(total_size)) / (packed ? maximumRatio : 1);
    if (this.claimed <= this.size) return;
    throw modelError(
      'hdf5-size',
      `${this.where}: ${what}`,
      `${this.where}: “${what}” claims ${Number(size) * Number(total_size)} bytes, more than the file of ${this.size} bytes can hold. Use a complete copy.`,
    );
  }
}

const asTexts = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : typeof value === 'string' ? [value] : [];

/** A refusal of ours goes on as it is; what the library throws becomes one. */
function broken(where: string, error: unknown): Error {
  if (error instanceof Error && error.name === 'NetwrightError') return error;
  return modelError('hdf5-broken', where, `${where} is not a whole HDF5 file: ${reasonIn(error)}. Use a complete copy.`);
}

/** The innermost of the library's reasons. */
function reasonIn(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  const steps = [...text.matchAll(/#\d+: \S+ line \d+ in \w+\(\): (.*)/g)];
  return (steps.at(-1)?.[1] ?? text.split('\n')[0] ?? 'it cannot be read').slice(0, 200);
}
