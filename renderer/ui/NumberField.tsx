// A field for one number. It takes effect on Enter or when it is left, steps with the arrow keys, and says what is wrong below itself.

import { type KeyboardEvent, type ReactNode, useId, useState } from 'react';
import { cx } from './classes.ts';
import styles from './Field.module.css';
import { FieldFrame } from './FieldFrame.tsx';
import { formatSetting } from './format.ts';
import { type NumberRule, parseNumber, parsePair, stepNumber } from './parseNumber.ts';

export interface NumberFieldProps<V extends number | null = number> extends NumberRule {
  readonly label: string;
  readonly value: V;
  /** Only ever called with a value that keeps the rules. */
  readonly onChange: (value: V) => void;
  readonly step?: number;
  readonly scale?: 'linear' | 'log';
  readonly unit?: ReactNode;
  readonly placeholder?: string;
  readonly help?: ReactNode;
  /** A fault found elsewhere, shown when the text itself is right. */
  readonly error?: string | null;
  readonly disabled?: boolean;
  /** Where the label stands; `hidden` keeps it for screen readers. */
  readonly labels?: 'above' | 'beside' | 'hidden';
  readonly className?: string;
  /** Given, `3x5` sets two numbers at once. */
  readonly onPair?: (pair: readonly [number, number]) => void;
}

const show = (value: number | null): string => (value === null ? '' : formatSetting(value));

/** Give `nullable` with a value type of `number | null`. */
export function NumberField<V extends number | null = number>(props: NumberFieldProps<V>) {
  const { label, value, onChange, step = 1, scale = 'linear', unit, placeholder, help, error = null, disabled, labels, className, onPair } = props;
  const id = useId();
  const [draft, setDraft] = useState<string | null>(null);
  const pairIn = (text: string) => (onPair ? parsePair(text, props) : null);
  const parsed = draft === null || pairIn(draft) !== null ? null : parseNumber(draft, props, label);
  const fault = parsed && !parsed.ok ? parsed.reason : error;

  const commit = (text: string) => {
    const pair = pairIn(text);
    if (pair) {
      setDraft(null);
      onPair?.(pair);
      return;
    }
    const result = parseNumber(text, props, label);
    if (!result.ok) return;
    setDraft(null);
    if (result.value !== value) onChange(result.value as V);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === 'Enter') commit(event.currentTarget.value);
    else if (event.key === 'Escape' && draft !== null) {
      event.stopPropagation();
      setDraft(null);
    } else if (event.key === 'ArrowUp' || event.key === 'ArrowDown') {
      event.preventDefault();
      const from = parsed?.ok ? parsed.value : value;
      const next = stepNumber(from ?? props.min ?? 0, event.key === 'ArrowUp' ? 1 : -1, event.shiftKey ? step * 10 : step, props, scale);
      setDraft(null);
      if (next !== value) onChange(next as V);
    }
  };

  return (
    <FieldFrame id={id} label={label} labels={labels} help={help} fault={fault} className={className}>
      <div className={cx(styles.box, fault !== null && styles.bad, disabled && styles.off)}>
        <input
          id={id}
          className={styles.input}
          role="spinbutton"
          inputMode="decimal"
          autoComplete="off"
          spellCheck={false}
          value={draft ?? show(value)}
          placeholder={placeholder}
          disabled={disabled}
          aria-valuenow={value ?? undefined}
          aria-valuemin={props.min}
          aria-valuemax={props.max}
          aria-invalid={fault !== null}
          aria-describedby={fault !== null ? `${id}-fault` : help ? `${id}-help` : undefined}
          onChange={(event) => setDraft(event.target.value)}
          onBlur={(event) => draft !== null && commit(event.target.value)}
          onKeyDown={onKeyDown}
        />
        {unit !== undefined && <span className={styles.unit}>{unit}</span>}
      </div>
    </FieldFrame>
  );
}
