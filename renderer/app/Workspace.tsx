// The design view: palette, canvas, inspector, training dock. Panels are resized at their edges, closed, and remembered.

import { ChevronRight, Code, PanelRight, ScanEye } from 'lucide-react';
import { type KeyboardEvent, type PointerEvent, type ReactNode, useCallback, useEffect, useRef, useState } from 'react';
import { families } from '../../shared/layers/index.ts';
import { actionOf, runAction } from '../actions/index.ts';
import Canvas from '../canvas/Canvas.tsx';
import { QuickAdd } from '../canvas/QuickAdd.tsx';
import CodePanel from '../code/CodePanel.tsx';
import Inspector from '../inspector/Inspector.tsx';
import Outline from '../outline/Outline.tsx';
import Palette from '../palette/Palette.tsx';
import SamplePanel from '../sample/SamplePanel.tsx';
import { type Drawing, setDrawing, setPanel, useActiveNetwork, useActiveNetworkName, usePanel, useSelection, useSession } from '../state/index.ts';
import { t, tLabels } from '../text/text.ts';
import { FamilyGlyph } from '../ui/FamilyGlyph.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { Segmented } from '../ui/Segmented.tsx';
import TrainingDock from '../training/TrainingDock.tsx';
import { Boundary } from './Boundary.tsx';
import { useNarrow } from './useNarrow.ts';
import styles from './Workspace.module.css';

const limits = {
  palette: { min: 180, max: 320, name: 'the palette' },
  inspector: { min: 272, max: 420, name: 'the inspector' },
  side: { min: 300, max: 720, name: 'the side panel' },
} as const;
type Place = keyof typeof limits;

/** The edge of a panel: dragged, or moved with the arrow keys; a double click closes it. */
function Edge({ side, size }: { readonly side: Place; readonly size: number }) {
  const { min, max, name } = limits[side];
  const direction = side === 'palette' ? 1 : -1;
  const resize = (next: number) => setPanel(side, { size: Math.min(max, Math.max(min, Math.round(next))) });
  const onPointerMove = (event: PointerEvent<HTMLDivElement>) => {
    if (event.currentTarget.hasPointerCapture(event.pointerId)) resize(size + direction * event.movementX);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowRight' ? 16 : event.key === 'ArrowLeft' ? -16 : 0;
    if (step === 0) return;
    event.preventDefault();
    resize(size + direction * step);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a separator that can be moved has no element of its own
    <div
      role="separator"
      tabIndex={0}
      className={styles.edge}
      data-side={side}
      aria-label={t(`Width of ${name}`)}
      aria-orientation="vertical"
      aria-valuenow={size}
      aria-valuemin={min}
      aria-valuemax={max}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={onPointerMove}
      onKeyDown={onKeyDown}
      onDoubleClick={() => setPanel(side, { open: false })}
    />
  );
}

/** The palette folded up: its families, which open it at their place. */
function PaletteTab({ onOpen }: { readonly onOpen: (family: string | null) => void }) {
  return (
    <div className={styles.tab}>
      <IconButton label={t('Show the palette')} shortcut="L" icon={<ChevronRight />} onPress={() => onOpen(null)} />
      {families.map(({ id, title }) => (
        <IconButton key={id} label={t(title)} icon={<FamilyGlyph family={id} />} onPress={() => onOpen(id)} />
      ))}
    </div>
  );
}

/** The palette lying over the canvas: goes away with a press beside it, with Escape, with a layer that is added or dragged out. */
function Flyout({ family, onClose }: { readonly family: string | null; readonly onClose: () => void }) {
  const flyout = useRef<HTMLDivElement>(null);
  const count = useActiveNetwork()?.nodes.length;
  const dragging = useSession((state) => state.drag !== null);
  const [begin] = useState(count);
  useEffect(() => {
    if (dragging || count !== begin) onClose();
  }, [dragging, count, begin, onClose]);
  useEffect(() => {
    const onPointerDown = (event: globalThis.PointerEvent) => !flyout.current?.parentElement?.contains(event.target as Element) && onClose();
    const onEscape = (event: globalThis.KeyboardEvent) => event.key === 'Escape' && onClose();
    document.addEventListener('pointerdown', onPointerDown);
    document.addEventListener('keydown', onEscape);
    return () => {
      document.removeEventListener('pointerdown', onPointerDown);
      document.removeEventListener('keydown', onEscape);
    };
  }, [onClose]);
  return (
    <div ref={flyout} className={styles.over}>
      <Palette family={family} />
    </div>
  );
}

function LeftSide({ narrow }: { readonly narrow: boolean }) {
  const { open, size } = usePanel('palette');
  const [over, setOver] = useState<{ readonly family: string | null } | null>(null);
  const close = useCallback(() => setOver(null), []);
  if (!narrow && open) {
    return (
      <Panel side="palette" size={size}>
        <Palette />
      </Panel>
    );
  }
  const show = (family: string | null) => {
    if (!narrow) setPanel('palette', { open: true });
    else setOver(over && over.family === family ? null : { family });
  };
  return (
    <div className={styles.left} data-region>
      <PaletteTab onOpen={show} />
      {narrow && over && <Flyout family={over.family} onClose={close} />}
    </div>
  );
}

const regions: Readonly<Record<Place, string>> = { palette: 'The palette', inspector: 'The inspector', side: 'The side panel' };

function Panel({ side, size, children }: { readonly side: Place; readonly size: number; readonly children: ReactNode }) {
  return (
    <div className={styles.panel} data-region data-side={side} style={{ width: size, minWidth: limits[side].min }}>
      <Boundary region={t(regions[side])}>{children}</Boundary>
      <Edge side={side} size={size} />
    </div>
  );
}

function RightSide({ narrow }: { readonly narrow: boolean }) {
  const { open, size } = usePanel('inspector');
  const { nodes } = useSelection();
  const isBesideOther = usePanel('side').open;
  if (narrow && (nodes.length === 0 || isBesideOther)) return null;
  if (!open) {
    return (
      <div className={styles.reopen}>
        <IconButton label={t('Show the inspector')} shortcut="I" icon={<PanelRight />} onPress={() => setPanel('inspector', { open: true })} />
      </div>
    );
  }
  return (
    <Panel side="inspector" size={narrow ? limits.inspector.min : size}>
      <Inspector />
    </Panel>
  );
}

const drawings: readonly { readonly value: Drawing; readonly label: string }[] = [
  { value: 'canvas', label: 'Canvas' },
  { value: 'outline', label: 'Outline' },
];

/** Code or a live sample, beside the canvas. */
function Beside() {
  const { open, size } = usePanel('side');
  const side = useSession((state) => state.side);
  if (!open) return null;
  return (
    <Panel side="side" size={size}>
      {side === 'code' ? <CodePanel /> : <SamplePanel />}
    </Panel>
  );
}

function BesideButtons() {
  const { open } = usePanel('side');
  const side = useSession((state) => state.side);
  return (
    <>
      <IconButton label={t('Code')} icon={<Code />} pressed={open && side === 'code'} onPress={() => runAction(actionOf('view.code'))} />
      <IconButton label={t('Sample')} icon={<ScanEye />} pressed={open && side === 'sample'} onPress={() => runAction(actionOf('view.sample'))} />
    </>
  );
}

export function Workspace() {
  const drawing = useSession((state) => state.drawing);
  const isInspectorOpen = usePanel('inspector').open;
  const narrow = useNarrow();
  const name = useActiveNetworkName();
  return (
    <main className={styles.workspace} aria-label={t('Design')}>
      <h1 className="visuallyHidden">{t`Design ${name}`}</h1>
      <div className={styles.row}>
        <LeftSide narrow={narrow} />
        <div className={styles.canvas} data-region>
          <Boundary region={t('The canvas')}>{drawing === 'outline' ? <Outline /> : <Canvas />}</Boundary>
          <div className={styles.drawing} data-panel data-aside={!isInspectorOpen || undefined}>
            <Segmented label={t('Shown as')} value={drawing} options={tLabels(drawings)} onChange={setDrawing} />
            <BesideButtons />
          </div>
          <QuickAdd />
        </div>
        <Beside />
        <RightSide narrow={narrow} />
      </div>
      <Boundary region={t('The training dock')}>
        <TrainingDock />
      </Boundary>
    </main>
  );
}
