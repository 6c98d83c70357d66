// The compiler's view and the canvas never disagree: what shows no problem compiles and takes a step, what shows one is refused for the same
// reason. Over random networks; NETWRIGHT_SEEDS sets how many. That each engine trains them is main/trainer/engines/testing/networkConformance.ts.

import { expect, test } from 'vitest';
import { NetwrightError } from '../lib/errors.ts';
import type { Problem } from '../network/problem.ts';
import { adviceFor, analyze, compileNetwork, objectiveProblems } from './index.ts';
import { type RandomCase, randomCase } from './testing/randomNetworks.ts';

const seeds = Number(process.env['NETWRIGHT_SEEDS'] ?? 200);

/** What stands on the canvas. */
function shown({ network, dataset, settings }: RandomCase): readonly Problem[] {
  const analysis = analyze(network, { dataset, loss: settings.loss });
  const request = { network, analysis, dataset, settings };
  const problems = [...analysis.problems, ...objectiveProblems(request), ...adviceFor(request)];
  return problems.filter(({ severity }) => severity === 'error');
}

/** Why it is not trained; null where it is. */
function refusal({ network, dataset, settings }: RandomCase): NetwrightError | null {
  try {
    compileNetwork({ network, dataset, settings, batchSize: 4 });
    return null;
  } catch (thrown) {
    if (thrown instanceof NetwrightError) return thrown;
    throw thrown;
  }
}

test(`${seeds} random networks`, { timeout: 60_000 + seeds * 300 }, () => {
  let right = 0;
  for (let seed = 0; seed < seeds; seed++) {
    const one = randomCase(seed);
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
  // So that neither half is empty.
  expect(right).toBeGreaterThan(seeds / 5);
  expect(right).toBeLessThan((seeds * 4) / 5);
});
