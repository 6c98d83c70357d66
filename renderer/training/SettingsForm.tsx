// How the project's networks are trained. Every change is a step of the document's history and takes effect with the next run.

import type { AnyLoss } from '../../shared/training/contracts.ts';
import { losses } from '../../shared/training/losses/index.ts';
import { optimizerIds, optimizers } from '../../shared/training/optimizers/index.ts';
import type { OptimizerSettings, TrainingSettings } from '../../shared/training/settings.ts';
import { useActiveDataset, useTrainingSettings } from '../state/index.ts';
import { t } from '../text/text.ts';
import { Checkbox } from '../ui/Checkbox.tsx';
import { NumberField } from '../ui/NumberField.tsx';
import { Select } from '../ui/Select.tsx';
import { CallbacksForm } from './CallbacksForm.tsx';
import { ForecastPart } from './ForecastPart.tsx';
import { MetricsForm } from './MetricsForm.tsx';
import { ScheduleForm } from './ScheduleForm.tsx';
import { optionOf } from './optionOf.ts';
import { SettingFields } from './SettingFields.tsx';
import { setTraining } from './setTraining.ts';
import styles from './TrainingDock.module.css';

interface PartProps {
  readonly settings: TrainingSettings;
  readonly disabled: boolean;
}

const isOptimizer = (id: string): id is keyof typeof optimizers => Object.hasOwn(optimizers, id);

function OptimizerParameters({ settings, disabled, level }: PartProps & { readonly level: 'common' | 'advanced' }) {
  const { optimizer } = settings;
  if (!isOptimizer(optimizer.id)) return null;
  return (
    <SettingFields
      level={level}
      definition={optimizers[optimizer.id]}
      parameters={optimizer.parameters}
      onChange={(name, label, value) =>
        setTraining(label.toLowerCase(), {
          optimizer: { ...optimizer, parameters: { ...optimizer.parameters, [name]: value as OptimizerSettings['parameters'][string] } },
        })
      }
      disabled={disabled}
    />
  );
}

function LossForm({ settings, disabled }: PartProps) {
  const definition = (losses as Readonly<Record<string, AnyLoss>>)[settings.loss];
  const parameters = settings.lossParameters ?? {};
  const change = (name: string, label: string, value: string | number | boolean | null) =>
    setTraining(label.toLowerCase(), { lossParameters: { ...parameters, [name]: value } });
  return (
    <>
      <Select
        label={t('Loss')}
        value={settings.loss}
        options={[{ value: 'auto', label: t('Automatic'), help: t('What suits the data and the last activation.') }, ...Object.values(losses).map(optionOf)]}
        onChange={(loss) => setTraining('loss', { loss, lossParameters: undefined })}
        disabled={disabled}
      />
      {definition && <SettingFields level="common" definition={definition} parameters={parameters} onChange={change} disabled={disabled} />}
      {definition && <SettingFields level="advanced" definition={definition} parameters={parameters} onChange={change} disabled={disabled} />}
    </>
  );
}

function DataForm({ settings, disabled }: PartProps) {
  return (
    <>
      <NumberField
        label={t('Validation')}
        value={Number((settings.validationSplit * 100).toPrecision(10))}
        onChange={(percent) => setTraining('validation split', { validationSplit: Number((percent / 100).toPrecision(10)) })}
        min={0}
        max={99}
        step={5}
        unit={t('% of training')}
        disabled={disabled}
      />
      <NumberField
        label={t('Seed')}
        value={settings.seed}
        onChange={(seed) => setTraining('seed', { seed })}
        min={0}
        max={0xffffffff}
        integer
        disabled={disabled}
      />
      <NumberField<number | null>
        label={t('Use only the first')}
        value={settings.limit}
        onChange={(limit) => setTraining('sample limit', { limit })}
        min={1}
        integer
        nullable
        step={1000}
        placeholder={t('all')}
        unit={t('samples')}
        disabled={disabled}
      />
      <Checkbox value={settings.shuffle} onChange={(shuffle) => setTraining(shuffle ? 'shuffling on' : 'shuffling off', { shuffle })} disabled={disabled}>
        {t('Shuffle every epoch')}
      </Checkbox>
    </>
  );
}

/** Steps of a run with these settings, for pictures; a dataset that is not known counts as 10,000 samples. */
function stepsOf({ limit, validationSplit, batchSize, epochs }: TrainingSettings, samples = 10_000): number {
  const trained = Math.max(1, Math.floor(Math.min(limit ?? samples, samples) * (1 - validationSplit)));
  return Math.ceil(trained / batchSize) * epochs;
}

/** `locked` while a run uses the settings: they stay readable. */
export function SettingsForm({ locked }: { readonly locked: boolean }) {
  const settings = useTrainingSettings();
  const dataset = useActiveDataset();
  const part = { settings, disabled: locked };
  return (
    <div className={styles.form} data-settings>
      <Select
        label={t('Optimizer')}
        value={settings.optimizer.id}
        options={optimizerIds.map((id) => optionOf(optimizers[id]))}
        onChange={(id) => setTraining('optimizer', { optimizer: { id, parameters: {} } })}
        disabled={locked}
      />
      <OptimizerParameters {...part} level="common" />
      <NumberField
        label={t('Epochs')}
        value={settings.epochs}
        onChange={(epochs) => setTraining('epochs', { epochs })}
        min={1}
        max={100_000}
        integer
        disabled={locked}
      />
      <NumberField
        label={t('Batch size')}
        value={settings.batchSize}
        onChange={(batchSize) => setTraining('batch size', { batchSize })}
        min={1}
        max={1_000_000}
        integer
        unit={t('samples')}
        disabled={locked}
      />
      <LossForm {...part} />
      <DataForm {...part} />
      <ScheduleForm {...part} totalSteps={stepsOf(settings, dataset?.samples.train)} />
      {dataset && <MetricsForm {...part} task={dataset.task} />}
      <CallbacksForm {...part} />
      <OptimizerParameters {...part} level="advanced" />
      <ForecastPart />
      {locked && <p className={styles.hint}>{t('Locked while the run goes on.')}</p>}
    </div>
  );
}
