// The connection while it is drawn; where it may not end, the reason stands at the pointer.

import { type ConnectionLineComponentProps, EdgeLabelRenderer, useStore } from '@xyflow/react';
import { t } from '../text/text.ts';
import { cx } from '../ui/classes.ts';
import { inputOfHandle, portInset } from './adapter.ts';
import { refusalBetween } from './gesture.ts';
import type { CanvasNode } from './useFlow.ts';
import styles from './Wire.module.css';

/** Null, or why the connection may not end where it is now. */
function refusalOf({
  fromNode,
  fromHandle,
  toNode,
  toHandle,
}: Pick<ConnectionLineComponentProps<CanvasNode>, 'fromNode' | 'fromHandle' | 'toNode' | 'toHandle'>): string | null {
  if (!toNode) return null;
  const forward = fromHandle.type === 'source';
  if (toHandle?.type === fromHandle.type) return forward ? 'Connect an output to an input' : 'Connect an input to an output';
  return forward ? refusalBetween(fromNode.id, toNode.id, inputOfHandle(toHandle?.id)) : refusalBetween(toNode.id, fromNode.id, inputOfHandle(fromHandle.id));
}

export function PendingWire(props: ConnectionLineComponentProps<CanvasNode>) {
  const { toX, toY, fromNode } = props;
  const inset = props.fromHandle.type === 'source' ? -portInset : portInset;
  const sideways = fromNode.data['sideways'] === true;
  const [fromX, fromY] = sideways ? [props.fromX + inset, props.fromY] : [props.fromX, props.fromY + inset];
  const zoom = useStore((state) => state.transform[2]);
  const refusal = refusalOf(props);
  const reach = Math.max(24, Math.abs(sideways ? toX - fromX : toY - fromY) / 2) * (props.fromHandle.type === 'source' ? 1 : -1);
  const [bendX, bendY] = sideways ? [reach, 0] : [0, reach];
  return (
    <g>
      <path
        className={cx(styles.pending, refusal !== null && styles.refused)}
        d={`M${fromX} ${fromY}C${fromX + bendX} ${fromY + bendY} ${toX - bendX} ${toY - bendY} ${toX} ${toY}`}
      />
      <circle className={styles.end} cx={toX} cy={toY} r={4} />
      {refusal !== null && (
        <EdgeLabelRenderer>
          <div className={styles.refusal} role="status" style={{ transform: `translate(${toX}px, ${toY}px) scale(${1 / zoom}) translate(12px, 12px)` }}>
            {t(refusal)}
          </div>
        </EdgeLabelRenderer>
      )}
    </g>
  );
}
