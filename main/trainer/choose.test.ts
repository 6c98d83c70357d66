// Choosing an engine, with measurements made up by the test: what is chosen, what is said, what is remembered. That the measurement itself measures is
// seen in a run.

import { mkdtempSync, rmSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { datasetOf } from '../../shared/datasets/catalogue.ts';
import type { DatasetDescriptor } from '../../shared/datasets/descriptor.ts';
import { chain } from '../../shared/network/templates/template.ts';
import type { JobOf } from '../../shared/protocol/trainer.ts';
import { defaultTrainingSettings, type TrainingSettings } from '../../shared/training/settings.ts';
import { enginesVariable, noteName } from '../files/installedEngine.ts';
import { chooseEngine, type Measure } from './choose.ts';
import type { Engine } from './engines/engine.ts';

let home = '';
const before = process.env[enginesVariable];
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'netwright-choose-'));
  process.env[enginesVariable] = home;
});
afterEach(() => {
  rmSync(home, { recursive: true, force: true });
  if (before === undefined) delete process.env[enginesVariable];
  else process.env[enginesVariable] = before;
});

/** As installed as the choice can see: an engine is loaded only when it is measured. */
async function installTensorflow(): Promise<void> {
  await mkdir(join(home, 'tensorflow'));
  const note = { version: '2.0.0', device: 'cpu', way: 'wheel', addon: 'none.node', installedAt: '2026-01-01T00:00:00Z' };
  await writeFile(join(home, 'tensorflow', noteName), JSON.stringify(note));
  await writeFile(join(home, 'tensorflow', note.addon), '');
}

const network = chain('n', 'Net', [
  ['input', 'in'],
  ['dense', 'answer', { units: 1, activation: 'sigmoid' }],
]);

function jobWith(settings: Partial<TrainingSettings> = {}, more: Partial<JobOf<'train'>> = {}): JobOf<'train'> {
  return {
    task: 'train',
    folder: home,
    runId: 'r',
    project: 'p',
    network,
    settings: { ...defaultTrainingSettings, epochs: 1000, ...settings },
    dataset: datasetOf('spirals') as DatasetDescriptor,
    datasetFingerprint: '',
    train: { count: 12_800, columns: {} },
    test: { count: 0, columns: {} },
    threads: 1,
    appVersion: '0',
    startedAt: '2026-01-01T00:00:00Z',
    fromCheckpoint: false,
    health: false,
    initialWeights: null,
    ...more,
  };
}

/** Seconds a step by engine; one that is not named fails. Counts how often it is asked. */
function measuring(seconds: Readonly<Record<string, number>>): { readonly measure: Measure; readonly asked: string[] } {
  const asked: string[] = [];
  const measure: Measure = async ({ id }) => {
    asked.push(id);
    const own = seconds[id];
    if (own === undefined) throw new Error(`${id} has no spelling for this.`);
    return own;
  };
  return { measure, asked };
}

/** A machine without a graphics card, whatever this one has. */
const noCard = { engine: 'onnxruntime/gpu', reason: 'There is no graphics card here.' };
const choose = (job: JobOf<'train'>, measure?: Measure) => chooseEngine(job, measure, async () => noCard);

describe('an engine is chosen', () => {
  it('without a measurement where only one works, and the other’s reason is said', async () => {
    const { measure, asked } = measuring({});
    const { engine, choice } = await choose(jobWith(), measure);
    expect([engine.id, asked]).toEqual(['onnxruntime', []]);
    expect(choice).toEqual({
      reason: 'ONNX Runtime is the only engine that works here.',
      others: [{ engine: 'tensorflow', reason: expect.stringContaining('netwright engines install tensorflow') }, noCard],
    });
  });

  it('by the settings where they name it', async () => {
    await installTensorflow();
    const { engine, choice } = await choose(jobWith({ engine: 'tensorflow' }));
    expect([engine.id, engine.version, choice]).toEqual(['tensorflow', '2.0.0', null]);
  });

  it('by a measurement, which is remembered for this network and no other', async () => {
    await installTensorflow();
    const { measure, asked } = measuring({ onnxruntime: 0.003, tensorflow: 0.002 });
    const { engine, choice } = await choose(jobWith(), measure);
    expect(engine.id).toBe('tensorflow');
    expect(choice).toEqual({
      reason: 'TensorFlow is quicker on this network: 2 ms a step (measured now).',
      others: [{ engine: 'onnxruntime', reason: 'Slower on this network: 3 ms a step.' }, noCard],
    });
    const again = await choose(jobWith(), measure);
    expect([again.engine.id, again.choice?.reason]).toEqual(['tensorflow', 'TensorFlow is quicker on this network: 2 ms a step (measured before).']);
    expect(asked).toEqual(['onnxruntime', 'tensorflow']);
    await choose(jobWith({ batchSize: 64 }), measure);
    expect(asked).toHaveLength(4);
    await choose(jobWith({}, { appVersion: '0.2' }), measure);
    expect(asked).toHaveLength(6);
  });

  it('after a month by another measurement: the machine may have been busy', async () => {
    await installTensorflow();
    const { measure, asked } = measuring({ onnxruntime: 0.003, tensorflow: 0.002 });
    await choose(jobWith(), measure);
    const path = join(home, 'choices.json');
    const kept = JSON.parse(await readFile(path, 'utf8')) as Record<string, { at: number }>;
    for (const one of Object.values(kept)) one.at -= 31 * 24 * 3600 * 1000;
    await writeFile(path, JSON.stringify(kept));
    await choose(jobWith(), measure);
    expect(asked).toHaveLength(4);
  });

  it('a broken memory is measured anew', async () => {
    await installTensorflow();
    await writeFile(join(home, 'choices.json'), '{');
    const { measure, asked } = measuring({ onnxruntime: 0.002, tensorflow: 0.003 });
    expect((await choose(jobWith(), measure)).engine.id).toBe('onnxruntime');
    expect(asked).toHaveLength(2);
    expect(JSON.parse(await readFile(join(home, 'choices.json'), 'utf8'))).not.toEqual({});
  });

  it('the first for a short run, now and when it is remembered', async () => {
    await installTensorflow();
    const { measure, asked } = measuring({ onnxruntime: 0.003, tensorflow: 0.001 });
    const { engine, choice } = await choose(jobWith({ epochs: 1 }), measure);
    expect([engine.id, asked]).toEqual(['onnxruntime', ['onnxruntime']]);
    expect(choice?.reason).toMatch(/short run: the whole run takes about 1 s on ONNX Runtime/);
    expect((await choose(jobWith(), measure)).engine.id).toBe('tensorflow');
    expect((await choose(jobWith({ epochs: 1 }), measure)).engine.id).toBe('onnxruntime');
  });

  it('the other where one cannot do the network; none is an error in the first one’s words', async () => {
    await installTensorflow();
    const { engine, choice } = await choose(jobWith(), measuring({ tensorflow: 5 }).measure);
    expect([engine.id, choice?.others]).toEqual(['tensorflow', [noCard, { engine: 'onnxruntime', reason: 'onnxruntime has no spelling for this.' }]]);
    expect(choice?.reason).toBe('TensorFlow is the only engine here that can do this network.');
    // Remembered, it is not called slower.
    expect((await choose(jobWith(), measuring({}).measure)).choice?.others).toEqual(choice?.others);
    await expect(choose(jobWith({ batchSize: 32 }), measuring({}).measure)).rejects.toThrow('onnxruntime has no spelling');
  });

  it('as it was where a run goes on', async () => {
    await installTensorflow();
    const choice = { reason: 'It was quicker.', others: [] };
    await writeFile(join(home, 'record.json'), JSON.stringify({ engine: 'tensorflow', choice }));
    expect(await choose(jobWith({}, { fromCheckpoint: true }), measuring({}).measure)).toMatchObject({ engine: { id: 'tensorflow' }, choice });
  });

  it('the graphics card where it is quicker, by a name of its own; it goes on there', async () => {
    const card: Engine = { id: 'onnxruntime', version: '1', device: 'gpu', open: () => Promise.reject(new Error('never opened')) };
    const onCard: Measure = async ({ device }) => (device === 'gpu' ? 0.001 : 0.004);
    const { engine, choice } = await chooseEngine(jobWith(), onCard, async () => card);
    expect(engine).toBe(card);
    expect(choice?.reason).toBe('ONNX Runtime on the GPU is quicker on this network: 1 ms a step (measured now).');
    expect(choice?.others).toContainEqual({ engine: 'onnxruntime', reason: 'Slower on this network: 4 ms a step.' });
    const again = await chooseEngine(jobWith(), measuring({}).measure, async () => card);
    expect([again.engine.device, again.choice?.reason]).toEqual(['gpu', expect.stringContaining('measured before')]);
    expect((await chooseEngine(jobWith({ device: 'cpu' }), measuring({}).measure, async () => card)).engine.device).toBe('cpu');
  });
});
