// Which metrics a run reports beside its loss. None chosen: the usual ones of the task.

import type { Task } from '../../shared/training/contracts.ts';
import { usualMetrics } from '../../shared/training/chooseLoss.ts';
import { type ChosenMetric, metricIds, metricOf, metrics } from '../../shared/training/metrics/index.ts';
import type { TrainingSettings } from '../../shared/training/settings.ts';
import { t } from '../text/text.ts';
import { Checkbox } from '../ui/Checkbox.tsx';
import { Disclosure } from '../ui/Panel.tsx';
import { SettingFields } from './SettingFields.tsx';
import { setTraining } from './setTraining.ts';
import styles from './TrainingDock.module.css';

interface FormProps {
  readonly settings: TrainingSettings;
  readonly task: Task;
  readonly disabled: boolean;
}

/** A metric by its name; which one where there are several of a kind, as files of Keras may have them. */
function titleOf(id: string): string {
  const kind = id.replace(/_\d+$/, '');
  if (!Object.hasOwn(metrics, kind)) return id;
  const { title, number } = metricOf(id);
  return number === 0 ? t(title) : `${t(title)} ${number + 1}`;
}

/** Those that say something about the task, each followed by the further ones of its kind. */
function fittingTo(task: Task, chosen: readonly string[]): ChosenMetric[] {
  const further = chosen.filter((id) => id !== metrics[id as keyof typeof metrics]?.id && titleOf(id) !== id).map(metricOf);
  const all = metricIds.map(metricOf).filter(({ tasks }) => tasks.includes(task));
  return all.flatMap((metric) => [metric, ...further.filter(({ kind }) => kind === metric.kind)]);
}

export function MetricsForm({ settings, task, disabled }: FormProps) {
  const usual: readonly string[] = usualMetrics(task);
  const chosen = settings.metrics.length > 0 ? settings.metrics : usual;
  const toggle = ({ id, title }: ChosenMetric, isOn: boolean) =>
    setTraining(`${title} ${isOn ? 'on' : 'off'}`, { metrics: isOn ? [...chosen, id] : chosen.filter((one) => one !== id) });
  return (
    <Disclosure title={t('Metrics')} aside={chosen.map(titleOf).join(', ')} className={styles.wide}>
      <div className={styles.form}>
        {fittingTo(task, chosen).map((metric) => (
          <div key={metric.id} className={styles.wide}>
            <Checkbox value={chosen.includes(metric.id)} onChange={(isOn) => toggle(metric, isOn)} disabled={disabled}>
              {titleOf(metric.id)}
            </Checkbox>
            <p className={styles.hint}>{t(metric.help)}</p>
            {chosen.includes(metric.id) && <Parameters id={metric.id} settings={settings} disabled={disabled} />}
          </div>
        ))}
      </div>
    </Disclosure>
  );
}

function Parameters({ id, settings, disabled }: { readonly id: string; readonly settings: TrainingSettings; readonly disabled: boolean }) {
  const { metricParameters = {} } = settings;
  const change = (name: string, label: string, value: string | number | boolean | null) =>
    setTraining(label.toLowerCase(), { metricParameters: { ...metricParameters, [id]: { ...metricParameters[id], [name]: value } } });
  const given = metricParameters[id] ?? {};
  const definition = metricOf(id);
  return (
    <div className={styles.form}>
      <SettingFields level="common" definition={definition} parameters={given} onChange={change} disabled={disabled} />
      <SettingFields level="advanced" definition={definition} parameters={given} onChange={change} disabled={disabled} />
    </div>
  );
}
