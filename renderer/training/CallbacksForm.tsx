// What happens at the end of every epoch: early stopping and its like, each switched on and off, with its parameters.

import type { AnyCallback } from '../../shared/training/contracts.ts';
import { callbacks } from '../../shared/training/callbacks/index.ts';
import type { ChosenSettings, TrainingSettings } from '../../shared/training/settings.ts';
import { t } from '../text/text.ts';
import { Checkbox } from '../ui/Checkbox.tsx';
import { Disclosure } from '../ui/Panel.tsx';
import { SettingFields } from './SettingFields.tsx';
import { setTraining } from './setTraining.ts';
import styles from './TrainingDock.module.css';

interface OneProps {
  readonly definition: AnyCallback;
  readonly all: readonly ChosenSettings[];
  readonly disabled: boolean;
}

const setAll = (label: string, all: readonly ChosenSettings[]): void => setTraining(label, { callbacks: all.length === 0 ? undefined : [...all] });

function One({ definition, all, disabled }: OneProps) {
  const chosen = all.find(({ id }) => id === definition.id);
  const others = all.filter((one) => one !== chosen);
  const word = definition.title.toLowerCase();
  const change = (name: string, _label: string, value: string | number | boolean | null) =>
    chosen &&
    setAll(
      word,
      all.map((one) => (one === chosen ? { ...one, parameters: { ...one.parameters, [name]: value } } : one)),
    );
  return (
    <div className={styles.wide}>
      <Checkbox
        value={chosen !== undefined}
        onChange={(isOn) => setAll(`${word} ${isOn ? 'on' : 'off'}`, isOn ? [...all, { id: definition.id, parameters: {} }] : others)}
        disabled={disabled}
      >
        {t(definition.title)}
      </Checkbox>
      <p className={styles.hint}>{t(definition.help)}</p>
      {chosen && (
        <div className={styles.form}>
          <SettingFields level="common" definition={definition} parameters={chosen.parameters} onChange={change} disabled={disabled} />
          <SettingFields level="advanced" definition={definition} parameters={chosen.parameters} onChange={change} disabled={disabled} />
        </div>
      )}
    </div>
  );
}

export function CallbacksForm({ settings, disabled }: { readonly settings: TrainingSettings; readonly disabled: boolean }) {
  const all = settings.callbacks ?? [];
  return (
    <Disclosure title={t('After every epoch')} aside={all.length === 0 ? t('nothing special') : t`${all.length} on`} className={styles.wide}>
      <div className={styles.form}>
        {Object.values(callbacks as Readonly<Record<string, AnyCallback>>).map((definition) => (
          <One key={definition.id} definition={definition} all={all} disabled={disabled} />
        ))}
      </div>
    </Disclosure>
  );
}
