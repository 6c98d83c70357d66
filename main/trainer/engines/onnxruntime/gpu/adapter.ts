// Which driver computes for the WebGPU provider. The binding does not say, but the driver's library is loaded into this process while a session
// is open: that cannot be wrong about what is there.

import { existsSync, readdirSync } from 'node:fs';

export interface Adapter {
  /** Its maker or name; `unknown` where it cannot be told. */
  readonly driver: string;
  /** Whether it computes on the CPU after all. */
  readonly software: boolean;
}

interface Driver {
  readonly file: RegExp;
  readonly name: string;
  readonly software?: boolean;
}
const drivers: readonly Driver[] = [
  { file: /nvidia|libGLX_nv/i, name: 'NVIDIA' },
  { file: /libvulkan_radeon|amdvlk|libvulkan_amd/i, name: 'AMD' },
  { file: /libvulkan_intel/i, name: 'Intel' },
  { file: /libvulkan_(asahi|broadcom|freedreno|panfrost|powervr|nouveau|virtio|dzn|gfxstream)/i, name: 'Mesa' },
  { file: /vk_swiftshader/i, name: 'SwiftShader', software: true },
  { file: /libvulkan_lvp/i, name: 'lavapipe', software: true },
];

/** Linux: a device file that a driver of a graphics card needs. Elsewhere a system without a graphics card is rare, and asking it costs little. */
export function mayHaveCard(platform: NodeJS.Platform = process.platform, folder = '/dev'): boolean {
  if (platform !== 'linux') return true;
  const named = (path: string, pattern: RegExp): boolean => existsSync(path) && readdirSync(path).some((name) => pattern.test(name));
  return named(`${folder}/dri`, /^renderD/) || named(folder, /^(nvidia\d+|dxg|mali\d+|kgsl-3d\d+)$/);
}

/** @param loaded the libraries in this process, while a session is open on the provider */
export function adapterOf(loaded: readonly string[], platform: NodeJS.Platform = process.platform, card: boolean = mayHaveCard(platform)): Adapter {
  if (platform === 'darwin') return { driver: 'Metal', software: false };
  if (platform === 'win32')
    return { driver: 'Direct3D 12', software: loaded.some((file) => /d3d10warp/i.test(file)) && !loaded.some((file) => /nv|amd|ati|ig[cd]/i.test(file)) };
  const found = drivers.filter(({ file }) => loaded.some((path) => file.test(path)));
  // Drivers of cards are loaded where they are installed, whether or not there is a card.
  const real = card ? found.filter(({ software }) => !software) : [];
  const names = (real.length > 0 ? real : found.filter(({ software }) => software)).map(({ name }) => name);
  return { driver: names.join(' or ') || 'unknown', software: real.length === 0 && (!card || found.length > 0) };
}

/** The libraries that are loaded into this process. */
export function loadedLibraries(): readonly string[] {
  // Else it asks the network for the names of this machine.
  Object.assign(process.report, { excludeNetwork: true });
  return (process.report.getReport() as { readonly sharedObjects?: readonly string[] }).sharedObjects ?? [];
}
