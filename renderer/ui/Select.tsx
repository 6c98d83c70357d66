// One of many, from a list that opens. For up to five short values Segmented shows them all.

import { Check, ChevronDown } from 'lucide-react';
import { type ReactNode, useId } from 'react';
import { Button, ListBox, ListBoxItem, Popover, Select as AriaSelect, SelectValue } from 'react-aria-components';
import styles from './Field.module.css';
import { FieldFrame } from './FieldFrame.tsx';
import { Formula } from './Formula.tsx';
import menu from './Menu.module.css';

export interface SelectOption<V extends string> {
  readonly value: V;
  readonly label: string;
  readonly help?: string;
  readonly formula?: string;
  readonly icon?: ReactNode;
}
export interface SelectProps<V extends string> {
  readonly label: string;
  readonly value: V;
  readonly options: readonly SelectOption<V>[];
  readonly onChange: (value: V) => void;
  readonly help?: ReactNode;
  readonly fault?: string | null;
  readonly disabled?: boolean;
  readonly labels?: 'above' | 'beside' | 'hidden';
  readonly className?: string;
}

export function Select<V extends string>({ label, value, options, onChange, help, fault, disabled, labels, className }: SelectProps<V>) {
  const id = useId();
  return (
    <FieldFrame id={id} label={label} labels={labels} help={help} fault={fault} className={className}>
      <AriaSelect aria-label={label} selectedKey={value} isDisabled={disabled} onSelectionChange={(key) => key !== null && key !== value && onChange(key as V)}>
        <Button id={id} className={styles.select}>
          <SelectValue className={styles.selected}>{options.find((option) => option.value === value)?.label ?? value}</SelectValue>
          <ChevronDown aria-hidden />
        </Button>
        <Popover className={menu.popover} offset={4}>
          <ListBox className={menu.list} items={options.map((option) => ({ ...option, id: option.value }))}>
            {(option) => (
              <ListBoxItem id={option.value} textValue={option.label} className={menu.item}>
                {option.icon}
                <span className={styles.choice}>
                  {option.label}
                  {option.help !== undefined && <span className={styles.choiceHelp}>{option.help}</span>}
                  {option.formula !== undefined && (
                    <span className={styles.choiceFormula}>
                      <Formula text={option.formula} />
                    </span>
                  )}
                </span>
                <Check className={menu.tick} aria-hidden />
              </ListBoxItem>
            )}
          </ListBox>
        </Popover>
      </AriaSelect>
    </FieldFrame>
  );
}
