// The parameters of something that is chosen in the settings (an optimizer, a schedule, a loss, …), drawn from its fields: the common
// ones, or the advanced ones folded.

import { type Field, type Fields, schemaOf } from '../../shared/lib/fields.ts';
import type { Parameters } from '../../shared/training/parameters.ts';
import { tField } from '../text/fields.ts';
import { t } from '../text/text.ts';
import { Checkbox } from '../ui/Checkbox.tsx';
import { countOf } from '../ui/format.ts';
import { NumberField } from '../ui/NumberField.tsx';
import { Disclosure } from '../ui/Panel.tsx';
import { Select } from '../ui/Select.tsx';
import { TextField } from '../ui/TextField.tsx';
import styles from './TrainingDock.module.css';

type Value = Parameters[string];
type AnyField = Field<Value>;

export interface SettingFieldsProps {
  readonly definition: { readonly id: string; readonly title: string; readonly fields: Fields };
  readonly parameters: Parameters;
  readonly onChange: (name: string, label: string, value: Value) => void;
  readonly disabled: boolean;
  readonly level: 'common' | 'advanced';
}

export function SettingFields({ definition, parameters, onChange, disabled, level }: SettingFieldsProps) {
  const fields = Object.entries(definition.fields as Readonly<Record<string, AnyField>>);
  const advanced = fields.filter(([, field]) => field.level === 'advanced');
  const changed = advanced.filter(([name, field]) => parameters[name] !== undefined && parameters[name] !== field.default).length;
  const draw = ([name, field]: (typeof fields)[number]) => (
    <Parameter
      key={`${definition.id}.${name}`}
      field={tField(field)}
      value={parameters[name] === undefined ? field.default : parameters[name]}
      onChange={(value) => onChange(name, field.label, value)}
      disabled={disabled}
    />
  );
  if (level === 'common') return fields.filter(([, field]) => field.level !== 'advanced').map(draw);
  if (advanced.length === 0) return null;
  return (
    <Disclosure
      title={t`More of ${t(definition.title)}`}
      aside={changed === 0 ? t`${countOf(advanced.length, 'setting')}, all default` : t`${changed} changed`}
      className={styles.wide}
    >
      <div className={styles.form}>{advanced.map(draw)}</div>
    </Disclosure>
  );
}

interface ParameterProps {
  readonly field: AnyField;
  readonly value: Value;
  readonly onChange: (value: Value) => void;
  readonly disabled: boolean;
}

type RangedKind = 'number' | 'integer' | 'optionalInteger' | 'optionalNumber';
const ranged: readonly string[] = ['number', 'integer', 'optionalInteger', 'optionalNumber'] satisfies RangedKind[];
const isRanged = (field: AnyField): field is Extract<AnyField, { kind: RangedKind }> => ranged.includes(field.kind);

function Parameter({ field, value, onChange, disabled }: ParameterProps) {
  if (field.kind === 'boolean') {
    return (
      <Checkbox value={value === true} onChange={onChange} disabled={disabled}>
        {field.label}
      </Checkbox>
    );
  }
  if (field.kind === 'choice') {
    return <Select label={field.label} value={String(value)} options={field.choices} onChange={onChange} disabled={disabled} />;
  }
  if (field.kind === 'text') {
    const check = (text: string) =>
      schemaOf({ text: field }).safeParse({ text }).success ? null : t`${field.label} must be ${field.placeholder ?? t('a text')}.`;
    return <TextField label={field.label} value={String(value)} placeholder={field.placeholder} check={check} onChange={onChange} disabled={disabled} />;
  }
  return isRanged(field) ? <Ranged field={field} value={value} onChange={onChange} disabled={disabled} /> : null;
}

function Ranged({ field, value, onChange, disabled }: ParameterProps & { readonly field: Extract<AnyField, { kind: RangedKind }> }) {
  const isWhole = field.kind === 'integer' || field.kind === 'optionalInteger';
  const isOptional = field.kind === 'optionalInteger' || field.kind === 'optionalNumber';
  return (
    <NumberField<number | null>
      label={field.label}
      value={typeof value === 'number' ? value : null}
      onChange={onChange}
      min={field.min}
      max={field.max}
      exclusiveMin={field.exclusiveMin}
      integer={isWhole}
      nullable={isOptional}
      placeholder={isOptional ? t('none') : undefined}
      step={isWhole ? 1 : 0.1}
      scale={field.scale}
      unit={field.unit}
      disabled={disabled}
    />
  );
}
