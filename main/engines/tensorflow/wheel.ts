// The second way to TensorFlow: its Python wheel, fetched by pip and unpacked as far as its C interface goes. No Python is needed to run it.

import { createWriteStream } from 'node:fs';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { openPromise } from 'yauzl';
import { engineError } from '../engineError.ts';
import { firstWorking, run } from '../programs.ts';
import type { InstallJob } from './job.ts';
import { type Place, TENSORFLOW } from './place.ts';

const pythons = [['python3'], ['python'], ['py', '-3']];
/** Any version that the wheel is made for will do: its libraries are the same. */
const PYTHON_VERSION = '3.12';

/** pip as this machine has it; a private environment of Python brings its own where the system's has none. */
async function findPip({ folder, signal }: InstallJob): Promise<readonly string[]> {
  const pip = await firstWorking(
    pythons.map((python) => [...python, '-m', 'pip']),
    ['--version'],
    signal,
  );
  if (pip) return pip;
  const python = await firstWorking(pythons, ['--version'], signal);
  const home = join(folder, 'environment');
  if (python) await run(python[0] as string, [...python.slice(1), '-m', 'venv', home], { signal });
  const own = await firstWorking([[join(home, 'bin', 'python'), '-m', 'pip']], ['--version'], signal);
  if (own) return own;
  throw engineError(
    'engine-no-python',
    'tensorflow',
    'TensorFlow comes as a Python package, and no Python 3 with pip was found. Install Python 3 (with pip) and try again; TensorFlow itself needs no Python later.',
  );
}

const units: Readonly<Record<string, number>> = { kB: 1e3, MB: 1e6, GB: 1e9 };

/** Bytes that pip has on its way, from the folder that it writes into. */
async function bytesIn(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const sizes = await Promise.all(
    entries
      .filter((entry) => entry.isFile())
      .map((entry) =>
        stat(join(entry.parentPath, entry.name)).then(
          ({ size }) => size,
          () => 0,
        ),
      ),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** What a lost connection is called in what pip says, which is long and says it several times; else its last lines. */
function wordsIn(output: string): string {
  const cause = [...output.matchAll(/\[Errno -?\d+\] ([^')\n]+)/g)].at(-1)?.[1];
  return cause ?? output.trim().split('\n').slice(-3).join(' ');
}

function refuseDownload(output: string): never {
  const unreachable =
    /Temporary failure in name resolution|Name or service not known|Connection refused|NewConnectionError|Network is unreachable|ConnectTimeout|getaddrinfo|timed out|No route to host|ProxyError/i.test(
      output,
    );
  const words = wordsIn(output);
  throw unreachable
    ? engineError(
        'engine-unreachable',
        'tensorflow',
        `The Python package registry cannot be reached, so TensorFlow was not downloaded. Check the network and try again. pip said: ${words}`,
      )
    : engineError('engine-download', 'tensorflow', `pip could not download TensorFlow ${TENSORFLOW}. It said: ${words}`);
}

/** Downloads the wheels into a folder. @throws NetwrightError `engine-unreachable` where there is no network */
async function download(job: InstallJob, { wheel }: Place, into: string): Promise<void> {
  const [python = '', ...pip] = await findPip(job);
  const temporary = join(job.folder, 'temporary');
  await mkdir(temporary, { recursive: true });
  let expected = 0;
  const heard = (text: string) => {
    for (const [, size = '', unit = ''] of text.matchAll(/Downloading \S+ \(([\d.]+) (kB|MB|GB)\)/g)) expected += Number(size) * (units[unit] ?? 1);
  };
  const look = async () => {
    const received = (await bytesIn(temporary)) + (await bytesIn(into));
    if (expected > 0) job.tell(`Downloading TensorFlow ${TENSORFLOW} (${Math.round(expected / 1e6)} MB) …`, Math.min(1, received / expected));
  };
  job.tell(`Downloading TensorFlow ${TENSORFLOW} …`, null);
  const timer = setInterval(() => void look(), 500);
  try {
    const all = job.gpu ? [] : ['--no-deps'];
    const args = [...pip, 'download', '--disable-pip-version-check', '--no-cache-dir', ...all, '--only-binary=:all:', '--python-version', PYTHON_VERSION];
    const { status, output } = await run(python, [...args, '--progress-bar', 'off', '-d', into, `${wheel}==${TENSORFLOW}`], {
      signal: job.signal,
      env: { TMPDIR: temporary, TEMP: temporary, TMP: temporary },
      heard,
    });
    if (status !== 0) refuseDownload(output);
  } finally {
    clearInterval(timer);
    await rm(temporary, { recursive: true, force: true });
  }
}

const headers = /^tensorflow\/include\/(tensorflow\/c\/|tensorflow\/core\/platform\/|tsl\/|xla\/tsl\/).*\.h$/;
const cudaLibraries = /^nvidia\/[\w/]+\/lib\/[\w.+-]+$/;

/** Unpacks what of a wheel is needed to compile against it and to run it. */
async function unpack(file: string, into: string, libraries: readonly string[], { signal, tell }: InstallJob): Promise<void> {
  const wanted = new Set(libraries.map((name) => `tensorflow/${name}`));
  // The library refuses names that lead out of the folder, and sizes that lie.
  const zip = await openPromise(file, { lazyEntries: true, autoClose: false, validateEntrySizes: true });
  try {
    for await (const entry of zip.eachEntry()) {
      signal.throwIfAborted();
      const { fileName } = entry;
      if (!wanted.has(fileName) && !headers.test(fileName) && !cudaLibraries.test(fileName)) continue;
      if (wanted.has(fileName)) tell(`Unpacking ${fileName} …`, null);
      const path = join(into, fileName);
      await mkdir(dirname(path), { recursive: true });
      await pipeline(await zip.openReadStreamPromise(entry), createWriteStream(path), { signal });
    }
  } finally {
    zip.close();
  }
}

/** TensorFlow's libraries and headers below `folder/python`. @throws NetwrightError */
export async function unpackWheel(job: InstallJob, place: Place): Promise<void> {
  const wheels = join(job.folder, 'wheels');
  await mkdir(wheels, { recursive: true });
  await download(job, place, wheels);
  for (const name of await readdir(wheels)) await unpack(join(wheels, name), join(job.folder, 'python'), place.libraries, job);
  await rm(wheels, { recursive: true });
}
