// How the project's networks are trained. Every change is a step of the document's history and takes effect with the next run.

import { losses } from '../../shared/training/losses/index.ts';
import { optimizerIds, optimizers } from '../../shared/training/optimizers/index.ts';
import type { TrainingSettings } from '../../shared/training/settings.ts';
import { commit, useTrainingSettings } from '../state/index.ts';
import { Checkbox } from '../ui/Checkbox.tsx';
import { NumberField } from '../ui/NumberField.tsx';
import { Select } from '../ui/Select.tsx';
import { OptimizerFields } from './OptimizerFields.tsx';
import styles from './TrainingDock.module.css';

const set = (label: string, settings: Partial<TrainingSettings>): void => commit(`set ${label}`, [{ type: 'setTraining', settings }]);

const isOptimizer = (id: string): id is keyof typeof optimizers => Object.hasOwn(optimizers, id);

/** `locked` while a run uses the settings: they stay readable. */
export function SettingsForm({ locked }: { readonly locked: boolean }) {
  const settings = useTrainingSettings();
  const { optimizer } = settings;
  const definition = isOptimizer(optimizer.id) ? optimizers[optimizer.id] : null;
  const optimizerFields = (level: 'common' | 'advanced') =>
    definition && (
      <OptimizerFields
        level={level}
        definition={definition}
        parameters={optimizer.parameters}
        onChange={(name, field, value) =>
          set(field.label.toLowerCase(), { optimizer: { ...optimizer, parameters: { ...optimizer.parameters, [name]: value } } })
        }
        disabled={locked}
      />
    );
  return (
    <div className={styles.form}>
      <Select
        label="Optimizer"
        value={optimizer.id}
        options={optimizerIds.map((id) => ({ value: id as string, label: optimizers[id].title, help: optimizers[id].help }))}
        onChange={(id) => set('optimizer', { optimizer: { id, parameters: {} } })}
        disabled={locked}
      />
      {optimizerFields('common')}
      <NumberField label="Epochs" value={settings.epochs} onChange={(epochs) => set('epochs', { epochs })} min={1} max={100_000} integer disabled={locked} />
      <NumberField
        label="Batch size"
        value={settings.batchSize}
        onChange={(batchSize) => set('batch size', { batchSize })}
        min={1}
        max={1_000_000}
        integer
        unit="samples"
        disabled={locked}
      />
      <Select
        label="Loss"
        value={settings.loss}
        options={[
          { value: 'auto', label: 'Automatic', help: 'What suits the data and the last activation.' },
          ...Object.values(losses).map((loss) => ({ value: loss.id as string, label: loss.title, help: loss.help })),
        ]}
        onChange={(loss) => set('loss', { loss })}
        disabled={locked}
      />
      <NumberField
        label="Validation"
        value={Number((settings.validationSplit * 100).toPrecision(10))}
        onChange={(percent) => set('validation split', { validationSplit: Number((percent / 100).toPrecision(10)) })}
        min={0}
        max={99}
        step={5}
        unit="% of training"
        disabled={locked}
      />
      <NumberField label="Seed" value={settings.seed} onChange={(seed) => set('seed', { seed })} min={0} max={0xffffffff} integer disabled={locked} />
      <NumberField<number | null>
        label="Use only the first"
        value={settings.limit}
        onChange={(limit) => set('sample limit', { limit })}
        min={1}
        integer
        nullable
        step={1000}
        placeholder="all"
        unit="samples"
        disabled={locked}
      />
      <Checkbox value={settings.shuffle} onChange={(shuffle) => set(shuffle ? 'shuffling on' : 'shuffling off', { shuffle })} disabled={locked}>
        Shuffle every epoch
      </Checkbox>
      {optimizerFields('advanced')}
      {locked && <p className={styles.hint}>Locked while the run goes on.</p>}
    </div>
  );
}
