// The connection that is being made from the keyboard, and the line that says how to go on.

import { Panel, ViewportPortal } from '@xyflow/react';
import { nodeSize } from '../../shared/network/layout.ts';
import type { Network } from '../../shared/network/network.ts';
import { useSession } from '../state/index.ts';
import { t } from '../text/text.ts';
import { KeyHint } from '../ui/KeyHint.tsx';
import styles from './Wire.module.css';

export function KeyboardWire({ network }: { readonly network: Network }) {
  const connecting = useSession((state) => state.connecting);
  const from = network.nodes.find(({ id }) => id === connecting?.from);
  const to = network.nodes.find(({ id }) => id === connecting?.to);
  if (!from || !to) return null;
  const sideways = network.direction === 'right';
  const [outX, outY] = sideways ? [nodeSize.width, nodeSize.height / 2] : [nodeSize.width / 2, nodeSize.height];
  const [inX, inY] = sideways ? [0, nodeSize.height / 2] : [nodeSize.width / 2, 0];
  const [x1, y1, x2, y2] = [from.position.x + outX, from.position.y + outY, to.position.x + inX, to.position.y + inY];
  return (
    <>
      <ViewportPortal>
        <svg className={styles.keyboard} aria-hidden>
          <path
            className={styles.pending}
            d={sideways ? `M${x1} ${y1}C${x1 + 40} ${y1} ${x2 - 40} ${y2} ${x2} ${y2}` : `M${x1} ${y1}C${x1} ${y1 + 40} ${x2} ${y2 - 40} ${x2} ${y2}`}
          />
          <rect className={styles.aim} x={to.position.x - 4} y={to.position.y - 4} width={nodeSize.width + 8} height={nodeSize.height + 8} rx={11} />
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
