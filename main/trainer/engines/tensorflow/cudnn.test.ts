// When LSTM and GRU run in cuDNN's kernels, and what is said where they do not. The kernels themselves are handed in: the float64 interpreter in their place, or
// one that is wrong. Where TensorFlow is installed, its build for CPUs has none: asked for a card it trains all the same, and says why without them.

import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { compileNetwork, initialState } from '../../../../shared/compile/index.ts';
import { datasetOf, generatedDatasets } from '../../../../shared/datasets/catalogue.ts';
import type { DatasetDescriptor } from '../../../../shared/datasets/descriptor.ts';
import { normalAt } from '../../../../shared/lib/random.ts';
import type { Network } from '../../../../shared/network/network.ts';
import { templateOf } from '../../../../shared/network/templates/index.ts';
import { chain } from '../../../../shared/network/templates/template.ts';
import { interpret, numericArray } from '../../../../shared/tensor/interpret.ts';
import { type Program, sizeOf } from '../../../../shared/tensor/types.ts';
import { defaultTrainingSettings } from '../../../../shared/training/settings.ts';
import { installedEngine } from '../../../files/installedEngine.ts';
import { trainingJob } from '../../fixtures/trainingJob.ts';
import { ResidentRows } from '../../rows.ts';
import { startControl, trainJob } from '../../trainJob.ts';
import { cudnnState, cudnnWords, type RunPrograms } from './cudnn.ts';
import { tensorflowEngine } from './index.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'netwright-cudnn-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));
const notePath = () => join(folder, 'cudnn.json');

type Results = Record<string, Float32Array>;
type Rows = Parameters<typeof trainingJob>[0]['rows'];
/** Kernels that compute in float32 what is right, but for what a test does to it. */
function kernels(harm: (outputs: Results, program: Program, name: string) => void = () => undefined): RunPrograms & { runs: number } {
  const run = async (programs: Readonly<Record<string, Program>>, numbers: Parameters<RunPrograms>[1]) => {
    own.runs += 1;
    return Object.fromEntries(
      Object.entries(programs).map(([name, program]) => {
        const outputs = Object.fromEntries(Object.entries(interpret(program, numbers).outputs).map(([key, { data }]) => [key, Float32Array.from(data)]));
        harm(outputs, program, name);
        return [name, outputs];
      }),
    );
  };
  const own = Object.assign(run, { runs: 0 });
  return own;
}
const has = (program: Program, operation: string) => program.instructions.some((instruction) => instruction.operation === operation);
/** The first number of an output, off by a little. */
const off = (outputs: Results, name: string, by = 1e-3) => {
  const values = outputs[name] as Float32Array;
  values[0] = (values[0] as number) + by;
};

/** Every number with 10 bits of mantissa. */
const rounded = (outputs: Results) => {
  for (const values of Object.values(outputs)) new Uint32Array(values.buffer).forEach((bits, i, all) => void (all[i] = bits & ~0x1fff));
};

describe('cuDNN’s kernels', () => {
  it('are used where LSTM and GRU are right, forward and backward; nothing is noted', async () => {
    const run = kernels();
    const state = await cudnnState(run, folder, '2.21.0');
    expect(state).toEqual({ used: true });
    expect(cudnnWords(state)).toMatch(/run in cuDNN’s kernels; their self-test was right/);
    expect([run.runs, existsSync(notePath())]).toEqual([4, false]);
  });

  it.each([
    [
      'the derivative by the bias of a GRU',
      /gradient 3 of the small GRU is \S+ off/,
      (o: Results, p: Program) => has(p, 'gruGradient') && off(o, 'gradient 3'),
    ],
    ['the cell of an LSTM', /output 2 of the small LSTM/, (o: Results, p: Program) => has(p, 'lstm') && off(o, 'output 2')],
    [
      'what a network predicts',
      /output 0 of the small LSTM.*\(predicting\)/,
      (o: Results, _: Program, name: string) => name === 'predicting' && off(o, 'output 0'),
    ],
    ['a number that is none', /output 1 of the small LSTM is Infinity off/, (o: Results) => off(o, 'output 1', Number.NaN)],
    [
      'factors that are rounded as tensor cores do',
      /of the small LSTM/,
      (o: Results, p: Program) => (p.inputs[0]?.tensor.shape[0] ?? 0) % 8 === 0 && rounded(o),
    ],
    ['an output that is missing', /gradient 0/, (o: Results) => delete o['gradient 0']],
  ])('are refused for %s, in words', async (_, words, harm) => {
    const state = await cudnnState(
      kernels((...given) => void harm(...given)),
      folder,
      '2.21.0',
    );
    expect(state).toEqual({ used: false, reason: expect.stringMatching(words) });
    expect(cudnnWords(state)).toMatch(/run without cuDNN’s kernels, which is slower and just as right: /);
  });

  it('that are in another order of gates than Keras’ are refused', async () => {
    const run: RunPrograms = async (programs, numbers) => {
      const swap = ([first, ...rest]: number[]) => [...rest, first as number];
      const kernel = numbers['kernel'] as NonNullable<(typeof numbers)[string]>;
      return kernels()(programs, { ...numbers, kernel: numericArray(kernel.shape, swap([...kernel.data])) });
    };
    expect(await cudnnState(run, folder, '2.21.0')).toMatchObject({ used: false, reason: expect.stringContaining('LSTM') });
  });

  it('are not tried again after a refusal, until TensorFlow is another', async () => {
    const failing: RunPrograms = () => Promise.reject(new Error("No OpKernel was registered to support Op 'CudnnRNNV3' used by {{node n5}} with\nmore"));
    const reason = "No OpKernel was registered to support Op 'CudnnRNNV3'.";
    expect(await cudnnState(failing, folder, '2.21.0')).toEqual({ used: false, reason });
    const run = kernels();
    expect(await cudnnState(run, folder, '2.21.0')).toEqual({ used: false, reason });
    expect(run.runs).toBe(0);
    expect(await cudnnState(run, folder, '2.22.0')).toEqual({ used: true });
  });

  it('that ended a process are not tried by the next one; a day later they are', async () => {
    const noted: RunPrograms = async () => {
      // What stands there while they are tried: as it would be left.
      const left = JSON.parse(readFileSync(notePath(), 'utf8'));
      throw Object.assign(new Error('here'), { left });
    };
    await cudnnState(noted, folder, '2.21.0');
    const left = { ...JSON.parse(readFileSync(notePath(), 'utf8')), reason: null, process: 2 ** 22 + 1 };
    writeFileSync(notePath(), JSON.stringify(left));
    const run = kernels();
    expect(await cudnnState(run, folder, '2.21.0')).toMatchObject({ used: false, reason: expect.stringContaining('ended in the attempt') });
    writeFileSync(notePath(), JSON.stringify({ ...left, at: Date.now() - 25 * 3600 * 1000 }));
    expect(await cudnnState(run, folder, '2.21.0')).toEqual({ used: true });
    writeFileSync(notePath(), 'half a no');
    expect(await cudnnState(run, folder, '2.21.0')).toEqual({ used: true });
  });

  it('are left alone where a person asks for that', async () => {
    process.env['NETWRIGHT_CUDNN'] = '0';
    try {
      expect(await cudnnState(kernels(), folder, '2.21.0')).toEqual({ used: false, reason: 'NETWRIGHT_CUDNN=0 asks for it.' });
    } finally {
      delete process.env['NETWRIGHT_CUDNN'];
    }
  });
});

const BATCH = 6,
  RATE = 0.1;
const dataset = datasetOf('sine') as DatasetDescriptor;

/** A network that reads the waves, and the losses that three steps of it have. */
function job(kind: string) {
  const network = chain('n', 'Net', [
    ['input', 'in'],
    [kind, 'read', { units: 3 }],
    ['dense', 'answer', { units: 1 }],
  ]);
  const settings = { ...defaultTrainingSettings, optimizer: { id: 'sgd', parameters: { learningRate: RATE } } };
  const programs = (batchSize: number) => compileNetwork({ network, settings, dataset, batchSize });
  const compiled = programs(BATCH);
  const data = compiled.trainStep.inputs.filter(({ role }) => role.kind === 'data');
  const columns = Object.fromEntries(
    data.map(({ name, tensor }) => [name, Float32Array.from({ length: sizeOf(tensor.shape) }, (_, i) => normalAt(name.length, i))]),
  );
  const rows = new ResidentRows({ count: BATCH, columns });
  const shapes = new Map(compiled.trainStep.inputs.map(({ name, tensor }) => [name, tensor.shape]));
  const array = (name: string, values: ArrayLike<number>) => [name, numericArray(shapes.get(name) ?? [], values)] as const;
  let state = Object.fromEntries([...initialState(compiled, 1)].map(([name, values]) => array(name, values)));
  const losses = [1, 2, 3].map((step) => {
    const fed = Object.fromEntries(Object.entries(columns).map(([name, values]) => array(name, values)));
    const { outputs, updates } = interpret(compiled.trainStep, { ...fed, ...state, step, learningRate: RATE });
    state = { ...state, ...updates };
    return outputs['loss']?.data[0] as number;
  });
  const info = Object.fromEntries(Object.entries(columns).map(([name, { length }]) => [name, { size: length / BATCH, dtype: 'float32' } as const]));
  const own = {
    programs,
    uses: [{ program: 'trainStep', batchSize: BATCH }] as const,
    columns: info,
    parts: { train: rows, test: rows },
    randomKey: 1,
    threads: 1,
  };
  return { own, losses, state: initialState(compiled, 1) };
}

const home = process.env['NETWRIGHT_TEST_TENSORFLOW'];
const installed = home ? installedEngine(home) : null;
if (home && installed?.device === 'cpu') {
  describe('TensorFlow that was installed for a card, where there is none', () => {
    const note = () => ({ ...installed, device: 'gpu' as const, addon: relative(folder, join(home, installed.addon)) });
    /** As if the library had found a card: only the kernels are missing. */
    const asGpu = () => tensorflowEngine(folder, note(), undefined, () => true);

    it('is refused before anything is computed, in words', async () => {
      await expect(tensorflowEngine(folder, note()).open(job('lstm').own)).rejects.toMatchObject({
        code: 'device-missing',
        message: expect.stringMatching(/finds none here: .*nvidia-smi.*netwright engines install tensorflow\. ONNX Runtime trains here/),
      });
    });

    it.each(['lstm', 'gru'])('trains a network with %s, and says why without cuDNN', async (kind) => {
      const { own, losses, state } = job(kind);
      const session = await asGpu().open(own);
      expect(session.remark).toMatch(/^LSTM and GRU run without cuDNN’s kernels, .*No OpKernel was registered to support Op 'CudnnRNNV3'\.$/);
      await session.setState(state);
      const batches = losses.map((_, i) => ({ rows: Int32Array.from({ length: BATCH }, (__, row) => row), step: i + 1, learningRate: RATE }));
      const got = await session.trainSteps(batches);
      await session.close();
      for (const [i, loss] of losses.entries()) expect(got[i]?.['loss']?.[0]).toBeCloseTo(loss, 5);
      expect(JSON.parse(readFileSync(notePath(), 'utf8'))).toMatchObject({ reason: expect.stringContaining('No OpKernel') });
    });

    it('trains whole runs, whose record says so', async () => {
      const template = templateOf('sine');
      const rows = generatedDatasets.find(({ descriptor }) => descriptor.id === dataset.id)?.generate() as Rows;
      const settings = { ...template.training, epochs: 1 };
      const made = await trainingJob({ folder, network: template.create()[0] as Network, dataset, rows, settings });
      await trainJob(made, { engine: asGpu(), choice: null }, startControl(made), () => undefined);
      const record = JSON.parse(readFileSync(join(folder, 'record.json'), 'utf8'));
      expect(record).toMatchObject({ engine: 'tensorflow', device: 'gpu', engineRemark: expect.stringMatching(/^LSTM and GRU run without .*No OpKernel/) });
    });

    it('says so in the table too; a network without such layers does not ask, nor does a CPU', async () => {
      expect(await asGpu().remark?.()).toContain('No OpKernel');
      rmSync(notePath(), { force: true });
      const { own } = job('simpleRnn');
      const session = await asGpu().open(own);
      expect([session.remark, existsSync(notePath())]).toEqual([undefined, false]);
      await session.close();
      const onCpu = tensorflowEngine(home, installed);
      expect(await onCpu.remark?.()).toBeNull();
      expect((await onCpu.open(job('gru').own)).remark).toBeUndefined();
    });
  });
} else {
  it('TensorFlow for a CPU is absent here: that its kernels’ absence is said was not tried', () => {
    // Where a folder was named, what lies in it must work.
    expect(home && !installed).toBeFalsy();
  });
}
