// ONNX Runtime on a graphics card, or on software in its place, against the reference interpreter: every operation, every layer, loss and metric, a
// step of every optimizer, and whole sessions. Slow on software: run by `npm run conformance:gpu`.

import { beforeAll, describe } from 'vitest';
import { proveConvolutions } from '../../testing/convolutionConformance.ts';
import { proveLayers, proveOperations } from '../../testing/conformance.ts';
import { proveSessions } from '../../testing/sessionConformance.ts';
import { proveLosses, proveMetrics, proveOptimizers } from '../../testing/trainingConformance.ts';
import { onnxruntimeOnGpu } from '../gpu/index.ts';
import { runOnnx } from '../testing/runOnnx.ts';
import { holdDevice } from './device.ts';
import { onDevice } from './options.ts';

const run = runOnnx(onDevice(), () => ({ forWebGpu: true }));

beforeAll(holdDevice);

describe('operations', () => proveOperations(run, 2));
describe('layers', () => proveLayers(run, 1));
describe('convolutions', () => proveConvolutions(run));
describe('losses', () => proveLosses(run));
describe('metrics', () => proveMetrics(run));
describe('optimizers', () => proveOptimizers(run));
describe('sessions', () => proveSessions(() => onnxruntimeOnGpu('webgpu')));
