// What the network gets of a dataset, what is in the samples on screen, and where the data comes from.

import type { DatasetDescriptor, DatasetTensor } from '../../shared/datasets/descriptor.ts';
import { answersEachPlace } from '../../shared/datasets/reading.ts';
import type { DatasetPreview, DatasetState } from '../../shared/protocol/contract.ts';
import { t } from '../text/text.ts';
import { countOf, formatBytes, formatCount, formatNumber, formatShape } from '../ui/format.ts';
import { Section } from '../ui/Panel.tsx';
import { originWords } from './DatasetList.tsx';
import { classCounts } from './preview.ts';
import styles from './DataView.module.css';
import type { Part } from './usePreview.ts';

export interface FactsProps {
  readonly dataset: DatasetState;
  readonly preview: DatasetPreview | null;
  readonly part: Part;
}

/** What the network is to answer. */
function answerWords({ task, labels, classNames }: DatasetDescriptor): string {
  if (answersEachPlace({ task, labels, classNames })) {
    const places = formatCount(sizeOf(labels.shape));
    return task === 'classes'
      ? t`The answer is one of ${classNames?.length ?? 2} classes for each of ${places} places.`
      : t`The answer is yes or no for each of ${places} places.`;
  }
  if (task === 'classes') return classNames ? t`The answer is one of ${classNames.length} classes.` : t('The answer is one of several classes.');
  return task === 'binary' ? t('The answer is yes or no.') : t('The answer is a number.');
}

export function Facts({ dataset, preview, part }: FactsProps) {
  const { features, labels, samples } = dataset;
  return (
    <aside className={styles.facts} aria-label={t('What the network gets')}>
      <Section level={2} title={t('What the network gets')}>
        <p className={styles.text}>
          {t`Each sample becomes ${sizeWords(features.shape)}.`} {answerWords(dataset)}
        </p>
        <dl className={styles.kv}>
          <Entry name={features.name === 'x' ? 'x' : `x, ${t(features.name)}`} value={formatShape(features.shape)} />
          <Entry name={t('Stored as')} value={features.dtype} />
          <Entry name={t('Scaled')} value={scaleWords(features)} />
          <Entry
            name={labels.name === 'y' ? 'y' : `y, ${t(labels.name)}`}
            value={labels.shape.length === 0 ? t('one number') : formatShape(labels.shape)}
            small={labels.dtype}
          />
        </dl>
      </Section>
      <Section level={2} title={t('Parts')}>
        <dl className={styles.kv}>
          <Entry name={t('Training')} value={formatCount(samples.train)} />
          <Entry name={t('Test')} value={formatCount(samples.test)} />
        </dl>
        <p className={styles.hint}>{t('Validation is taken from the end of the training part, as the training settings say.')}</p>
      </Section>
      {preview && dataset.task !== 'numbers' && <Classes dataset={dataset} preview={preview} part={part} />}
      <Section level={2} title={t('Where it comes from')}>
        <p className={styles.text}>{t(dataset.source)}</p>
        <dl className={styles.kv}>
          <Entry name={t('Licence')} value={t(dataset.licence)} />
          <Entry name={t('Origin')} value={t(originWords[dataset.origin])} />
          {dataset.bytes !== null && <Entry name={t('Size')} value={formatBytes(dataset.bytes)} />}
        </dl>
      </Section>
    </aside>
  );
}

function Entry({ name, value, small }: { readonly name: string; readonly value: string; readonly small?: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        {value} {small && <small>{small}</small>}
      </dd>
    </div>
  );
}

const sizeOf = (shape: readonly number[]): number => shape.reduce((product, axis) => product * axis, 1);

/** `784 numbers, 28 × 28`; a shape of one axis says no more than its size. */
function sizeWords(shape: readonly number[]): string {
  const size = countOf(sizeOf(shape), 'number');
  return shape.length < 2 ? size : `${size}, ${formatShape(shape).replaceAll(' ', '\u00a0')}`;
}

/** `by 1/255: 0 to 1` for bytes; else the factor and offset as they are. */
function scaleWords({ dtype, scale, offset = 0 }: DatasetTensor): string {
  if (scale === undefined) return t('as it is');
  const factor = Number.isInteger(Number((1 / scale).toPrecision(9))) ? `1/${Math.round(1 / scale)}` : formatNumber(scale);
  const shift = offset === 0 ? '' : ` ${offset < 0 ? '−' : '+'} ${formatNumber(Math.abs(offset))}`;
  const change = `${factor}${shift}`;
  return dtype === 'uint8' ? t`by ${change}: ${formatNumber(offset)} to ${formatNumber(255 * scale + offset)}` : t`by ${change}`;
}

/** So many classes are listed. */
const mostClasses = 12;

function Classes({ dataset, preview, part }: { readonly dataset: DatasetState; readonly preview: DatasetPreview; readonly part: Part }) {
  const all = classCounts(dataset, preview);
  // Many classes of which few are there: the most frequent ones, the others by their number.
  const found = all.filter(({ count }) => count > 0).toSorted((a, b) => b.count - a.count);
  const counts = all.length > mostClasses ? found.slice(0, mostClasses) : all;
  const most = Math.max(...counts.map((one) => one.count), 1);
  return (
    <Section
      level={2}
      title={t('Classes on screen')}
      aside={part === 'train' ? t`${formatCount(preview.labels.length)} training samples` : t`${formatCount(preview.labels.length)} test samples`}
    >
      <dl className={styles.bars}>
        {counts.map((one) => (
          <div key={one.name}>
            <dt>{t(one.name)}</dt>
            <dd>
              <span className={styles.bar}>
                <i style={{ width: `${(one.count / most) * 100}%` }} />
              </span>
              {formatCount(one.count)}
            </dd>
          </div>
        ))}
      </dl>
      {all.length > counts.length && <p className={styles.hint}>{t`${all.length - counts.length} more classes are rarer or missing here.`}</p>}
      <p className={styles.hint}>{t('Counted among the samples shown, not in the whole dataset.')}</p>
    </Section>
  );
}
