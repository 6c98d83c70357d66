// The overview in the corner: each layer as a bar in its hue, the part in view framed; a press or a drag moves the view there, the wheel zooms.
// Painted on one canvas. React Flow's own, an element of its own for each layer, took 5 of the 11 ms of a frame of a pan over 500 layers.

import { useReactFlow, useStoreApi } from '@xyflow/react';
import { type PointerEvent, useEffect, useRef, type WheelEvent } from 'react';
import { t } from '../text/text.ts';
import styles from './Minimap.module.css';
import { around, type Box, fitInto, inView, type Mapping, toDrawing, toPicture, type Transform } from './overview.ts';
import type { CanvasNode } from './useFlow.ts';

const size = { width: 136, height: 92 };
const margin = 6;
const hues: Readonly<Record<string, string>> = {
  core: 'core',
  convolution: 'conv',
  pooling: 'pool',
  recurrent: 'rec',
  attention: 'att',
  normalization: 'norm',
  regularization: 'reg',
  merge: 'merge',
};

interface Shown {
  readonly nodes: readonly CanvasNode[];
  readonly transform: Transform;
  readonly width: number;
  readonly height: number;
}

const boxOf = ({ position, measured }: CanvasNode): Box => ({ ...position, width: measured?.width ?? 0, height: measured?.height ?? 0 });

function mappingOf({ nodes, transform, width, height }: Shown): Mapping {
  const view = inView(transform, width, height);
  return fitInto(around([...nodes.map(boxOf), view]) ?? view, size.width, size.height, margin);
}

/** The custom property of a node's colour. */
function colourOf(node: CanvasNode): string {
  if (node.type === 'note' || node.data.frame) return '--line';
  return node.data.severity === 'error' ? '--bad' : `--fam-${hues[node.data.family] ?? 'block'}`;
}

/** Everything outside the part in view is veiled, the part itself framed. */
function paintView(context: CanvasRenderingContext2D, view: Box, colour: (property: string) => string): void {
  context.beginPath();
  context.rect(0, 0, size.width, size.height);
  context.rect(view.x, view.y, view.width, view.height);
  context.globalAlpha = 0.6;
  context.fillStyle = colour('--bg-canvas');
  context.fill('evenodd');
  context.globalAlpha = 1;
  context.strokeStyle = colour('--accent');
  context.lineWidth = 1;
  context.strokeRect(view.x, view.y, view.width, view.height);
}

function paint(picture: HTMLCanvasElement, shown: Shown): void {
  const context = picture.getContext('2d');
  if (!context) return;
  const ratio = window.devicePixelRatio;
  if (picture.width !== Math.round(size.width * ratio))
    Object.assign(picture, { width: Math.round(size.width * ratio), height: Math.round(size.height * ratio) });
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, size.width, size.height);
  const style = getComputedStyle(picture);
  const known = new Map<string, string>();
  const colour = (property: string) => known.get(property) ?? known.set(property, style.getPropertyValue(property)).get(property) ?? '';
  const mapping = mappingOf(shown);
  for (const node of shown.nodes) {
    const { x, y, width, height } = toPicture(mapping, boxOf(node));
    context.fillStyle = colour(colourOf(node));
    // A large network would be finer than a pixel.
    context.fillRect(x, y, Math.max(width, 1), Math.max(height, 1));
  }
  paintView(context, toPicture(mapping, inView(shown.transform, shown.width, shown.height)), colour);
}

/** Paints at most once a frame, whenever the drawing, the view or the theme changes. */
function usePainted(picture: React.RefObject<HTMLCanvasElement | null>): void {
  const store = useStoreApi<CanvasNode>();
  useEffect(() => {
    let frame = 0;
    const now = () => {
      frame = 0;
      if (picture.current) paint(picture.current, store.getState());
    };
    const soon = () => {
      frame ||= requestAnimationFrame(now);
    };
    soon();
    const forget = store.subscribe(soon);
    const themes = new MutationObserver(soon);
    themes.observe(document.documentElement, { attributeFilter: ['data-theme'] });
    return () => {
      forget();
      themes.disconnect();
      cancelAnimationFrame(frame);
    };
  }, [picture, store]);
}

export function Minimap() {
  const picture = useRef<HTMLCanvasElement>(null);
  const store = useStoreApi<CanvasNode>();
  const flow = useReactFlow();
  // Kept for the length of a drag: the picture itself changes with the view.
  const held = useRef<Mapping | null>(null);
  usePainted(picture);

  const moveTo = (event: PointerEvent<HTMLCanvasElement>) => {
    if (!held.current) return;
    const { left, top } = event.currentTarget.getBoundingClientRect();
    const { x, y } = toDrawing(held.current, { x: event.clientX - left, y: event.clientY - top });
    void flow.setCenter(x, y, { zoom: flow.getZoom() });
  };
  const onPointerDown = (event: PointerEvent<HTMLCanvasElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId);
    held.current = mappingOf(store.getState());
    moveTo(event);
  };
  const onWheel = ({ deltaY }: WheelEvent) => void (deltaY < 0 ? flow.zoomIn() : flow.zoomOut());

  return (
    <canvas
      ref={picture}
      className={styles.minimap}
      role="img"
      aria-label={t('Overview of the network')}
      onPointerDown={onPointerDown}
      onPointerMove={moveTo}
      onPointerUp={() => (held.current = null)}
      onWheel={onWheel}
    />
  );
}
