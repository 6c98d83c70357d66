// A refusal names another engine only after that engine has done a step of the network.

import { describe, expect, it } from 'vitest';
import { NetwrightError } from '../../shared/lib/errors.ts';
import type { JobOf } from '../../shared/protocol/trainer.ts';
import type { Engine } from './engines/engine.ts';
import { orAskOthers } from './otherEngines.ts';

const job = {} as JobOf<'train'>;
const refusal = (message: string) => new NetwrightError({ kind: 'engine', code: 'unsupported-operation', where: 'erf', message });
const tensorflow = { id: 'tensorflow', device: 'cpu' } as const;
const load = async ({ engine, device }: { engine: string; device: string }) => ({ id: engine, device }) as Engine;
const refuse = async () => {
  throw refusal('TensorFlow has no spelling for the operation “erf”.');
};

describe('a network that an engine cannot do', () => {
  it('names the engine that did a step of it', async () => {
    const asked: string[] = [];
    const attempt = async ({ id }: Engine) => asked.push(id);
    await expect(orAskOthers(job, tensorflow, refuse, { load, attempt })).rejects.toThrow(
      'TensorFlow has no spelling for the operation “erf”. ONNX Runtime on the CPU can: choose it as the engine.',
    );
    expect(asked).toEqual(['onnxruntime']);
  });

  it('says so where the other one cannot either, or does not work here', async () => {
    const attempt = async () => {
      throw refusal('ONNX Runtime has no spelling for the operation “erf”.');
    };
    await expect(orAskOthers(job, tensorflow, refuse, { load, attempt })).rejects.toMatchObject({
      kind: 'engine',
      where: 'erf',
      message: expect.stringContaining('ONNX Runtime on the CPU cannot either: ONNX Runtime has no spelling for the operation “erf”.'),
    });
    const missing = async () => {
      throw new Error('Its library is broken.');
    };
    await expect(orAskOthers(job, tensorflow, refuse, { load: missing, attempt })).rejects.toThrow(
      'Whether ONNX Runtime on the CPU can is not known: Its library is broken.',
    );
  });

  it('on the graphics card asks the CPU too', async () => {
    const asked: string[] = [];
    const attempt = async ({ id, device }: Engine) => asked.push(`${id} ${device}`);
    const unable = async () => {
      throw new NetwrightError({ kind: 'engine', code: 'device-unable', message: 'The GPU cannot.' });
    };
    await expect(orAskOthers(job, { id: 'onnxruntime', device: 'gpu' }, unable, { load, attempt })).rejects.toThrow(
      'The GPU cannot. ONNX Runtime on the CPU can: choose it as the engine.',
    );
    expect(asked).toEqual(['onnxruntime cpu', 'tensorflow auto']);
  });

  it('leaves other errors as they are', async () => {
    const broken = new NetwrightError({ kind: 'data', code: 'rows', message: 'The rows are gone.' });
    const fail = async () => {
      throw broken;
    };
    await expect(orAskOthers(job, tensorflow, fail, { load, attempt: async () => 1 })).rejects.toBe(broken);
  });
});
