// The graphics card as the app meets it: a small training in a process of its own, and that each operation is given to it as a whole, none of it to the
// CPU. Software stands in for a card; that all it computes is right is `npm run conformance:gpu`. Absent where no Vulkan driver is (setup/vulkan.mjs).

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ort from 'onnxruntime-node';
import { describe, expect, it } from 'vitest';
import { createBuilder, operationNamed } from '../../../../../shared/tensor/builder.ts';
import { operationNames, sampleOf } from '../../../../../shared/tensor/samples.ts';
import { emitOnnx } from '../../../../emit/onnx/emit.ts';
import { gpuState } from '../gpu/state.ts';
import { onDevice } from './options.ts';

const driver = process.env['NETWRIGHT_TEST_VULKAN'];
const trainer = fileURLToPath(new URL('../../../child.ts', import.meta.url));

// Counted as skipped, with the reason, where there is none.
describe.skipIf(driver === undefined)(driver === undefined ? 'ABSENT: no Vulkan driver, and no Chromium that brings one' : `on ${driver}`, () => {
  it('the self-test passes in a process of its own', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'netwright-device-'));
    try {
      expect(await gpuState(true, { trainer, folder })).toMatchObject({ state: 'ready', provider: 'webgpu', driver: expect.any(String) });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  describe('computes itself', () => {
    it.each(operationNames)('%s', async (name) => {
      const { inputs, attributes } = sampleOf(name, 0),
        builder = createBuilder();
      const tensors = inputs.map(({ shape, dtype }, i) => builder.input(`in/${i}`, shape, dtype, { kind: 'data' }));
      const results = builder.apply(operationNamed(name), tensors, attributes);
      const model = emitOnnx(builder.build(results.map((tensor, i) => ({ name: `out/${i}`, tensor }))), { forWebGpu: true });
      // Refused where a node would fall to the CPU.
      const strict = { ...onDevice(), extra: { session: { disable_cpu_ep_fallback: '1' } } };
      const session = await ort.InferenceSession.create(model, strict);
      expect(session.outputNames).toHaveLength(results.length);
      await session.release();
    });
  });
});
