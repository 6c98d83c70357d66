// Makes HDF5 files: the library writes into a file system in memory, and what is there in the end are the bytes. Reads nothing (hdf5File.ts
// does); knows groups and tensors, no layers.

import { File, type Group, ready } from 'h5wasm';
import type { StoredTensor } from '../../files/safetensors.ts';

/** Every file has a name of its own: after a failure the library may still hold the one before. */
let openings = 0;

/** The bytes of a file that the function given fills. */
export async function hdf5Bytes(fill: (file: File) => void): Promise<Uint8Array> {
  const library = await ready;
  library.activate_throwing_error_handler();
  const path = `written-${openings++}.h5`;
  const file = new File(path, 'w');
  try {
    fill(file);
  } finally {
    file.close();
  }
  const bytes = library.FS.readFile(path);
  library.FS.unlink(path);
  return bytes;
}

/** The group of that path, made where it is not there. */
export const groupAt = (root: Group, path: string): Group =>
  path.split('/').reduce((parent, name) => {
    const known = parent.get(name);
    return known ? (known as Group) : parent.create_group(name);
  }, root);

/** Float32 under that name. */
export const putTensor = (parent: Group, name: string, { shape, data }: StoredTensor): void =>
  void parent.create_dataset({ name, data, shape: [...shape], dtype: '<f' });
