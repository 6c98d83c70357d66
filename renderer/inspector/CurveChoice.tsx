// A choice shown as small pictures of functions. What has no picture shows its name only.

import { useMemo, useState } from 'react';
import { ToggleButton, ToggleButtonGroup } from 'react-aria-components';
import type { Choice } from '../../shared/lib/fields.ts';
import { t } from '../text/text.ts';
import { Formula } from '../ui/Formula.tsx';
import { curveAndDerivative, curvePath, formulaOf } from './curves.ts';
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

/** The chosen function, large, with its derivative: what flows back is multiplied by it. */
function Graph({ id, label }: { readonly id: string; readonly label: string }) {
  const paths = useMemo(() => curveAndDerivative(id), [id]);
  const formula = formulaOf(id);
  if (!paths) return null;
  return (
    <>
      <svg className={styles.graph} viewBox="0 0 240 96" preserveAspectRatio="none" role="img" aria-label={t`${label} from −3 to 3, with its derivative`}>
        <path className={styles.axis} d="M0 48H240M120 0V96" />
        <path className={styles.derivative} d={paths.derivative} />
        <path d={paths.curve} />
      </svg>
      <p className={styles.legend}>
        <span>{label}</span>
        <span className={styles.derivative}>{t('derivative')}</span>
      </p>
      {formula !== null && (
        <p className={styles.curveFormula}>
          <Formula text={`y = ${t(formula)}`} />
        </p>
      )}
    </>
  );
}

/** As many as stand open: two rows. */
const few = 8;

/** The first ones of the list, and always the chosen one. */
function firstOf(choices: readonly Choice[], value: string): readonly Choice[] {
  const first = choices.slice(0, few);
  const chosen = choices.find((choice) => choice.value === value);
  return chosen && !first.includes(chosen) ? [...first.slice(0, few - 1), chosen] : first;
}

export function CurveChoice({ label, value, choices, onChange }: CurveChoiceProps) {
  const [all, setAll] = useState(false);
  const shown = all || choices.length <= few + 1 ? choices : firstOf(choices, value);
  return (
    <>
      {choices.length > few + 1 && (
        <button type="button" className={styles.more} aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? t('Fewer') : t`All ${choices.length}`}
        </button>
      )}
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
        {shown.map((choice) => (
          <ToggleButton key={choice.value} id={choice.value} className={styles.choice}>
            <Picture id={choice.value} />
            <span data-long={/[ -]/.test(choice.label) || undefined}>{choice.label}</span>
          </ToggleButton>
        ))}
      </ToggleButtonGroup>
      <Graph id={value} label={choices.find((choice) => choice.value === value)?.label ?? value} />
    </>
  );
}
