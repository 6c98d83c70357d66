// The connection that is being made from the keyboard, and the line that says how to go on.

import { Panel, ViewportPortal } from '@xyflow/react';
import { useSession } from '../state/index.ts';
import { t } from '../text/text.ts';
import { KeyHint } from '../ui/KeyHint.tsx';
import { boxIn, type Level } from './scene.ts';
import styles from './Wire.module.css';

/** @param level the one that is worked in */
export function KeyboardWire({ level }: { readonly level: Level }) {
  const connecting = useSession((state) => state.connecting);
  const { network } = level.open;
  const from = network.nodes.find(({ id }) => id === connecting?.from);
  const to = network.nodes.find(({ id }) => id === connecting?.to);
  const [start, end] = [from && boxIn(level, from.id), to && boxIn(level, to.id)];
  if (!from || !to || !start || !end) return null;
  const sideways = network.direction === 'right';
  const [outX, outY] = sideways ? [start.width, start.height / 2] : [start.width / 2, start.height];
  const [inX, inY] = sideways ? [0, end.height / 2] : [end.width / 2, 0];
  const [x1, y1, x2, y2] = [start.x + outX, start.y + outY, end.x + inX, end.y + inY];
  return (
    <>
      <ViewportPortal>
        <svg className={styles.keyboard} aria-hidden>
          <path
            className={styles.pending}
            d={sideways ? `M${x1} ${y1}C${x1 + 40} ${y1} ${x2 - 40} ${y2} ${x2} ${y2}` : `M${x1} ${y1}C${x1} ${y1 + 40} ${x2} ${y2 - 40} ${x2} ${y2}`}
          />
          <rect className={styles.aim} x={end.x - 4} y={end.y - 4} width={end.width + 8} height={end.height + 8} rx={11} />
        </svg>
      </ViewportPortal>
      <Panel position="top-center" className={styles.steps}>
        <span role="status">
          {t('Connect')} <b>{from.name}</b> → <b>{to.name}</b>
        </span>
        <KeyHint>↓</KeyHint> {t('another')} <KeyHint>Enter</KeyHint> {t('connect')} <KeyHint>Esc</KeyHint> {t('leave')}
      </Panel>
    </>
  );
}
