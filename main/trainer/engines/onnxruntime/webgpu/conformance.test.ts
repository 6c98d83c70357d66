// ONNX Runtime on a graphics card, or on software in its place, against the reference interpreter: every operation, every layer, loss and metric, a
// step of every optimizer, and whole sessions. Slow on software: run by `npm run conformance:gpu`.

import { beforeAll } from 'vitest';
import { proveProvider } from '../../testing/providerConformance.ts';
import { onnxruntimeOnGpu } from '../gpu/index.ts';
import { runOnnx } from '../testing/runOnnx.ts';
import { holdDevice } from './device.ts';
import { onDevice } from './options.ts';

beforeAll(holdDevice);

proveProvider(
  runOnnx(onDevice(), () => ({ forWebGpu: true })),
  () => onnxruntimeOnGpu('webgpu'),
);
