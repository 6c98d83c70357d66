// One of a few: a choice that is made at once and shows all its values. For more than five, or long words, use Select.

import type { ReactNode } from 'react';
import { ToggleButton, ToggleButtonGroup } from 'react-aria-components';
import { cx } from './classes.ts';
import styles from './Segmented.module.css';

export interface SegmentedOption<V extends string> {
  readonly value: V;
  readonly label: ReactNode;
  readonly disabled?: boolean;
}
export interface SegmentedProps<V extends string> {
  readonly label: string;
  readonly value: V;
  readonly options: readonly SegmentedOption<V>[];
  readonly onChange: (value: V) => void;
  readonly disabled?: boolean;
  /** Shares the width evenly. */
  readonly fill?: boolean;
  readonly className?: string;
}

export function Segmented<V extends string>({ label, value, options, onChange, disabled, fill, className }: SegmentedProps<V>) {
  return (
    <ToggleButtonGroup
      aria-label={label}
      selectionMode="single"
      disallowEmptySelection
      isDisabled={disabled}
      selectedKeys={[value]}
      onSelectionChange={(keys) => {
        const chosen = options.find((option) => keys.has(option.value));
        if (chosen && chosen.value !== value) onChange(chosen.value);
      }}
      className={cx(styles.group, fill && styles.fill, className)}
    >
      {options.map((option) => (
        <ToggleButton key={option.value} id={option.value} isDisabled={option.disabled} className={styles.item}>
          {option.label}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  );
}
