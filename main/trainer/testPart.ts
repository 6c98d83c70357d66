// The result on the test part: loss and metrics as the settings name them, and what the task always asks for.

import type { CompiledNetwork, CompiledOutput } from '../../shared/compile/types.ts';
import type { MetricValues } from '../../shared/protocol/contract.ts';
import type { EngineSession, Predictions } from './engines/engine.ts';
import { evaluateRows } from './loop.ts';
import type { LoadedPart } from './parts.ts';
import { batchesAhead, rowsFrom } from './plan.ts';
import { scoreSum, usualScores } from './scores.ts';

/** Predicts every row of the test part, a batch at a time: no more of them is held. @param each given a batch's predictions by output, its first row and its rows */
export async function predictTest(
  session: EngineSession,
  { count, rows }: Pick<LoadedPart, 'count' | 'rows'>,
  batchSize: number,
  border: () => Promise<void>,
  each: (predictions: Predictions, first: number, count: number) => Promise<void> | void,
): Promise<void> {
  for (const batch of batchesAhead(rowsFrom(0, count), batchSize, rows.readAhead?.bind(rows))) {
    await border();
    await each(await session.predictStep('test', batch), batch[0] as number, batch.length);
  }
}

/** Null where there is no test part. */
export async function testPart(
  session: EngineSession,
  compiled: Pick<CompiledNetwork, 'outputs' | 'meters'>,
  test: LoadedPart,
  batchSize: number,
  border: () => Promise<void>,
): Promise<MetricValues | null> {
  if (test.count === 0) return null;
  const { outputs } = compiled;
  const ahead = test.rows.readAhead?.bind(test.rows);
  const values = await evaluateRows(session, compiled.meters, 'test', rowsFrom(0, test.count), batchSize, border, ahead);
  const keyOf = ({ name }: CompiledOutput, key: string) => (outputs.length > 1 ? `${name}_${key}` : key);
  if (outputs.every((output) => usualScores(output.target).every((key) => keyOf(output, key) in values))) return values;
  const sums = outputs.flatMap((output) => {
    const sum = scoreSum(output.target, test);
    return sum ? [{ output, sum }] : [];
  });
  await predictTest(session, test, batchSize, border, (predictions, first, count) => {
    for (const { output, sum } of sums) sum.add(predictions[output.key] as Float32Array, first, count);
  });
  const scores = sums.flatMap(({ output, sum }) => Object.entries(sum.values()).map(([key, value]) => [keyOf(output, key), value] as const));
  return { ...Object.fromEntries(scores), ...values };
}
