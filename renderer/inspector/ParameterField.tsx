// One parameter's control, drawn from its description. Knows kinds of fields, no layer.

import { Link2, Link2Off, RotateCcw } from 'lucide-react';
import { type ReactNode, useId, useState } from 'react';
import { Slider, SliderThumb, SliderTrack } from 'react-aria-components';
import { type Field, type Nested, nestedOfShort, type Short, shortOf } from '../../shared/lib/fields.ts';
import { endGesture } from '../state/index.ts';
import { tField } from '../text/fields.ts';
import { t, within } from '../text/text.ts';
import { Switch } from '../ui/Checkbox.tsx';
import { formatBound } from '../ui/format.ts';
import { IconButton } from '../ui/IconButton.tsx';
import { NumberField } from '../ui/NumberField.tsx';
import { Segmented } from '../ui/Segmented.tsx';
import { Select } from '../ui/Select.tsx';
import { TextField } from '../ui/TextField.tsx';
import { CurveChoice } from './CurveChoice.tsx';
import styles from './Inspector.module.css';
import { parseShape, shapeFault, showShape } from './shapeText.ts';

type AnyField = Field<unknown>;
type Of<K extends AnyField['kind']> = Extract<AnyField, { kind: K }>;
interface ControlProps<F extends AnyField = AnyField> {
  readonly field: F;
  readonly value: unknown;
  readonly fault: string | null;
  /** `undefined` goes back to the default. */
  readonly onChange: (value: unknown) => void;
  /** Of the control that the row's words belong to. */
  readonly id?: string;
}
export interface ParameterFieldProps extends ControlProps {
  /** Several layers are set at once, and they do not agree. */
  readonly mixed?: boolean;
}

/** A row: label left, control right, and the way back to the default once it was changed. */
function Row({
  field,
  control,
  changed,
  onReset,
  wide,
  fault,
  mixed,
  children,
}: {
  readonly field: AnyField;
  /** The switch that a press on the words turns; other controls are pressed themselves. */
  readonly control: string | undefined;
  readonly changed: boolean;
  readonly onReset: () => void;
  readonly wide?: boolean;
  readonly fault?: string | null;
  readonly mixed?: boolean;
  readonly children: ReactNode;
}) {
  return (
    <div className={wide ? styles.wideRow : styles.row}>
      <span className={styles.label} title={[field.help, rangeOf(field)].filter(Boolean).join('\n')}>
        {control === undefined ? (
          field.label
        ) : (
          <label className={styles.word} htmlFor={control}>
            {field.label}
          </label>
        )}
        {mixed && <small className={styles.mixed}>{t('differs')}</small>}
        {changed && (
          <IconButton
            className={styles.reset}
            size="small"
            label={t`Reset ${within(field.label)} to ${shown(field.default)}`}
            icon={<RotateCcw />}
            onPress={onReset}
          />
        )}
      </span>
      <div className={styles.control}>
        {children}
        {fault != null && <p className={styles.fault}>{fault}</p>}
      </div>
    </div>
  );
}

/** `1 to 4,096`: what a number may be. */
function rangeOf(field: AnyField): string | null {
  if (!('min' in field || 'max' in field)) return null;
  const { min, max } = field as { readonly min?: number; readonly max?: number };
  if (min === undefined && max === undefined) return null;
  if (min === undefined) return t`At most ${formatBound(max ?? 0)}.`;
  return max === undefined ? t`At least ${formatBound(min)}.` : t`${formatBound(min)} to ${formatBound(max)}.`;
}

function shown(value: unknown): string {
  if (value === null) return t('automatic');
  if (typeof value === 'boolean') return value ? t('on') : t('off');
  if (typeof value === 'object' && 'kind' in value) return String(value.kind);
  return Array.isArray(value) ? value.join(' × ') : String(value);
}

type RangedField = Of<'integer' | 'number' | 'optionalInteger' | 'optionalNumber'>;

function NumberControl({ field, value, fault, onChange }: ControlProps<RangedField>) {
  const isInteger = field.kind === 'integer' || field.kind === 'optionalInteger';
  const rules = {
    min: field.min,
    max: field.max,
    exclusiveMin: field.exclusiveMin,
    integer: isInteger,
    nullable: field.kind === 'optionalInteger' || field.kind === 'optionalNumber',
  };
  const step = isInteger ? 1 : field.max !== undefined && field.max <= 1 ? 0.05 : 0.1;
  const number = (
    <NumberField<number | null>
      label={field.label}
      labels="hidden"
      value={value as number | null}
      onChange={onChange}
      {...rules}
      step={step}
      scale={field.scale}
      unit={field.unit}
      error={fault}
      placeholder={field.kind === 'optionalInteger' ? t('automatic') : field.kind === 'optionalNumber' ? t('none') : undefined}
    />
  );
  const sliderMax = field.sliderMax ?? (field.max !== undefined && field.max <= 1 ? field.max : undefined);
  if (sliderMax === undefined || typeof value !== 'number') return number;
  return (
    <div className={styles.slider}>
      <SliderBar field={field} value={value} max={sliderMax} step={isInteger ? 1 : 0.01} onChange={onChange} />
      {number}
    </div>
  );
}

/** Powers are easier to hit: the slider's middle stands for a tenth of its end where numbers are large. */
const curve = (max: number) => (max > 64 ? 2 : 1);

function SliderBar({
  field,
  value,
  max,
  step,
  onChange,
}: {
  readonly field: RangedField;
  readonly value: number;
  readonly max: number;
  readonly step: number;
  readonly onChange: (value: number) => void;
}) {
  const min = field.min ?? 0;
  const [dragged, setDragged] = useState<number | null>(null);
  const toShare = (number: number) => Math.max(0, Math.min(1, (number - min) / (max - min))) ** (1 / curve(max)) * 1000;
  const fromShare = (share: number) => Math.round((min + (share / 1000) ** curve(max) * (max - min)) / step) * step;
  const rounded = (share: number) => Number(fromShare(share).toFixed(4));
  return (
    <Slider
      aria-label={t`${field.label}, slider`}
      className={styles.sliderBar}
      minValue={0}
      maxValue={1000}
      step={curve(max) > 1 ? 1 : (1000 * step) / (max - min)}
      value={toShare(dragged ?? value)}
      onChange={(share) => {
        setDragged(rounded(share as number));
        if (rounded(share as number) !== value) onChange(rounded(share as number));
      }}
      onChangeEnd={() => {
        setDragged(null);
        endGesture();
      }}
    >
      <SliderTrack className={styles.track}>
        {({ state }) => (
          <>
            <span className={styles.filled} style={{ width: `${state.getThumbPercent(0) * 100}%` }} />
            <SliderThumb className={styles.thumb} />
          </>
        )}
      </SliderTrack>
    </Slider>
  );
}

type Pair = readonly [number, number];

function PairControl({ field, value, fault, onChange }: ControlProps<Of<'pair' | 'optionalPair'>>) {
  const pair = value as Pair | null;
  const [linked, setLinked] = useState(pair === null || pair[0] === pair[1]);
  const rules = { min: field.min, max: field.max, integer: true, nullable: field.kind === 'optionalPair' };
  const set = (place: 0 | 1, next: number | null) => {
    if (next === null) return onChange(null);
    const other = pair?.[place === 0 ? 1 : 0] ?? next;
    onChange(linked ? [next, next] : place === 0 ? [next, other] : [other, next]);
  };
  const part = (place: 0 | 1, name: string) => (
    <NumberField<number | null>
      label={`${field.label}, ${name}`}
      labels="hidden"
      value={pair?.[place] ?? null}
      onChange={(next) => set(place, next)}
      onPair={(next) => {
        setLinked(next[0] === next[1]);
        onChange([...next]);
      }}
      {...rules}
      placeholder={field.kind === 'optionalPair' ? t('auto') : undefined}
      error={place === 0 ? fault : null}
    />
  );
  return (
    <div className={styles.pair}>
      {part(0, t('rows'))}
      <span className={styles.by}>×</span>
      {part(1, t('columns'))}
      <IconButton
        className={linked ? styles.linked : undefined}
        size="small"
        label={linked ? t('Set rows and columns apart') : t('Keep rows and columns equal')}
        pressed={linked}
        icon={linked ? <Link2 /> : <Link2Off />}
        onPress={() => setLinked(!linked)}
      />
    </div>
  );
}

function ShapeControl({ field, value, onChange }: ControlProps<Of<'shape'>>) {
  return (
    <TextField
      label={field.label}
      labels="hidden"
      value={showShape(value as readonly number[] | null)}
      placeholder={field.nullable ? t('automatic') : t('for example 28 × 28 × 1')}
      check={(text) => shapeFault(field, text)}
      onChange={(text) => onChange(parseShape(text))}
    />
  );
}

/** Whether all words stand side by side in a field: about so many letters, where each segment has air around it. */
const segmentsFit = (choices: Of<'choice'>['choices']): boolean => choices.reduce((sum, { label }) => sum + label.length + 3, 0) <= 30;

function ChoiceControl({ field, value, onChange }: ControlProps<Of<'choice'>>) {
  const current = String(value);
  if (field.look === 'segments' && segmentsFit(field.choices))
    return <Segmented fill label={field.label} value={current} options={field.choices} onChange={onChange} />;
  return <Select label={field.label} labels="hidden" value={current} options={field.choices} onChange={onChange} />;
}

/** The choice of a kind, and a form for what belongs to it: the common fields, and the others on demand. */
function NestedControl({ field, value, onChange }: ControlProps<Of<'nested'>>) {
  const { kind, parameters } = nestedOfShort(value as Short);
  const fields = Object.entries(field.fieldsOf(kind));
  const set = (next: Nested) => onChange(field.short ? shortOf(next) : next);
  const rows = (level: 'common' | 'advanced') =>
    fields
      .filter(([, inner]) => (inner.level ?? 'common') === level)
      .map(([name, inner]) => (
        <ParameterField
          key={`${kind}/${name}`}
          field={inner}
          value={Object.hasOwn(parameters, name) ? parameters[name] : inner.default}
          fault={null}
          onChange={(next) => set({ kind, parameters: changed(parameters, name, next) })}
        />
      ));
  const advanced = rows('advanced');
  // Choosing another kind is a step of its own, not part of what is typed after it.
  const choose = (next: string) => {
    set({ kind: next, parameters: {} });
    endGesture();
  };
  const kinds = <Select label={field.label} labels="hidden" value={kind} options={field.choices} onChange={choose} />;
  if (fields.length === 0) return kinds;
  return (
    <fieldset className={styles.nested} aria-label={t`${field.label} inside`}>
      {kinds}
      {rows('common')}
      {advanced.length > 0 && (
        <details>
          <summary>{t`${advanced.length} more settings`}</summary>
          {advanced}
        </details>
      )}
    </fieldset>
  );
}

/** With one parameter set, or taken out so that its default holds. */
function changed(parameters: Nested['parameters'], name: string, value: unknown): Nested['parameters'] {
  const { [name]: _, ...others } = parameters;
  return value === undefined ? others : { ...others, [name]: value };
}

function Control(props: ControlProps) {
  const { field } = props;
  switch (field.kind) {
    case 'integer':
    case 'number':
    case 'optionalInteger':
    case 'optionalNumber':
      return <NumberControl {...props} field={field} />;
    case 'boolean':
      return <Switch id={props.id} label={field.label} value={props.value === true} onChange={props.onChange} />;
    case 'text':
      return <TextField label={field.label} labels="hidden" value={String(props.value)} placeholder={field.placeholder} onChange={props.onChange} />;
    case 'pair':
    case 'optionalPair':
      return <PairControl {...props} field={field} />;
    case 'shape':
      return <ShapeControl {...props} field={field} />;
    case 'nested':
      return <NestedControl {...props} field={field} />;
    case 'choice':
      return field.look === 'curves' ? (
        <CurveChoice label={field.label} value={String(props.value)} choices={field.choices} onChange={props.onChange} />
      ) : (
        <ChoiceControl {...props} field={field} />
      );
  }
}

/** Numbers and choices say a fault themselves; for the rest it stands below. */
const saysItself = (field: AnyField) => ['integer', 'number', 'optionalInteger', 'optionalNumber', 'pair', 'optionalPair'].includes(field.kind);

export function ParameterField(props: ParameterFieldProps) {
  const { value, fault, onChange, mixed } = props;
  const field = tField(props.field);
  const id = useId();
  const isChanged = JSON.stringify(value) !== JSON.stringify(field.default);
  const wide =
    (field.kind === 'nested' && Object.keys(field.fieldsOf(nestedOfShort(value as Short).kind)).length > 0) ||
    (field.kind === 'choice' && field.look === 'curves');
  return (
    <Row
      field={field}
      control={field.kind === 'boolean' ? id : undefined}
      changed={isChanged || mixed === true}
      onReset={() => onChange(undefined)}
      wide={wide}
      fault={saysItself(field) ? null : fault}
      mixed={mixed}
    >
      <Control {...props} field={field} id={id} />
    </Row>
  );
}
