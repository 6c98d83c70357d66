// Speed on a graphics card: the bench's networks on each engine and provider that works here, beside Keras' fit on the same card (by the Python that
// NETWRIGHT_BENCH_PYTHON names, with the backend that KERAS_BACKEND names) and ONNX Runtime on the CPU. Writes RESULTS_GPU.md, or the file that
// NETWRIGHT_BENCH_RESULTS names. npm run bench:gpu -- [rounds] [networks, with commas between] [sides]

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { providerVariable } from '../../main/files/cardVariables.ts';
import { rowsOf, writeKerasData } from './data.ts';
import { type BenchNetwork, benchNetworks } from './networks.ts';
import { keras, type Measured, trainer } from './sides.ts';

const [rounds = '1', networks, sides] = process.argv.slice(2);
const python = process.env.NETWRIGHT_BENCH_PYTHON;
const card = process.env.NETWRIGHT_BENCH_GPU_NAME ?? 'a graphics card';
const engines = process.env.NETWRIGHT_BENCH_ENGINES ?? join(import.meta.dirname, '..', '..', '.build', 'engines', 'data', 'engines');
const EPOCHS = 4;

interface Side {
  readonly id: string;
  readonly title: string;
  measure(network: BenchNetwork, folder: string): Promise<Measured>;
}

/** Our trainer; a provider of ONNX Runtime is named to it in the environment. */
const ours = (engine: 'onnxruntime' | 'tensorflow', device: 'cpu' | 'gpu', provider?: string) => async (network: BenchNetwork, folder: string) => {
  delete process.env[providerVariable];
  if (provider) process.env[providerVariable] = provider;
  return trainer({ engine, device, engines, folder: join(folder, 'runs'), epochs: EPOCHS }, network, rowsOf(network));
};

const all: readonly Side[] = [
  {
    ...{ id: 'keras', title: `Keras (${process.env.KERAS_BACKEND ?? 'tensorflow'})` },
    measure: (network, folder) => keras(python as string, network, writeKerasData(folder, network, rowsOf(network)), EPOCHS),
  },
  { id: 'cpu', title: 'onnxruntime, CPU', measure: ours('onnxruntime', 'cpu') },
  { id: 'webgpu', title: 'onnxruntime, WebGPU', measure: ours('onnxruntime', 'gpu', 'webgpu') },
  { id: 'cuda', title: 'onnxruntime, CUDA', measure: ours('onnxruntime', 'gpu', 'cuda') },
  { id: 'tensorflow', title: 'tensorflow, CUDA', measure: ours('tensorflow', 'gpu') },
];

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
const wanted = sides?.split(',') ?? all.map(({ id }) => id);
const chosen = all.filter(({ id }) => wanted.includes(id) && (id !== 'keras' || python !== undefined));

/** Samples per second of each side, with seconds to the first batch; a side that cannot says why, and the others go on. */
async function measured(network: BenchNetwork, folder: string): Promise<string> {
  const rates = new Map<string, number[]>(),
    first = new Map<string, number>(),
    failures: string[] = [];
  for (let round = 0; round < Number(rounds); round++)
    for (const side of chosen)
      try {
        const one = await side.measure(network, folder);
        rates.set(side.id, [...(rates.get(side.id) ?? []), ...one.rates]);
        first.set(side.id, one.firstBatch);
      } catch (error) {
        failures.push(`${side.title}: ${(error as Error).message.split('\n').slice(-4).join(' ').slice(-300)}`);
      }
  const cells = chosen.map(({ id }) => (rates.has(id) ? `${Math.round(median(rates.get(id) ?? []))} (${first.get(id)?.toFixed(1)} s)` : '–'));
  for (const failure of new Set(failures)) process.stdout.write(`  ${network.id}: ${failure}\n`);
  return `| ${network.title} | ${cells.join(' | ')} |`;
}

const folder = mkdtempSync(join(tmpdir(), 'netwright-bench-'));
const rows: string[] = [];
try {
  for (const network of benchNetworks.filter(({ id }) => !networks || networks.split(',').includes(id))) {
    rows.push(await measured(network, folder));
    process.stdout.write(`${rows.at(-1)}\n`);
    const text = [
      '# Speed on a graphics card',
      '',
      `\`npm run bench:gpu\` on ${new Date().toISOString().slice(0, 10)}, ${card}, ${cpus().length} cores (${cpus()[0]?.model.trim()}). Samples per second, medians of epochs 2 to ${EPOCHS};`,
      `in brackets seconds to the first finished batch. Adam, random data, ${rounds} round(s) in turn.`,
      '',
      `| network | ${chosen.map(({ title }) => title).join(' | ')} |`,
      `| --- | ${chosen.map(() => '---:').join(' | ')} |`,
      ...rows,
      '',
    ];
    writeFileSync(process.env.NETWRIGHT_BENCH_RESULTS ?? join(import.meta.dirname, 'RESULTS_GPU.md'), text.join('\n'));
  }
} finally {
  rmSync(folder, { recursive: true });
}
