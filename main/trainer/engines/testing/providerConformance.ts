// All that is proved of a provider of ONNX Runtime on a graphics card, with fewer draws than on the CPU, since a session is slow to open there.

import { describe } from 'vitest';
import type { Engine } from '../engine.ts';
import { proveLayers, proveOperations, type RunProgram } from './conformance.ts';
import { proveConvolutions } from './convolutionConformance.ts';
import { proveSessions } from './sessionConformance.ts';
import { proveLosses, proveMetrics, proveOptimizers } from './trainingConformance.ts';

export function proveProvider(run: RunProgram, engine: () => Engine): void {
  describe('operations', () => proveOperations(run, 2));
  describe('layers', () => proveLayers(run, 1));
  describe('convolutions', () => proveConvolutions(run));
  describe('losses', () => proveLosses(run));
  describe('metrics', () => proveMetrics(run));
  describe('optimizers', () => proveOptimizers(run));
  describe('sessions', () => proveSessions(engine));
}
