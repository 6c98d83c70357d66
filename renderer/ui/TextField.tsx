// A field for a line of text. `commit` decides when it takes effect: with every letter (a search) or on Enter and when it is left (a name).

import { type KeyboardEvent, type ReactNode, type Ref, useId, useState } from 'react';
import { cx } from './classes.ts';
import styles from './Field.module.css';
import { FieldFrame } from './FieldFrame.tsx';

export interface TextFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly commit?: 'each' | 'end';
  /** Null or what is wrong; a wrong text is not handed on with `end`. */
  readonly check?: (value: string) => string | null;
  readonly placeholder?: string;
  readonly help?: ReactNode;
  readonly icon?: ReactNode;
  /** After the text: a unit, a key hint. */
  readonly suffix?: ReactNode;
  readonly disabled?: boolean;
  readonly labels?: 'above' | 'beside' | 'hidden';
  readonly autoFocus?: boolean;
  readonly onKeyDown?: (event: KeyboardEvent<HTMLInputElement>) => void;
  readonly inputRef?: Ref<HTMLInputElement>;
  readonly className?: string;
}

export function TextField(props: TextFieldProps) {
  const { label, value, onChange, commit = 'end', check, placeholder, help, icon, suffix, disabled, labels, autoFocus, onKeyDown, inputRef, className } = props;
  const id = useId();
  const [draft, setDraft] = useState<string | null>(null);
  const fault = check?.(draft ?? value) ?? null;

  const finish = () => {
    if (draft === null || check?.(draft)) return;
    setDraft(null);
    if (draft !== value) onChange(draft);
  };
  const keys = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === 'Enter') finish();
    if (event.key === 'Escape' && draft !== null) {
      event.stopPropagation();
      setDraft(null);
    }
    onKeyDown?.(event);
  };

  return (
    <FieldFrame id={id} label={label} labels={labels} help={help} fault={fault} className={className}>
      <div className={cx(styles.box, fault !== null && styles.bad, disabled && styles.off)}>
        {icon}
        <input
          ref={inputRef}
          id={id}
          className={styles.input}
          type="text"
          autoComplete="off"
          spellCheck={false}
          // biome-ignore lint/a11y/noAutofocus: asked for by a dialog or a rename that the person has just opened
          autoFocus={autoFocus}
          value={draft ?? value}
          placeholder={placeholder}
          disabled={disabled}
          aria-invalid={fault !== null}
          aria-describedby={fault !== null ? `${id}-fault` : help ? `${id}-help` : undefined}
          onChange={(event) => (commit === 'each' ? onChange(event.target.value) : setDraft(event.target.value))}
          onBlur={finish}
          onKeyDown={keys}
        />
        {suffix}
      </div>
    </FieldFrame>
  );
}
