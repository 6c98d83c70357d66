// A connection: down, across, down. Says the shape it carries when the pointer is on it, and always where it is wrong.

import { EdgeLabelRenderer, type EdgeProps, useStore } from '@xyflow/react';
import { memo, useState } from 'react';
import { cx } from '../ui/classes.ts';
import { portInset, type WireEdge } from './adapter.ts';
import { useDetail, useInsertTarget } from './gesture.ts';
import { corners, labelPlace, roundedPath } from './route.ts';
import styles from './Wire.module.css';

interface LabelProps {
  readonly x: number;
  readonly y: number;
  /** Beside the connection, on the side that is away from the layers it goes round. */
  readonly aside: 'left' | 'right' | null;
  readonly bad: boolean;
  readonly children: string;
}

/** Keeps its size at any zoom. */
const asides = { left: 'calc(-100% - 10px)', right: '10px', over: '-50%' } as const;

function WireLabel({ x, y, aside, bad, children }: LabelProps) {
  const zoom = useStore((state) => state.transform[2]);
  return (
    <EdgeLabelRenderer>
      <div
        className={cx(styles.label, bad && styles.badLabel)}
        style={{ transform: `translate(${x}px, ${y}px) scale(${1 / zoom}) translate(${asides[aside ?? 'over']}, -50%)` }}
      >
        {children}
      </div>
    </EdgeLabelRenderer>
  );
}

export const Wire = memo(function Wire({ id, sourceX, sourceY, targetX, targetY, selected, data }: EdgeProps<WireEdge>) {
  const [hovered, setHovered] = useState(false);
  const isTarget = useInsertTarget(id);
  const isReachable = useDetail() !== 'speck';
  const sideways = data?.sideways ?? false;
  const [dx, dy] = sideways ? [portInset, 0] : [0, portInset];
  const route = data?.route ?? { turn: 'half', lane: null };
  const points = corners({ x: sourceX - dx, y: sourceY - dy }, { x: targetX + dx, y: targetY + dy }, route, sideways);
  const path = roundedPath(points);
  const place = labelPlace(points);
  const bad = data?.bad ?? false;
  const isLabelled = data?.shape != null && (bad || hovered || selected);
  return (
    <g onPointerEnter={() => setHovered(true)} onPointerLeave={() => setHovered(false)}>
      <path d={path} className={cx(styles.wire, data?.tentative && styles.tentative, (hovered || selected || isTarget) && styles.hot, bad && styles.bad)} />
      {isReachable && <path d={path} className={styles.reach} />}
      {isLabelled && (
        <WireLabel x={place.x} y={place.y} aside={place.upright && bad ? (place.x > sourceX + 1 ? 'right' : 'left') : null} bad={bad}>
          {data.shape ?? ''}
        </WireLabel>
      )}
    </g>
  );
});
