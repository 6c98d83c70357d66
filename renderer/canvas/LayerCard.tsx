// A layer on the canvas: what is set stands left, what follows from it right. Below 80 % it shows one line, below 35 % its name,
// below 20 % its hue alone: what cannot be read is not drawn.

import { Handle, type NodeProps, Position } from '@xyflow/react';
import { ChevronDown, ChevronUp, Lightbulb } from 'lucide-react';
import { memo } from 'react';
import { layerOf } from '../../shared/layers/index.ts';
import { BLOCK } from '../../shared/network/blocks.ts';
import { toggleInPlace } from '../actions/index.ts';
import { type Activation, keyOf, openMessage, openPath, type ShownHealth, useActivation, useHealth, useSession, workIn } from '../state/index.ts';
import { t } from '../text/text.ts';
import { cx } from '../ui/classes.ts';
import { FamilyGlyph, glyphOf } from '../ui/FamilyGlyph.tsx';
import { grouped } from '../ui/format.ts';
import { type Frame, type LayerData, type LayerNode, outputId, outputPlaces } from './adapter.ts';
import { type Detail, sceneNow, useDetail, useFits } from './gesture.ts';
import { HealthStrip } from './HealthStrip.tsx';
import styles from './LayerCard.module.css';
import { StripPicture } from './Strip.tsx';

interface LinesProps {
  readonly data: LayerData;
  /** Of the sample that is looked at; it takes the place of what is set. */
  readonly activation: Activation | null;
  /** Of the run that is looked at; likewise. */
  readonly health: ShownHealth | null;
}

function FullLines({ data, activation, health }: LinesProps) {
  return (
    <>
      <div className={styles.line}>
        <span className={styles.name}>
          {data.name}
          {data.repeat > 1 && <span className={styles.repeat}>×{data.repeat}</span>}
          <small>{data.state === null ? data.title : `${data.title}, ${t(data.state)}`}</small>
        </span>
        <Shape data={data} />
      </div>
      <div className={styles.line}>
        {activation ? (
          <StripPicture activation={activation} />
        ) : health ? (
          <HealthStrip health={health} isCompact={false} />
        ) : (
          <>
            <span className={styles.settings}>{grouped(t(data.settings))}</span>
            <span className={styles.count}>{data.figure}</span>
          </>
        )}
      </div>
    </>
  );
}

function Shape({ data }: { readonly data: LayerData }) {
  return <span className={cx(styles.shape, data.tentative && styles.assumed)}>{data.shape ?? (data.severity === 'error' ? t('no shape') : '–')}</span>;
}

function CompactLine({ data, detail, activation, health }: LinesProps & { readonly detail: Detail }) {
  return (
    <div className={styles.single}>
      <span className={styles.name}>{data.name}</span>
      {detail === 'compact' &&
        (activation ? <StripPicture activation={activation} /> : health ? <HealthStrip health={health} isCompact /> : <Shape data={data} />)}
    </div>
  );
}

/** Red or amber at the corner; opens the message. */
function ProblemBadge({ severity, onPress, name }: { readonly severity: 'error' | 'advice'; readonly onPress: () => void; readonly name: string }) {
  return (
    <button
      type="button"
      className={cx(styles.badge, 'nodrag', 'nopan')}
      data-severity={severity}
      onClick={onPress}
      aria-label={severity === 'error' ? t`Problem at ${name}` : t`Advice for ${name}`}
    >
      {severity === 'error' ? '!' : <Lightbulb aria-hidden />}
    </button>
  );
}

/** Opens a block where it stands; it keeps its size at any zoom that it can be read at. */
function OpenButton({ id, name }: { readonly id: string; readonly name: string }) {
  return (
    <button
      type="button"
      className={cx(styles.opener, 'nodrag', 'nopan')}
      onClick={() => openAt(id)}
      aria-label={t`Open ${name} in place`}
      aria-expanded={false}
    >
      <ChevronDown aria-hidden />
    </button>
  );
}

/** Opens the block that React Flow calls so in place, or closes it. */
function openAt(flowId: string): void {
  const { level, id } = sceneNow().find(flowId);
  workIn(level.open.path);
  toggleInPlace(id);
}

/** An opened block: its title, and lines to and from what is in it. What is in it is drawn by cards of its own. */
function OpenedBlock({ id, data }: { readonly id: string; readonly data: LayerData & { readonly frame: Frame } }) {
  return (
    <>
      <svg className={styles.leads} width={data.frame.width} height={data.frame.height} aria-hidden>
        {data.frame.leads.map((path) => (
          <path key={path} d={path} />
        ))}
      </svg>
      <header className={styles.title}>
        <FamilyGlyph family="block" size="small" />
        <span className={styles.name}>
          {data.name}
          {data.repeat > 1 && <span className={styles.repeat}>×{data.repeat}</span>}
          <small>{data.state === null ? t`${data.title}, opened` : `${data.title}, ${t(data.state)}`}</small>
        </span>
        <Shape data={data} />
        <button type="button" className={cx(styles.closer, 'nodrag', 'nopan')} onClick={() => openAt(id)} aria-label={t`Close ${data.name}`} aria-expanded>
          <ChevronUp aria-hidden />
        </button>
      </header>
    </>
  );
}

function Ports({ id, data }: { readonly id: string; readonly data: LayerData }) {
  const fits = useFits(id);
  const { sideways } = data;
  return (
    <>
      {data.ports.map((place, index) => (
        <Handle
          key={place}
          id={`in-${index}`}
          type="target"
          position={sideways ? Position.Left : Position.Top}
          style={sideways ? { top: place } : { left: place }}
          className={cx(
            styles.port,
            fits && styles.fits,
            data.badPorts.includes(index) && styles.badPort,
            index > 1 && !data.connected.includes(index) && styles.spare,
          )}
          role="img"
          title={t(data.portNames[index] ?? '')}
          aria-label={t`${t(data.portNames[index] ?? `Input ${index + 1}`)} of ${data.name}`}
        />
      ))}
      {outputPlaces(data).map((place, index) => (
        <Handle
          key={place}
          id={outputId(index)}
          type="source"
          position={sideways ? Position.Right : Position.Bottom}
          style={sideways ? { top: place } : { left: place }}
          className={styles.port}
          role="img"
          aria-label={data.outputs === 1 ? t`Output of ${data.name}` : t`Output ${index + 1} of ${data.name}`}
        />
      ))}
    </>
  );
}

/** What is said of a card by what is chosen and looked at elsewhere. */
function useLooked({ node, level, laid }: LayerData): { readonly isOpen: boolean; readonly isPointed: boolean } {
  const isMessage = useSession((state) => state.message === node);
  const isPointed = useSession((state) => state.pointed === laid);
  // Layers of two levels may have the same id.
  const isOpen = isMessage && keyOf(openPath()) === level;
  return { isOpen, isPointed };
}

/** One node of the canvas. */
export const LayerCard = memo(function LayerCard({ id, data, selected, dragging }: NodeProps<LayerNode>) {
  const detail = useDetail();
  const lines = { data, activation: useActivation(data.laid), health: useHealth(data.laid) };
  const { isOpen, isPointed } = useLooked(data);
  const { frame } = data;
  const isReadable = detail === 'full' || detail === 'compact';
  const showMessage = () => {
    workIn(sceneNow().find(id).level.open.path);
    openMessage(isOpen ? null : data.node);
  };
  return (
    <div
      className={cx(
        frame ? styles.opened : styles.card,
        styles[detail],
        selected && styles.selected,
        isPointed && styles.pointed,
        dragging && styles.dragging,
        data.severity === 'error' && styles.error,
        data.state === 'bypassed' && styles.bypassed,
      )}
      style={frame ? { width: frame.width, height: frame.height } : undefined}
      data-mark={data.mark ?? undefined}
      data-family={data.family}
      data-block={data.kind === BLOCK || undefined}
      data-testid={`layer-${data.name}`}
    >
      {frame ? (
        <OpenedBlock id={id} data={{ ...data, frame }} />
      ) : (
        detail !== 'speck' && (
          <>
            <FamilyGlyph family={data.family} glyph={glyphOf(layerOf(data.kind))} />
            <div className={styles.words}>{detail === 'full' ? <FullLines {...lines} /> : <CompactLine {...lines} detail={detail} />}</div>
          </>
        )
      )}
      {isReadable && <Ports id={id} data={data} />}
      {isReadable && !frame && data.kind === BLOCK && <OpenButton id={id} name={data.name} />}
      {data.mark && (
        <span className={styles.mark} role="img" aria-label={t(data.mark)}>
          {data.mark === 'added' ? '+' : '≠'}
        </span>
      )}
      {data.severity && <ProblemBadge severity={data.severity} name={data.name} onPress={showMessage} />}
    </div>
  );
});
