// Earlier runs of the same network, laid over the curves of the one that is shown: what each is called, how its settings differ, what is drawn
// of it. From records alone.

import type { RunRecord, RunSnapshot } from '../../shared/protocol/contract.ts';
import { meaningOf } from '../../shared/network/meaning.ts';
import { losses } from '../../shared/training/losses/index.ts';
import { schedules } from '../../shared/training/schedules/index.ts';
import type { TrainingSettings } from '../../shared/training/settings.ts';
import { t, within } from '../text/text.ts';
import { countOf, formatPercent, formatSetting } from '../ui/format.ts';
import { batchCurve, type ChartAxis, type Curve, epochCurve, learningRateOf, optimizerTitle } from './runData.ts';

/** A run with its number among those of its network, from 1 in the order of their starts. */
export interface NumberedRun {
  readonly run: RunSnapshot;
  readonly number: number;
}
export interface LaidRun extends NumberedRun {
  /** The token of its hue. */
  readonly colour: string;
}

/** More lines than these cannot be told apart. */
export const mostLaid = 4;

const titleOf = (list: Readonly<Record<string, { readonly title: string }>>, id: string): string => list[id]?.title ?? id;
const scheduleWords = ({ schedule }: TrainingSettings): string => within(titleOf(schedules, schedule?.id ?? 'constant'));
const validationWords = ({ validationSplit }: TrainingSettings): string =>
  validationSplit > 0 ? t`${formatPercent(validationSplit, 0)} validation` : t('no validation');
const lossWords = ({ loss }: TrainingSettings): string => (loss === 'auto' ? t('loss chosen automatically') : t(titleOf(losses, loss)));

/** What tells two runs apart, by what is written of it; whatever has no words of its own is named as a whole. */
const told: readonly { readonly of: (settings: TrainingSettings) => unknown; readonly words: (settings: TrainingSettings) => string }[] = [
  { of: ({ optimizer }) => optimizer.id, words: ({ optimizer }) => optimizerTitle(optimizer.id) },
  { of: learningRateOf, words: (settings) => t`learning rate ${formatSetting(learningRateOf(settings) ?? Number.NaN)}` },
  { of: ({ optimizer: { parameters } }) => ({ ...parameters, learningRate: null }), words: () => t('other settings of the optimizer') },
  { of: ({ schedule }) => schedule, words: (settings) => t`rate over time: ${scheduleWords(settings)}` },
  { of: ({ batchSize }) => batchSize, words: ({ batchSize }) => t`batch ${batchSize}` },
  { of: ({ epochs }) => epochs, words: ({ epochs }) => countOf(epochs, 'epoch') },
  { of: ({ loss, lossParameters }) => [loss, lossParameters], words: lossWords },
  { of: ({ validationSplit }) => validationSplit, words: validationWords },
  { of: ({ limit }) => limit, words: ({ limit }) => (limit === null ? t('all samples') : t`first ${countOf(limit, 'sample')}`) },
  { of: ({ callbacks }) => callbacks ?? [], words: () => t('other work after every epoch') },
  { of: ({ classWeights }) => classWeights, words: () => t('other weights of classes') },
  { of: ({ shuffle }) => shuffle, words: ({ shuffle }) => (shuffle ? t('shuffled') : t('not shuffled')) },
  { of: ({ seed }) => seed, words: ({ seed }) => t`seed ${seed}` },
];

const differs = (a: unknown, b: unknown): boolean => JSON.stringify(a) !== JSON.stringify(b);

/** How a run was set otherwise than the one that is shown: `learning rate 0.01, batch 32`. */
export function differenceWords(shown: RunRecord, other: RunRecord): string {
  const settings = told.filter(({ of }) => differs(of(shown.settings), of(other.settings))).map(({ words }) => words(other.settings));
  const network = differs(meaningOf(shown.network), meaningOf(other.network)) ? [t('other layers')] : [];
  const data = shown.dataset === other.dataset ? [] : [t('other data')];
  const all = [...network, ...data, ...settings];
  return all.length === 0 ? t('same settings') : all.join(', ');
}

/** What is compared of each run: validation where both have it, else training. */
export const isValidated = (runs: readonly RunSnapshot[]): boolean => runs.every(({ record }) => (record?.samples.validation ?? 0) > 0);

/** The one line of a laid run for a metric. */
export const laidCurve = ({ run }: NumberedRun, key: string, axis: ChartAxis, smoothing: number, validated: boolean): Curve =>
  validated ? epochCurve(run, `val_${key}`, axis) : batchCurve(run, key, axis, smoothing);
