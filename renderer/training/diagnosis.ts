// What is wrong with the layers of a network, in words: the worst first, with what helps. Pure.

import type { ShownHealth } from '../state/index.ts';
import { t } from '../text/text.ts';
import { formatCount, formatPercent } from '../ui/format.ts';

export type NamedHealth = ShownHealth & { readonly id: string; readonly name: string };
export interface Diagnosis {
  readonly tone: 'bad' | 'warn';
  readonly title: string;
  readonly rest: string;
}

const byGradient = (a: NamedHealth, b: NamedHealth): number => a.gradient - b.gradient;

function exploding(largest: NamedHealth): Diagnosis | null {
  if (largest.verdict.gradient === 'healthy' || largest.smaller > 1) return null;
  return {
    tone: largest.verdict.gradient === 'ill' ? 'bad' : 'warn',
    title: t('Exploding gradients'),
    rest: t`The gradient of ${largest.name} is so large that a step throws its weights about. A smaller learning rate, clipped gradients (an advanced setting of the optimizer) or normalization between the layers help.`,
  };
}

function vanishing(smallest: NamedHealth, largest: NamedHealth): Diagnosis | null {
  if (smallest.verdict.gradient === 'healthy') return null;
  const isBad = smallest.verdict.gradient === 'ill';
  if (smallest.gradient === 0)
    return {
      tone: 'bad',
      title: t('No gradient'),
      rest: t`No gradient reaches ${smallest.name}: it does not learn. Either all of its units have died, or what follows it gives the same for every sample.`,
    };
  return {
    tone: isBad ? 'bad' : 'warn',
    title: isBad ? t('Vanishing gradients') : t('Gradients become small'),
    rest: t`The gradient of ${smallest.name} is ${formatCount(Number(smallest.smaller.toPrecision(2)))} times smaller than that of ${largest.name}, so it hardly learns. A sigmoid passes on a quarter of a gradient at most: ReLU instead, normalization between the layers, or residual connections help.`,
  };
}

function still(layers: readonly NamedHealth[]): Diagnosis | null {
  const [worst] = layers.toSorted((a, b) => b.still - a.still);
  if (!worst || worst.verdict.activation === 'healthy') return null;
  return {
    tone: worst.verdict.activation === 'ill' ? 'bad' : 'warn',
    title: t('Units that stand still'),
    rest: t`${formatPercent(worst.still, 0)} of the units of ${worst.name} give the same for every sample. With ReLU they have died: a smaller learning rate, leaky ReLU or ELU help. With sigmoid or tanh they are at their limits: smaller inputs or normalization help.`,
  };
}

/** The first of what is wrong; null where all layers do well. */
export function diagnosisOf(layers: readonly NamedHealth[]): Diagnosis | null {
  const sorted = layers.toSorted(byGradient);
  const [smallest, largest] = [sorted[0], sorted.at(-1)];
  if (!smallest || !largest) return null;
  return exploding(largest) ?? vanishing(smallest, largest) ?? still(layers);
}
