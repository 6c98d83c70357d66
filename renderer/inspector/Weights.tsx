// What a layer has learned: each of its weights in figures, as a histogram, and where it is a kernel as pictures.
// Read when the network's newest run is over, and while it goes on only when asked for.

import { useEffect, useMemo } from 'react';
import type { Analysis, NodeAnalysis } from '../../shared/compile/types.ts';
import type { Network, NetworkNode } from '../../shared/network/network.ts';
import { sameShape, type Shape } from '../../shared/tensor/types.ts';
import { isBusy, type KnownWeights, readWeights, useConnection, useLatestRun, useReadWeights } from '../state/index.ts';
import { t } from '../text/text.ts';
import { Button } from '../ui/Button.tsx';
import { countOf, formatCount, formatNumber, formatShape } from '../ui/format.ts';
import { Histogram } from '../ui/Histogram.tsx';
import { Section } from '../ui/Panel.tsx';
import inspector from './Inspector.module.css';
import { KernelPictures } from './KernelPictures.tsx';
import styles from './Weights.module.css';
import { imageInto, readingOf, type Statistics, statisticsOf } from './weightNumbers.ts';

type Tensor = KnownWeights['weights'][string];

const figures: readonly (readonly [title: string, of: (found: Statistics) => number])[] = [
  ['Mean', ({ mean }) => mean],
  ['Std. dev.', ({ deviation }) => deviation],
  ['Smallest', ({ low }) => low],
  ['Largest', ({ high }) => high],
];

function Spread({ name, count, found }: { readonly name: string; readonly count: number; readonly found: Statistics }) {
  const { low, high, bins, broken } = found;
  return (
    <>
      <dl className={styles.figures}>
        {figures.map(([title, of]) => (
          <div key={title}>
            <dt>{t(title)}</dt>
            <dd>{formatNumber(of(found), 3)}</dd>
          </div>
        ))}
      </dl>
      {broken > 0 && <p className={styles.words}>{t`${formatCount(broken)} of its numbers are infinite or not a number; they are left out here.`}</p>}
      <Histogram
        label={t`Histogram of ${name}: ${countOf(count - broken, 'number')} from ${formatNumber(low, 3)} to ${formatNumber(high, 3)}`}
        {...{ low, high, bins }}
      />
    </>
  );
}

interface OneProps {
  readonly name: string;
  readonly kind: string;
  readonly tensor: Tensor;
  readonly image: Shape | null;
}

function One({ name, kind, tensor: { shape, data }, image }: OneProps) {
  const found = useMemo(() => statisticsOf(data), [data]);
  const reading = useMemo(() => readingOf(kind, name, shape, image), [kind, name, shape, image]);
  return found ? (
    <>
      <Spread name={name} count={data.length} found={found} />
      {reading && <KernelPictures name={name} values={data} reading={reading} />}
    </>
  ) : (
    <p className={styles.words}>{t('None of its numbers is finite: the run went wrong. A smaller learning rate often helps.')}</p>
  );
}

interface ListProps {
  readonly owner: NetworkNode;
  readonly declared: NodeAnalysis['weights'];
  readonly known: KnownWeights;
  readonly image: Shape | null;
}

function List({ owner, declared, known, image }: ListProps) {
  return (
    <ul className={styles.list} aria-label={t`Weights of ${owner.name}`}>
      {declared.map(({ name, shape }) => {
        const tensor = known.weights[`${owner.name}/${name}`];
        return (
          <li key={name} className={styles.weight}>
            <h3 className={styles.name}>
              {name} <span>{formatShape(shape)}</span>
            </h3>
            {tensor && sameShape(tensor.shape, shape) ? (
              <One name={name} kind={owner.kind} tensor={tensor} image={image} />
            ) : (
              <p className={styles.words}>
                {tensor
                  ? t`The last run has it as ${formatShape(tensor.shape)}: the layer was changed since. Train again to see it.`
                  : t`The last run has no ${owner.name}/${name}: the layer was added or renamed since. Train again to see it.`}
              </p>
            )}
          </li>
        );
      })}
    </ul>
  );
}

/** What there is to say instead of, or above, the weights; null where they speak for themselves. */
function wordsFor(reading: ReturnType<typeof useReadWeights>, isOver: boolean): string | null {
  if (reading?.fault) return t`The weights could not be read. ${t(reading.fault)}`;
  if (reading?.isBusy || (isOver && !reading?.isFinal)) return t('Reading the weights …');
  if (!reading) return t('The network is being trained. Its weights can be read as the run last kept them.');
  if (reading.known) return null;
  return isOver ? t('The last run ended before it kept any weights.') : t('The run has not kept any weights yet.');
}

export interface WeightsProps {
  readonly network: Network;
  readonly node: NetworkNode;
  readonly analysis: Analysis;
}

export function Weights({ network, node, analysis }: WeightsProps) {
  const run = useLatestRun(network.id);
  const id = run?.id ?? null;
  const isOver = run !== null && !isBusy(run);
  const reading = useReadWeights(id);
  const owner = network.nodes.find((other) => other.id === node.shares) ?? node;
  const declared = analysis.nodes[owner.id]?.weights ?? [];
  const image = useMemo(() => imageInto(network, analysis, node.id), [network, analysis, node.id]);
  const isConnected = useConnection() === 'connected';
  const isWanted = isOver && isConnected && declared.length > 0 && !reading?.isFinal;
  useEffect(() => {
    if (isWanted && id !== null) void readWeights(id, true);
  }, [isWanted, id]);
  if (id === null || declared.length === 0) return null;
  const words = wordsFor(reading, isOver);
  const canAsk = isConnected && !reading?.isBusy && (!isOver || Boolean(reading?.fault));
  return (
    <Section
      level={2}
      title={t('Weights')}
      className={inspector.section}
      aside={reading?.known && t`of the last run, after step ${formatCount(reading.known.step)}`}
    >
      {words && (
        <p className={styles.words} role={reading?.fault ? 'alert' : 'status'}>
          {words}
        </p>
      )}
      {canAsk && (
        <Button size="small" onPress={() => void readWeights(id, isOver)}>
          {reading ? t('Read them again') : t('Read them now')}
        </Button>
      )}
      {reading?.known && <List owner={owner} declared={declared} known={reading.known} image={image} />}
    </Section>
  );
}
