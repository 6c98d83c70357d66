// The result on the test part: loss and metrics as the settings name them, and what the task always asks for.

import type { CompiledNetwork, CompiledOutput } from '../../shared/compile/types.ts';
import type { DatasetPart } from '../../shared/datasets/descriptor.ts';
import type { MetricValues } from '../../shared/protocol/contract.ts';
import type { EngineSession, Predictions } from './engines/engine.ts';
import { evaluateRows } from './loop.ts';
import { batchesOf, rowsFrom } from './plan.ts';
import { scoresOf, usualScores } from './scores.ts';

function joined(pieces: readonly Float32Array[]): Float32Array {
  const all = new Float32Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}

/** What each output gives for every row of the test part, row-major, by its key. */
export async function predictTest(
  session: EngineSession,
  { outputs }: Pick<CompiledNetwork, 'outputs'>,
  count: number,
  batchSize: number,
  border: () => Promise<void>,
): Promise<Predictions> {
  const pieces: Predictions[] = [];
  for (const batch of batchesOf(rowsFrom(0, count), batchSize)) {
    await border();
    pieces.push(await session.predictStep('test', batch));
  }
  return Object.fromEntries(outputs.map(({ key }) => [key, joined(pieces.map((piece) => piece[key] as Float32Array))]));
}

/** Null where there is no test part. */
export async function testPart(
  session: EngineSession,
  compiled: Pick<CompiledNetwork, 'outputs' | 'meters'>,
  test: DatasetPart,
  batchSize: number,
  border: () => Promise<void>,
): Promise<MetricValues | null> {
  if (test.count === 0) return null;
  const { outputs } = compiled;
  const values = await evaluateRows(session, compiled.meters, 'test', rowsFrom(0, test.count), batchSize, border);
  const keyOf = ({ name }: CompiledOutput, key: string) => (outputs.length > 1 ? `${name}_${key}` : key);
  if (outputs.every((output) => usualScores(output.target).every((key) => keyOf(output, key) in values))) return values;
  const predictions = await predictTest(session, compiled, test.count, batchSize, border);
  const scores = outputs.flatMap((output) =>
    Object.entries(scoresOf(output.target, test, predictions[output.key] as Float32Array)).map(([key, value]) => [keyOf(output, key), value] as const),
  );
  return { ...Object.fromEntries(scores), ...values };
}
