// Which metrics a run reports beside its loss. None chosen: the usual ones of the task.

import type { AnyMetric, Task } from '../../shared/training/contracts.ts';
import { usualMetrics } from '../../shared/training/chooseLoss.ts';
import { metricOf, metrics } from '../../shared/training/metrics/index.ts';
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

export function MetricsForm({ settings, task, disabled }: FormProps) {
  const usual: readonly string[] = usualMetrics(task);
  const chosen = settings.metrics.length > 0 ? settings.metrics : usual;
  const fitting = Object.values(metrics as Readonly<Record<string, AnyMetric>>).filter(({ tasks }) => tasks.includes(task));
  const toggle = ({ id, title }: AnyMetric, isOn: boolean) =>
    setTraining(`${title} ${isOn ? 'on' : 'off'}`, { metrics: isOn ? [...chosen, id] : chosen.filter((one) => one !== id) });
  return (
    <Disclosure title={t('Metrics')} aside={chosen.map((id) => t(metrics[id as keyof typeof metrics]?.title ?? id)).join(', ')} className={styles.wide}>
      <div className={styles.form}>
        {fitting.map((metric) => (
          <div key={metric.id} className={styles.wide}>
            <Checkbox value={chosen.includes(metric.id)} onChange={(isOn) => toggle(metric, isOn)} disabled={disabled}>
              {t(metric.title)}
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
