// A choice shown as small pictures of functions. What has no picture shows its name only.

import { ToggleButton, ToggleButtonGroup } from 'react-aria-components';
import type { Choice } from '../../shared/lib/fields.ts';
import { curvePath } from './curves.ts';
import styles from './Inspector.module.css';

export interface CurveChoiceProps {
  readonly label: string;
  readonly value: string;
  readonly choices: readonly Choice[];
  readonly onChange: (value: string) => void;
}

function Picture({ id }: { readonly id: string }) {
  const path = curvePath(id);
  if (path === null) return null;
  return (
    <svg className={styles.curve} viewBox="0 0 40 26" aria-hidden>
      <path className={styles.axis} d="M3 13H37M20 2V24" />
      <path d={path} />
    </svg>
  );
}

export function CurveChoice({ label, value, choices, onChange }: CurveChoiceProps) {
  return (
    <ToggleButtonGroup
      className={styles.curves}
      aria-label={label}
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[value]}
      onSelectionChange={(keys) => {
        const chosen = choices.find((choice) => keys.has(choice.value));
        if (chosen && chosen.value !== value) onChange(chosen.value);
      }}
    >
      {choices.map((choice) => (
        <ToggleButton key={choice.value} id={choice.value} className={styles.choice}>
          <Picture id={choice.value} />
          <span>{choice.label}</span>
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  );
}
