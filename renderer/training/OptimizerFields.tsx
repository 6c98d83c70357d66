// The parameters of the chosen optimizer, drawn from its fields: the common ones, or the advanced ones folded.

import type { Field } from '../../shared/lib/fields.ts';
import type { AnyOptimizer } from '../../shared/training/contracts.ts';
import type { OptimizerSettings } from '../../shared/training/settings.ts';
import { Checkbox } from '../ui/Checkbox.tsx';
import { countOf } from '../ui/format.ts';
import { NumberField } from '../ui/NumberField.tsx';
import { Disclosure } from '../ui/Panel.tsx';
import styles from './TrainingDock.module.css';

type Value = OptimizerSettings['parameters'][string];
type AnyField = Field<Value>;

export interface OptimizerFieldsProps {
  readonly definition: AnyOptimizer;
  readonly parameters: OptimizerSettings['parameters'];
  readonly onChange: (name: string, field: AnyField, value: Value) => void;
  readonly disabled: boolean;
  readonly level: 'common' | 'advanced';
}

export function OptimizerFields({ definition, parameters, onChange, disabled, level }: OptimizerFieldsProps) {
  const fields = Object.entries(definition.fields as Readonly<Record<string, AnyField>>);
  const advanced = fields.filter(([, field]) => field.level === 'advanced');
  const changed = advanced.filter(([name, field]) => parameters[name] !== undefined && parameters[name] !== field.default).length;
  const draw = ([name, field]: (typeof fields)[number]) => (
    <Parameter
      key={`${definition.id}.${name}`}
      field={field}
      value={parameters[name] ?? field.default}
      onChange={(value) => onChange(name, field, value)}
      disabled={disabled}
    />
  );
  if (level === 'common') return fields.filter(([, field]) => field.level !== 'advanced').map(draw);
  if (advanced.length === 0) return null;
  return (
    <Disclosure
      title={`More of ${definition.title}`}
      aside={changed === 0 ? `${countOf(advanced.length, 'setting')}, all default` : `${changed} changed`}
      className={styles.wide}
    >
      <div className={styles.form}>{advanced.map(draw)}</div>
    </Disclosure>
  );
}

const isRanged = (field: AnyField): field is Extract<AnyField, { kind: 'number' | 'integer' | 'optionalInteger' | 'optionalNumber' }> =>
  ['number', 'integer', 'optionalInteger', 'optionalNumber'].includes(field.kind);

interface ParameterProps {
  readonly field: AnyField;
  readonly value: Value;
  readonly onChange: (value: Value) => void;
  readonly disabled: boolean;
}

function Parameter({ field, value, onChange, disabled }: ParameterProps) {
  if (field.kind === 'boolean') {
    return (
      <Checkbox value={value === true} onChange={onChange} disabled={disabled}>
        {field.label}
      </Checkbox>
    );
  }
  if (!isRanged(field)) return null;
  return (
    <NumberField<number | null>
      label={field.label}
      value={typeof value === 'number' ? value : null}
      onChange={onChange}
      min={field.min}
      max={field.max}
      exclusiveMin={field.exclusiveMin}
      integer={field.kind === 'integer' || field.kind === 'optionalInteger'}
      nullable={field.kind === 'optionalInteger' || field.kind === 'optionalNumber'}
      placeholder={field.kind === 'optionalInteger' || field.kind === 'optionalNumber' ? 'none' : undefined}
      step={field.kind === 'number' || field.kind === 'optionalNumber' ? 0.1 : 1}
      scale={field.scale}
      unit={field.unit}
      disabled={disabled}
    />
  );
}
