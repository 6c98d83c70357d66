// The open network set against another: what was added, removed and set otherwise, and what that does to its size.

import { X } from 'lucide-react';
import type { Nested } from '../../shared/lib/fields.ts';
import type { Comparison } from '../../shared/network/compare.ts';
import type { Network } from '../../shared/network/network.ts';
import { canvasPort, select, setCompare, useAnalysis, useNetworks } from '../state/index.ts';
import { t } from '../text/text.ts';
import { formatCount } from '../ui/format.ts';
import { IconButton } from '../ui/IconButton.tsx';
import { Section } from '../ui/Panel.tsx';
import styles from './Inspector.module.css';

interface CompareProps {
  readonly network: Network;
  readonly other: Network;
  readonly comparison: Comparison;
}

function spoken(value: unknown): string {
  if (value === null || value === undefined) return t('automatic');
  if (Array.isArray(value)) return value.join(' × ');
  if (typeof value !== 'object') return String(value);
  const { kind, parameters } = value as Nested;
  return [kind, ...Object.entries(parameters).map(([name, one]) => `${name} ${spoken(one)}`)].join(', ');
}

function Layers({
  title,
  names,
}: {
  readonly title: string;
  readonly names: readonly { readonly id: string; readonly name: string; readonly isHere: boolean }[];
}) {
  if (names.length === 0) return null;
  return (
    <Section level={2} title={title} className={styles.section}>
      <ul className={styles.differences}>
        {names.map(({ id, name, isHere }) => (
          <li key={id}>{isHere ? <Go id={id} name={name} /> : <span>{name}</span>}</li>
        ))}
      </ul>
    </Section>
  );
}

function Go({ id, name }: { readonly id: string; readonly name: string }) {
  const show = () => {
    select([id]);
    canvasPort()?.reveal(id);
  };
  return (
    <button type="button" onClick={show}>
      {name}
    </button>
  );
}

function Sizes({ network, other }: Pick<CompareProps, 'network' | 'other'>) {
  const [now, before] = [useAnalysis(network.id).totals, useAnalysis(other.id).totals];
  const rows = [
    ['Layers', before.layers, now.layers],
    ['Parameters', before.trainable + before.nonTrainable, now.trainable + now.nonTrainable],
    ['Multiply-adds', before.multiplyAdds, now.multiplyAdds],
  ] as const;
  return (
    <Section level={2} title={t('Size')} className={styles.section}>
      <dl className={styles.info}>
        {rows.map(([label, old, value]) => (
          <div key={label} className={styles.pairRow}>
            <dt>{t(label)}</dt>
            <dd>
              <small>{formatCount(old)} →</small> {formatCount(value)}
            </dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}

function Settings({ network, comparison }: Pick<CompareProps, 'network' | 'comparison'>) {
  if (comparison.changed.size === 0) return null;
  return (
    <Section level={2} title={t('Changed')} className={styles.section}>
      <ul className={styles.differences}>
        {[...comparison.changed].map(([id, changes]) => (
          <li key={id}>
            <Go id={id} name={network.nodes.find((node) => node.id === id)?.name ?? id} />
            <dl>
              {changes.map(({ label, before, after }) => (
                <div key={label}>
                  <dt>{t(label)}</dt>
                  <dd>
                    <small>{spoken(before)} →</small> {spoken(after)}
                  </dd>
                </div>
              ))}
            </dl>
          </li>
        ))}
      </ul>
    </Section>
  );
}

export function CompareInspector({ network, other, comparison }: CompareProps) {
  const { added, removed, changed, addedEdges, removedEdges } = comparison;
  const isSame = added.length + removed.length + changed.size + addedEdges.length + removedEdges.length === 0;
  return (
    <>
      <header className={styles.head}>
        <div className={styles.title}>
          <h2>{t`${network.name} against ${other.name}`}</h2>
          <p className={styles.kind}>{isSame ? t('The two are the same.') : t`Marked on the canvas: what ${other.name} does not have`}</p>
        </div>
        <IconButton label={t('End the comparison')} icon={<X />} onPress={() => setCompare(null)} />
      </header>
      <Sizes network={network} other={other} />
      <Layers title={t('Added')} names={added.map(({ id, name }) => ({ id, name, isHere: true }))} />
      <Layers title={t('Removed')} names={removed.map(({ id, name }) => ({ id, name, isHere: false }))} />
      <Settings network={network} comparison={comparison} />
      {addedEdges.length + removedEdges.length > 0 && (
        <p className={styles.about}>{t`Connections: ${addedEdges.length} added, ${removedEdges.length} removed.`}</p>
      )}
    </>
  );
}

/** The network that is compared with, if it is one of the project. */
export const useOther = (id: string | null): Network | null => useNetworks().find((network) => network.id === id) ?? null;
