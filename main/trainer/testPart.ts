// The result on the test part: loss and metrics as the settings name them, and what the task always asks for.

import type { DatasetDescriptor, DatasetPart } from '../../shared/datasets/descriptor.ts';
import type { MetricValues } from '../../shared/protocol/contract.ts';
import type { MeterResults } from '../../shared/training/meter.ts';
import type { EngineSession } from './engines/engine.ts';
import { evaluateRows } from './loop.ts';
import { batchesOf, rowsFrom } from './plan.ts';
import { scoresOf } from './scores.ts';

/** Predictions for every row of the test part, row-major. */
export async function predictTest(session: EngineSession, count: number, batchSize: number, border: () => Promise<void>): Promise<Float32Array> {
  const pieces: Float32Array[] = [];
  for (const batch of batchesOf(rowsFrom(0, count), batchSize)) {
    await border();
    pieces.push(await session.predictStep('test', batch));
  }
  const all = new Float32Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}

/** Null where there is no test part. */
export async function testPart(
  session: EngineSession,
  results: MeterResults,
  dataset: DatasetDescriptor,
  test: DatasetPart,
  batchSize: number,
  border: () => Promise<void>,
): Promise<MetricValues | null> {
  if (test.count === 0) return null;
  const values = await evaluateRows(session, results, 'test', rowsFrom(0, test.count), batchSize, border);
  const wanted = dataset.task === 'numbers' ? ['mae', 'rmse', 'r2'] : ['accuracy'];
  if (wanted.every((key) => key in values)) return values;
  return { ...scoresOf(dataset, test, await predictTest(session, test.count, batchSize, border)), ...values };
}
