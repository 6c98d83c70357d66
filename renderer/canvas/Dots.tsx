// The grid of dots behind the network. One small pattern, moved as a whole while the view is panned, so that nothing is painted anew.

import { useStore } from '@xyflow/react';
import { gridSize } from '../../shared/network/layout.ts';
import styles from './Canvas.module.css';

/** Below this zoom dots would be dust. */
const least = 0.5;

/** What is left of a movement after whole steps of the grid: never below 0. */
const rest = (value: number, step: number): number => ((value % step) + step) % step;

export function Dots() {
  const zoom = useStore((state) => state.transform[2]);
  return zoom < least ? null : <Pattern step={gridSize * zoom} dot={0.8 * zoom} />;
}

function Pattern({ step, dot }: { readonly step: number; readonly dot: number }) {
  const x = useStore((state) => rest(state.transform[0] - step / 2, step));
  const y = useStore((state) => rest(state.transform[1] - step / 2, step));
  return (
    <div
      className={styles.dots}
      aria-hidden
      style={{
        inset: -step,
        backgroundSize: `${step}px ${step}px`,
        backgroundImage: `radial-gradient(circle, var(--bg-dots) ${dot}px, transparent ${dot + 0.5}px)`,
        transform: `translate(${x}px, ${y}px)`,
      }}
    />
  );
}
