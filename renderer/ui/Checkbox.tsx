// Yes or no, as a checkbox (part of a form) or a switch (takes effect at once).

import { Check } from 'lucide-react';
import type { ReactNode } from 'react';
import { Checkbox as AriaCheckbox, Switch as AriaSwitch } from 'react-aria-components';
import styles from './Field.module.css';

export interface ToggleProps {
  /** Words shown after it; for a lone box give `label` and no children. */
  readonly children?: ReactNode;
  readonly label?: string;
  readonly value: boolean;
  readonly onChange: (value: boolean) => void;
  readonly disabled?: boolean;
  /** Of the control itself, for a label that stands elsewhere. */
  readonly id?: string;
}

export function Checkbox({ children, label, value, onChange, disabled }: ToggleProps) {
  return (
    <AriaCheckbox aria-label={label} isSelected={value} onChange={onChange} isDisabled={disabled} className={styles.toggle}>
      <span className={styles.check}>{value && <Check aria-hidden />}</span>
      {children}
    </AriaCheckbox>
  );
}

export function Switch({ children, label, value, onChange, disabled, id }: ToggleProps) {
  return (
    <AriaSwitch id={id} aria-label={label} isSelected={value} onChange={onChange} isDisabled={disabled} className={styles.toggle}>
      <span className={styles.rail} />
      {children}
    </AriaSwitch>
  );
}
