// The arithmetic of one unit as a sum: the largest products, the others together, the bias, and what the activation makes of it.

import { t } from '../text/text.ts';
import { formatCount, formatNumber } from '../ui/format.ts';
import type { Arithmetic } from './arithmetic.ts';
import styles from './SamplePanel.module.css';

const number = (value: number): string => formatNumber(value, 4);

/** `row 3, column 5, filter 12`, counted from 0 as in code. */
function placeWords(place: readonly number[], last: 'filter' | 'channel'): string {
  const [row, column, map] = place;
  if (place.length !== 3) return t`unit ${row}`;
  return last === 'filter' ? t`row ${row}, column ${column}, filter ${map}` : t`row ${row}, column ${column}, channel ${map}`;
}

export interface SumProps {
  readonly name: string;
  readonly place: readonly number[];
  readonly arithmetic: Arithmetic;
  /** What the layer gives there, after the activation. */
  readonly result: number;
}

export function Sum({ name, place, arithmetic: { terms, count, rest, bias, sum }, result }: SumProps) {
  return (
    <section className={styles.sum} aria-label={t`Arithmetic of ${name}`}>
      <h3>{`${name}, ${placeWords(place, 'filter')}`}</h3>
      <table>
        <tbody>
          {terms.map((term) => (
            <tr key={term.place.join('/')}>
              <th scope="row">{placeWords(term.place, 'channel')}</th>
              <td>{`${number(term.value)} × ${number(term.weight)}`}</td>
              <td>{number(term.value * term.weight)}</td>
            </tr>
          ))}
          {count > terms.length && (
            <tr>
              <th scope="row">{t`${formatCount(count - terms.length)} smaller products`}</th>
              <td />
              <td>{number(rest)}</td>
            </tr>
          )}
          <tr>
            <th scope="row">{t('bias')}</th>
            <td />
            <td>{number(bias)}</td>
          </tr>
          <tr>
            <th scope="row">{t('sum')}</th>
            <td />
            <td>{number(sum)}</td>
          </tr>
          <tr>
            <th scope="row">{t('after the activation')}</th>
            <td />
            <td>{number(result)}</td>
          </tr>
        </tbody>
      </table>
    </section>
  );
}
