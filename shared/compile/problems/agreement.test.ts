// The compiler's view and the canvas never disagree: what shows no problem compiles and takes a step, what shows one is refused for the same
// reason. Over random networks; NETWRIGHT_SEEDS sets how many. That each engine trains them is main/trainer/engines/testing/networkConformance.ts.

import { expect, test } from 'vitest';
import { NetwrightError } from '../../lib/errors.ts';
import type { Problem } from '../../network/problem.ts';
import { adviceFor, analyze, compileNetwork, objectiveProblems } from '../index.ts';
import { Callbacks } from '../../training/callbacks/index.ts';
import { resolveSchedule } from '../../training/schedules/index.ts';
import { defaultTrainingSettings, type TrainingSettings } from '../../training/settings.ts';
import { splitOf, watchable } from '../../training/split.ts';
import { type RandomCase, randomCase } from '../testing/randomNetworks.ts';
import { randomSettings } from '../testing/randomSettings.ts';

const seeds = Number(process.env['NETWRIGHT_SEEDS'] ?? 200);

/** What stands on the canvas. */
function shown({ network, dataset, settings }: RandomCase): readonly Problem[] {
  const analysis = analyze(network, { dataset, loss: settings.loss });
  const request = { network, analysis, dataset, settings };
  const problems = [...analysis.problems, ...objectiveProblems(request), ...adviceFor(request)];
  return problems.filter(({ severity }) => severity === 'error');
}

/** Everything that a training does before its first step. @throws NetwrightError */
function begin({ network, dataset, settings }: RandomCase): void {
  const { metrics } = compileNetwork({ network, dataset, settings, batchSize: 4 });
  const split = splitOf(settings, dataset.samples.train);
  resolveSchedule(settings, 1);
  new Callbacks(settings).requireWatched(watchable(metrics, split));
}

/** Why it is not trained; null where it is. */
function refusal(one: RandomCase): NetwrightError | null {
  try {
    begin(one);
    return null;
  } catch (thrown) {
    if (thrown instanceof NetwrightError) return thrown;
    throw thrown;
  }
}

/** Over so many cases. @returns how many of them are right */
function agreement(caseOf: (seed: number) => RandomCase): number {
  let right = 0;
  for (let seed = 0; seed < seeds; seed++) {
    const one = caseOf(seed);
    const problems = shown(one);
    const refused = refusal(one);
    const place = `seed ${seed}: ${one.network.nodes.map(({ kind }) => kind).join(', ')}`;
    if (problems.length === 0) right++;
    if (problems.length === 0) expect(refused?.message ?? null, place).toBeNull();
    else {
      expect(refused, `${place}: ${problems.map(({ what }) => what).join(' ')}`).not.toBeNull();
      expect(
        problems.some(({ code, what }) => refused?.code === code || refused?.message.includes(what)),
        `${place}: ${problems[0]?.what} / ${refused?.message}`,
      ).toBe(true);
    }
  }
  return right;
}

test.each([
  ['networks', randomCase],
  ['settings as a file may hold them', (seed: number) => ({ ...rightCase(seed), settings: randomSettings(seed) })],
])(`${seeds} random %s`, { timeout: 60_000 + seeds * 300 }, (_, caseOf) => {
  const right = agreement(caseOf);
  // So that neither half is empty.
  expect(right).toBeGreaterThan(seeds / 5);
  expect(right).toBeLessThan((seeds * 4) / 5);
});

/** A network in which nothing is wrong, now and then with two outputs: a mistake of its own would hide those of the settings. */
function rightCase(seed: number): RandomCase {
  for (let at = seed; ; at += 1_000_003) {
    const one = { ...randomCase(at), settings: defaultTrainingSettings };
    if (shown(one).length === 0) return one;
  }
}

/** The settings after the first repair of each problem in turn; those of the network have no such problems. */
function mended(one: RandomCase, most = 12): readonly Problem[] {
  const problems = shown(one);
  const settings = problems.flatMap(({ repairs }) => repairs.flatMap((repair) => repair.settings ?? []))[0];
  return settings && most > 0 ? mended({ ...one, settings: { ...one.settings, ...settings } as TrainingSettings }, most - 1) : problems;
}

test('every repair of settings leads to a training', { timeout: 60_000 + seeds * 300 }, () => {
  for (let seed = 0; seed < seeds; seed++) {
    const one = { ...rightCase(seed % 20), settings: randomSettings(seed) };
    for (const { what, repairs } of shown(one)) {
      expect(repairs.length, `${seed}: ${what}`).toBeGreaterThan(0);
      for (const { label, settings } of repairs.filter(({ edits }) => edits.length === 0))
        expect(mended({ ...one, settings: { ...one.settings, ...settings } as TrainingSettings }), `${seed}: ${label}`).toEqual([]);
    }
  }
});
