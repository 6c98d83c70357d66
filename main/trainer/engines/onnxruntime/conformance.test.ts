// ONNX Runtime on the CPU against the reference interpreter: every operation, every layer and loss, forward and backward, and a step of every optimizer.

import { describe } from 'vitest';
import { channelBlock } from './channelBlock.ts';
import { proveConvolutions } from '../testing/convolutionConformance.ts';
import { proveLosses, proveMetrics, proveOptimizers } from '../testing/trainingConformance.ts';
import { proveLayers, proveOperations } from '../testing/conformance.ts';
import { proveDrawing } from '../testing/drawnConformance.ts';
import { proveRandomLayers } from '../testing/randomConformance.ts';
import { proveNetworks } from '../testing/networkConformance.ts';
import { proveSessions } from '../testing/sessionConformance.ts';
import { onnxruntimeEngine } from './index.ts';
import { onCpu, runOnnx } from './testing/runOnnx.ts';

const run = runOnnx(onCpu, async () => ({ channelBlock: await channelBlock() }));

describe('operations', () => proveOperations(run, 8));
describe('layers', () => proveLayers(run, 8));
describe('convolutions', () => proveConvolutions(run));
describe('losses', () => proveLosses(run));
describe('metrics', () => proveMetrics(run));
describe('optimizers', () => proveOptimizers(run));
describe('sessions', () => proveSessions(() => onnxruntimeEngine));
describe('layers that draw', () => proveDrawing(() => onnxruntimeEngine));
describe('random layers', () => proveRandomLayers(() => onnxruntimeEngine));
describe('random networks', () => proveNetworks(() => onnxruntimeEngine));
