// How the learning rate changes over a run: the schedule, its parameters, and a picture of what they come to.

import { NetwrightError } from '../../shared/lib/errors.ts';
import type { AnySchedule } from '../../shared/training/contracts.ts';
import { resolveOptimizer } from '../../shared/training/optimizers/index.ts';
import { resolveSchedule, schedules } from '../../shared/training/schedules/index.ts';
import type { TrainingSettings } from '../../shared/training/settings.ts';
import { t } from '../text/text.ts';
import { formatSetting } from '../ui/format.ts';
import { Select } from '../ui/Select.tsx';
import { Sparkline } from '../ui/Sparkline.tsx';
import { optionOf } from './optionOf.ts';
import { SettingFields } from './SettingFields.tsx';
import { setTraining } from './setTraining.ts';
import styles from './TrainingDock.module.css';

const constant = 'constant';
const points = 200;

/** The rates of a run of so many steps, evenly picked; the words of what is wrong where they cannot be told. */
function ratesOf(settings: TrainingSettings, totalSteps: number): number[] | string {
  try {
    const initial = resolveOptimizer(settings.optimizer).parameters['learningRate'] as number;
    const rateOf = resolveSchedule(settings, totalSteps);
    return Array.from({ length: points }, (_, i) => rateOf(1 + Math.round((i * (totalSteps - 1)) / (points - 1)), initial));
  } catch (error) {
    if (error instanceof NetwrightError) return error.message;
    throw error;
  }
}

const rounded = (rate: number): string => formatSetting(Number(rate.toPrecision(3)));

function Picture({ settings, totalSteps }: { readonly settings: TrainingSettings; readonly totalSteps: number }) {
  const rates = ratesOf(settings, totalSteps);
  if (typeof rates === 'string') return <p className={styles.hint}>{t(rates)}</p>;
  const [first, last] = [rates[0] as number, rates.at(-1) as number];
  return (
    <p className={styles.picture}>
      <Sparkline label={t`Learning rate over the run, from ${rounded(first)} to ${rounded(last)}`} values={rates} width={160} height={32} />
      <span>{t`${rounded(first)} to ${rounded(last)}`}</span>
    </p>
  );
}

/** @param totalSteps of a run with these settings */
export function ScheduleForm({
  settings,
  totalSteps,
  disabled,
}: {
  readonly settings: TrainingSettings;
  readonly totalSteps: number;
  readonly disabled: boolean;
}) {
  const { schedule } = settings;
  const definition = (schedules as Readonly<Record<string, AnySchedule>>)[schedule?.id ?? constant];
  const change = (name: string, label: string, value: string | number | boolean | null) =>
    schedule && setTraining(label.toLowerCase(), { schedule: { ...schedule, parameters: { ...schedule.parameters, [name]: value } } });
  return (
    <>
      <Select
        label={t('Learning rate over time')}
        className={styles.wide}
        value={schedule?.id ?? constant}
        options={Object.values(schedules).map(optionOf)}
        onChange={(id) => setTraining('schedule', { schedule: id === constant ? undefined : { id, parameters: {} } })}
        disabled={disabled}
      />
      {schedule && definition && (
        <>
          <Picture settings={settings} totalSteps={totalSteps} />
          <SettingFields level="common" definition={definition} parameters={schedule.parameters} onChange={change} disabled={disabled} />
          <SettingFields level="advanced" definition={definition} parameters={schedule.parameters} onChange={change} disabled={disabled} />
        </>
      )}
    </>
  );
}
