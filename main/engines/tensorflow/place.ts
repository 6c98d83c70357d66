// What a system calls things: which wheel has TensorFlow for it, how its libraries are named, how the addon is linked to them.

import { engineError } from '../engineError.ts';

/** The version of TensorFlow that is installed from a wheel. */
export const TENSORFLOW = '2.21.0';

export interface Place {
  /** As pip names it. */
  readonly wheel: string;
  readonly libraries: readonly string[];
  /** What the linker is told. @param folder the one with the libraries */
  link(folder: string): readonly string[];
}

const unix = (wheel: string, libraries: readonly string[], here: string, link: (library: string) => string): Place => ({
  wheel,
  libraries,
  link: (folder) => [`-L${folder}`, ...libraries.map(link), `-Wl,-rpath,${here}/${RELATIVE}`],
});
/** The libraries' folder, seen from the addon's. */
export const RELATIVE = 'python/tensorflow';

/** Whether a wheel can be used on this system. */
export const hasWheel = (platform: NodeJS.Platform, arch: string): boolean =>
  (platform === 'linux' && (arch === 'x64' || arch === 'arm64')) || (platform === 'darwin' && arch === 'arm64');

/** @throws NetwrightError where no wheel can be used on this system */
export function placeFor(platform: NodeJS.Platform, arch: string, gpu: boolean): Place {
  if (platform === 'linux' && (arch === 'x64' || arch === 'arm64')) {
    const wheel = gpu ? 'tensorflow[and-cuda]' : arch === 'x64' ? 'tensorflow-cpu' : 'tensorflow';
    return unix(wheel, ['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2'], '$ORIGIN', (library) => `-l:${library}`);
  }
  if (platform === 'darwin' && arch === 'arm64') {
    const library = (name: string) => `-l${name.slice(3, -'.dylib'.length)}`;
    return unix('tensorflow', ['libtensorflow_cc.2.dylib', 'libtensorflow_framework.2.dylib'], '@loader_path', library);
  }
  throw engineError(
    'engine-no-wheel',
    'tensorflow',
    `On ${platform} ${arch} TensorFlow can be installed only as its package offers it, and that download did not work. ONNX Runtime trains here without it.`,
  );
}
