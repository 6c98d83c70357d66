// A live sample through the open network: one picture or row of the test data, or one drawn by hand, and what every layer makes of it,
// trained or not, as soon as the network is valid.

import { Calculator, ChevronLeft, ChevronRight, Pencil, X } from 'lucide-react';
import { useDeferredValue, useEffect, useMemo, useRef, useState } from 'react';
import type { DatasetDescriptor } from '../../shared/datasets/descriptor.ts';
import { answersEachPlace, classesOf, textOf } from '../../shared/datasets/reading.ts';
import {
  select,
  setPanel,
  setPointed,
  hideActivations,
  showActivations,
  useActiveAnalysis,
  useActiveDataset,
  useActiveNetwork,
  useLatestRun,
  useSelection,
  useSession,
  useTrainingSettings,
} from '../state/index.ts';
import { t } from '../text/text.ts';
import { Button } from '../ui/Button.tsx';
import { cx } from '../ui/classes.ts';
import { EmptyState } from '../ui/EmptyState.tsx';
import { formatCount, formatNumber, formatShape } from '../ui/format.ts';
import { IconButton } from '../ui/IconButton.tsx';
import { Segmented } from '../ui/Segmented.tsx';
import { rangeOf } from '../ui/shades.ts';
import type { LayerActivation, SampleRequest, SampleResult, Unit } from './activations.ts';
import type { Arithmetic } from './arithmetic.ts';
import { DrawingPad } from './DrawingPad.tsx';
import { pictureOf, placeAt, strongest } from './picture.ts';
import styles from './SamplePanel.module.css';
import { Sum } from './Sum.tsx';
import { Tile } from './Tile.tsx';
import { obstacleOf, type Sample, useActivations, useDatasetSample, useRunWeights } from './useSample.ts';

type Source = 'data' | 'drawn';
type Weighing = 'initial' | 'trained';

/** Few enough to stand as bars with their names. */
const mostBars = 16;

function Bars({ values, names }: { readonly values: Float32Array; readonly names: readonly string[] | undefined }) {
  const { low, high } = rangeOf(values);
  const most = Math.max(Math.abs(low), Math.abs(high)) || 1;
  const best = names ? values.indexOf(high) : -1;
  return (
    <ol className={styles.bars}>
      {[...values].map((value, unit) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a unit is its number
        <li key={unit} className={cx(unit === best && styles.best)}>
          <span className={styles.unit}>{t(names?.[unit] ?? String(unit))}</span>
          <span className={styles.track}>
            <span className={cx(styles.bar, value < 0 && styles.negative)} style={{ width: `${(100 * Math.abs(value)) / most}%` }} />
          </span>
          <span className={styles.value}>{formatNumber(value, 3)}</span>
        </li>
      ))}
    </ol>
  );
}

/** The number at a place of a layer's output. */
const valueAt = ({ shape, values }: LayerActivation, place: readonly number[]): number =>
  values[place.reduce((at, index, axis) => at * (shape[axis] ?? 1) + index, 0)] ?? Number.NaN;

interface LayerRowProps {
  readonly layer: LayerActivation;
  readonly names: readonly string[] | undefined;
  /** Of the unit of this layer that was asked for. */
  readonly asked: { readonly unit: Unit; readonly arithmetic: Arithmetic | null } | null;
  readonly onAsk: (unit: Unit) => void;
}

/** Layers whose arithmetic can be asked for. */
const explained = new Set(['dense', 'conv2d']);

function LayerRow({ layer, names, asked, onAsk }: LayerRowProps) {
  const kind = useActiveNetwork()?.nodes.find(({ id }) => id === layer.node)?.kind;
  const row = useRef<HTMLLIElement>(null);
  const isSelected = useSelection().nodes.includes(layer.node);
  const isPointed = useSession((state) => state.pointed === layer.node);
  const picture = useMemo(() => pictureOf(layer.shape, layer.values), [layer]);
  const { low, high } = rangeOf(layer.values);
  useEffect(() => {
    if (isSelected) row.current?.scrollIntoView({ block: 'nearest' });
  }, [isSelected]);
  const ask = (column: number, at: number) => {
    const place = placeAt(layer.shape, column, at);
    if (place) onAsk({ node: layer.node, place });
  };
  const words =
    low === high
      ? `${formatShape(layer.shape)}, ${formatNumber(low, 3)}`
      : t`${formatShape(layer.shape)}, from ${formatNumber(low, 3)} to ${formatNumber(high, 3)}`;
  return (
    <li
      ref={row}
      className={cx(styles.layer, isPointed && styles.pointed, isSelected && styles.selected)}
      onPointerEnter={() => setPointed(layer.node)}
      onPointerLeave={() => setPointed(null)}
    >
      <button type="button" className={styles.name} onClick={() => select([layer.node])}>
        <b>{layer.name}</b>
        <span>{words}</span>
      </button>
      {layer.shape.length === 1 && layer.values.length <= mostBars ? (
        <Bars values={layer.values} names={names} />
      ) : (
        <Tile picture={picture} label={t`What ${layer.name} gives: ${words}`} {...(kind !== undefined && explained.has(kind) ? { onPick: ask } : {})} />
      )}
      {picture.left > 0 && <p className={styles.more}>{t`${formatCount(picture.left)} more are not drawn.`}</p>}
      {isSelected && kind !== undefined && explained.has(kind) && asked === null && (
        <Button kind="ghost" size="small" icon={<Calculator />} onPress={() => onAsk({ node: layer.node, place: strongest(layer.shape, layer.values) })}>
          {t('Show the arithmetic of the strongest unit')}
        </Button>
      )}
      {asked?.arithmetic && <Sum name={layer.name} place={asked.unit.place} arithmetic={asked.arithmetic} result={valueAt(layer, asked.unit.place)} />}
    </li>
  );
}

/** Which layers have a name for each unit: the last, where it has one for each class. */
function namesFor(layer: LayerActivation, { layers }: SampleResult, dataset: DatasetDescriptor): readonly string[] | undefined {
  return layer === layers.at(-1) && dataset.classNames?.length === layer.values.length ? dataset.classNames : undefined;
}

function labelOf(dataset: DatasetDescriptor, { label }: Sample): string {
  if (dataset.task === 'numbers') return label.map((value) => formatNumber(value, 3)).join(', ');
  const classes = classesOf(dataset, label);
  return classes.length > 12 ? t('one for each place') : classes.map((index) => t(dataset.classNames?.[index] ?? String(index))).join(' ');
}

function Chooser({
  dataset,
  index,
  onIndex,
  sample,
}: {
  readonly dataset: DatasetDescriptor;
  readonly index: number;
  readonly onIndex: (index: number) => void;
  readonly sample: Sample | null;
}) {
  const count = dataset.samples.test;
  const text = sample && textOf(dataset.features, sample.features);
  return (
    <div className={styles.chooser}>
      <IconButton label={t('Previous sample')} icon={<ChevronLeft />} onPress={() => onIndex((index + count - 1) % count)} />
      <span>{t`Sample ${formatCount(index + 1)} of ${formatCount(count)}`}</span>
      <IconButton label={t('Next sample')} icon={<ChevronRight />} onPress={() => onIndex((index + 1) % count)} />
      <span className={styles.label}>{sample && t`Label: ${labelOf(dataset, sample)}`}</span>
      {sample && answersEachPlace(dataset) && dataset.labels.shape.length > 1 && (
        <div className={styles.answer}>
          <Tile picture={pictureOf(dataset.labels.shape, sample.label)} label={t('What is asked for')} />
        </div>
      )}
      {text && (
        <output className={styles.text} aria-label={t('The sample as a text')}>
          {text}
        </output>
      )}
    </div>
  );
}

/** A picture can be drawn by hand: rows and columns of one grey channel. */
const isDrawable = ({ look, features: { shape } }: DatasetDescriptor): boolean => look === 'image' && (shape.length === 2 || shape[2] === 1);

function Body({ dataset }: { readonly dataset: DatasetDescriptor }) {
  const network = useDeferredValue(useActiveNetwork());
  const { seed } = useTrainingSettings();
  const run = useLatestRun(network?.id ?? null);
  const [index, setIndex] = useState(0);
  const [source, setSource] = useState<Source>('data');
  const [drawn, setDrawn] = useState<readonly number[] | null>(null);
  const [unit, setUnit] = useState<Unit | null>(null);
  const [weighing, setWeighing] = useState<Weighing>('trained');
  const sample = useDatasetSample(dataset, index);
  const learned = useRunWeights(run && weighing === 'trained' ? run.id : null, run?.epochs.length ?? 0);
  const features = source === 'drawn' ? drawn : (sample.value?.features ?? null);
  const request = useMemo(
    (): SampleRequest | null => (network && features ? { network, dataset, seed, features, weights: learned.value, unit } : null),
    [network, dataset, seed, features, learned.value, unit],
  );
  const { value: result, fault, isBusy } = useActivations(request);
  useEffect(() => {
    if (network && result) showActivations(network, result.layers);
    else hideActivations();
  }, [network, result]);
  useEffect(() => hideActivations, []);
  const trouble = sample.fault ?? learned.fault ?? fault;
  const missing = result && result.missing > 0 ? t`${result.missing} of them no longer fit and stand as at the start.` : '';
  const isTrained = weighing === 'trained' && learned.value !== null;
  return (
    <>
      <div className={styles.choices}>
        {isDrawable(dataset) && (
          <Segmented
            label={t('Where the sample comes from')}
            value={source}
            options={[
              { value: 'data', label: t('From the data') },
              { value: 'drawn', label: t('Drawn') },
            ]}
            onChange={setSource}
          />
        )}
        <Segmented
          label={t('Weights')}
          value={run ? weighing : 'initial'}
          options={[
            { value: 'initial', label: t('Untrained') },
            { value: 'trained', label: t('Trained'), disabled: !run },
          ]}
          onChange={setWeighing}
        />
      </div>
      {source === 'data' ? (
        <Chooser dataset={dataset} index={index} onIndex={setIndex} sample={sample.value} />
      ) : (
        <DrawingPad shape={dataset.features.shape} onDraw={setDrawn} />
      )}
      <p className={styles.words} role="status">
        {trouble !== null
          ? t(trouble)
          : isTrained
            ? [t`Weights of the last run, after epoch ${run?.epochs.length ?? 0}.`, missing].join(' ').trim()
            : t`Weights as training would start, from seed ${seed}.`}
      </p>
      <ol className={styles.layers} aria-busy={isBusy} aria-label={t('What every layer gives')}>
        {result?.layers.map((layer) => (
          <LayerRow
            key={layer.node}
            layer={layer}
            names={namesFor(layer, result, dataset)}
            asked={result.unit?.node === layer.node ? { unit: result.unit, arithmetic: result.arithmetic } : null}
            onAsk={setUnit}
          />
        ))}
      </ol>
    </>
  );
}

export default function SamplePanel() {
  const network = useActiveNetwork();
  const dataset = useActiveDataset();
  const obstacle = obstacleOf(network, dataset, useActiveAnalysis());
  return (
    <aside className={styles.panel} aria-label={t('Sample')}>
      <header className={styles.head}>
        <h2>{t('A sample through the network')}</h2>
        <IconButton label={t('Close')} icon={<X />} onPress={() => setPanel('side', { open: false })} />
      </header>
      <div className={styles.scroll}>
        {obstacle || !dataset ? (
          <EmptyState icon={<Pencil />} title={t('Nothing to show yet')}>
            {obstacle && t(obstacle)}
          </EmptyState>
        ) : (
          <Body key={dataset.id} dataset={dataset} />
        )}
      </div>
    </aside>
  );
}
