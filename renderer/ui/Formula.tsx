// A formula, typeset: variables slanted, indices low, exponents high. A screen reader hears it as it was typed.

import styles from './Formula.module.css';
import { type FormulaPart, formulaLines, formulaParts } from './formulaParts.ts';

function Part({ part }: { readonly part: FormulaPart }) {
  if ('text' in part) return part.kind === 'variable' ? <i>{part.text}</i> : part.text;
  const Script = part.kind === 'above' ? 'sup' : 'sub';
  return (
    <Script>
      <Parts parts={part.parts} />
    </Script>
  );
}

const Parts = ({ parts }: { readonly parts: readonly FormulaPart[] }) => parts.map((part) => <Part key={part.at} part={part} />);

export function Formula({ text }: { readonly text: string }) {
  return (
    <span className={styles.formula} role="img" aria-label={text}>
      {formulaLines(text).map((line) => (
        <span key={line} className={styles.line}>
          <Parts parts={formulaParts(line)} />
        </span>
      ))}
    </span>
  );
}
