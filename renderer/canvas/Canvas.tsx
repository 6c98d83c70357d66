// The canvas: the network as cards and connections. The only room that knows React Flow; what it changes goes through actions.

import '@xyflow/react/dist/base.css';
import { PanOnScrollMode, ReactFlow, ReactFlowProvider, SelectionMode, useReactFlow, useStore, type Viewport } from '@xyflow/react';
import { type MouseEvent, useCallback, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { gridSize } from '../../shared/network/layout.ts';
import { BLOCK } from '../../shared/network/blocks.ts';
import { openBlock } from '../actions/index.ts';
import {
  keyOf,
  openMessage,
  openQuickAdd,
  type OpenLevel,
  setPointed,
  setViewport,
  useCanvasId,
  useDocument,
  useIsCanvasEmpty,
  useLevels,
  useOpenPath,
  useSession,
  workIn,
} from '../state/index.ts';
import { t } from '../text/text.ts';
import type { WireEdge } from './adapter.ts';
import { Breadcrumb } from './Breadcrumb.tsx';
import styles from './Canvas.module.css';
import { CanvasTools, ZoomControl } from './CanvasTools.tsx';
import { Dots } from './Dots.tsx';
import { DropGhost } from './DropGhost.tsx';
import { EmptyCanvas } from './EmptyCanvas.tsx';
import { type Detail, DetailShown, detailAt, Fits, InsertTarget, sceneNow } from './gesture.ts';
import { KeyboardWire } from './KeyboardWire.tsx';
import { LayerCard } from './LayerCard.tsx';
import { Minimap } from './Minimap.tsx';
import { NoteCard } from './NoteCard.tsx';
import { PendingWire } from './PendingWire.tsx';
import { ProblemCard } from './ProblemCard.tsx';
import { cardAt, sceneOf } from './scene.ts';
import { openingView, sizeOf } from './openingView.ts';
import { mayConnect, useConnecting } from './useConnecting.ts';
import { useCanvasPort } from './useCanvasPort.ts';
import { type CanvasNode, useFlow } from './useFlow.ts';
import { Removed, useMarks } from './Comparing.tsx';
import { useGliding } from './useGliding.ts';
import { useKeepInView } from './useKeepInView.ts';
import { useMinimapRoom } from './useMinimap.ts';
import { useLayerDrop } from './useLayerDrop.ts';
import { Wire } from './Wire.tsx';

/** The details of all layers, asked of the view once. */
function useDetail(): Detail {
  return useStore((state) => detailAt(state.transform[2]));
}

const nodeTypes = { layer: LayerCard, note: NoteCard };
const edgeTypes = { wire: Wire };
const grid: [number, number] = [gridSize, gridSize];
/** Beyond this, only what is seen is kept in the page. */
const manyNodes = 120;
const panButtons = [1, 2];
const addKeys = ['Shift', 'Control', 'Meta'];
const pointedBy = ({ type, data }: CanvasNode): string => (type === 'layer' ? data.laid : '');
const onPoint = (_: MouseEvent, node: CanvasNode) => setPointed(pointedBy(node));
/** What the pointer has come to since, in a text about the layers, stays. */
const onPointAway = (_: MouseEvent, node: CanvasNode) => useSession.getState().pointed === pointedBy(node) && setPointed(null);

function openIfBlock(_: unknown, { type, id, data }: CanvasNode): void {
  if (type !== 'layer' || data.kind !== BLOCK) return;
  workIn(sceneNow().find(id).level.open.path);
  openBlock(data.node);
}

interface PaneProps {
  readonly pane: React.RefObject<HTMLElement | null>;
}

function Flow({ canvas, pane }: PaneProps & { readonly canvas: OpenLevel }) {
  const { network } = canvas;
  const scene = useMemo(() => sceneOf(canvas), [canvas]);
  const level = scene.of(keyOf(useOpenPath()));
  const message = useSession((state) => state.message);
  const { marks, removed } = useMarks(network);
  const flowNow = useReactFlow();
  const { finishDrag, ...flow } = useFlow(scene, marks, flowNow);
  // Read once: React Flow keeps the view from then on.
  const [first] = useState(() => useSession.getState().viewports[network.id] ?? openingView(flow.nodes, sizeOf(pane.current), network.direction === 'right'));
  const { fits, ...connecting } = useConnecting();
  const insertTarget = useLayerDrop(pane);
  const detail = useDetail();
  const hasRoom = useMinimapRoom();
  useCanvasPort(pane);
  useKeepInView(pane);
  useGliding(flow.nodes, pane);

  const onMoveStart = useCallback(() => pane.current?.setAttribute('data-moving', ''), [pane]);
  const onMoveEnd = useCallback(
    (_: unknown, next: Viewport) => {
      pane.current?.removeAttribute('data-moving');
      setViewport(network.id, next);
    },
    [network.id, pane],
  );
  const onPaneDoubleClick = (event: MouseEvent) => {
    if (!(event.target as Element).classList.contains('react-flow__pane')) return;
    const screen = { x: event.clientX, y: event.clientY };
    const place = flowNow.screenToFlowPosition(screen);
    const there = scene.at(place);
    workIn(there.open.path);
    openQuickAdd({ screen, canvas: cardAt(there, place), from: null });
  };

  return (
    <InsertTarget value={insertTarget}>
      <Fits value={fits}>
        <DetailShown value={detail}>
          <ReactFlow<CanvasNode, WireEdge>
            {...flow}
            {...connecting}
            nodeTypes={nodeTypes}
            edgeTypes={edgeTypes}
            defaultViewport={first}
            isValidConnection={mayConnect}
            connectionLineComponent={PendingWire}
            connectionRadius={28}
            onNodeDoubleClick={openIfBlock}
            onNodeDragStop={(_, __, moved) => finishDrag(moved)}
            onSelectionDragStop={(_, moved) => finishDrag(moved)}
            onNodeMouseEnter={onPoint}
            onNodeMouseLeave={onPointAway}
            onMoveStart={onMoveStart}
            onMoveEnd={onMoveEnd}
            onPaneClick={() => openMessage(null)}
            onDoubleClick={onPaneDoubleClick}
            snapToGrid
            snapGrid={grid}
            minZoom={0.1}
            maxZoom={2}
            panOnScroll
            panOnScrollMode={PanOnScrollMode.Free}
            panOnDrag={panButtons}
            selectionOnDrag
            selectionMode={SelectionMode.Partial}
            multiSelectionKeyCode={addKeys}
            selectionKeyCode={null}
            deleteKeyCode={null}
            zoomOnDoubleClick={false}
            nodeDragThreshold={3}
            connectOnClick={false}
            disableKeyboardA11y
            zIndexMode="manual"
            onlyRenderVisibleElements={flow.nodes.length > manyNodes}
            proOptions={{ hideAttribution: true }}
          >
            <Dots />
            <KeyboardWire level={level} />
            <Removed nodes={removed} level={scene.levels[0] ?? level} />
            {message !== null && <ProblemCard node={message} level={level} />}
            {network.nodes.length > 0 && message === null && hasRoom && <Minimap />}
          </ReactFlow>
        </DetailShown>
      </Fits>
    </InsertTarget>
  );
}

/** Follows every edit; the tools around it do not. */
function Drawing({ pane }: PaneProps) {
  const canvas = useLevels();
  return canvas && <Flow canvas={canvas} pane={pane} />;
}

/** The active network's canvas. */
export default function Canvas() {
  const id = useCanvasId();
  const isEmpty = useIsCanvasEmpty();
  const opened = useDocument((state) => state.opened);
  const pane = useRef<HTMLElement>(null);
  // The view of a network that is opened depends on the room for it: measured first, before anything is painted.
  const [isMeasured, setMeasured] = useState(false);
  useLayoutEffect(() => setMeasured(pane.current !== null), []);
  return (
    <section ref={pane} className={styles.canvas} aria-label={t('Network')}>
      {isMeasured && isEmpty !== null && (
        <ReactFlowProvider key={`${id}/${opened}`} zIndexMode="manual">
          <Drawing pane={pane} />
          <CanvasTools />
          <Breadcrumb />
          <ZoomControl />
        </ReactFlowProvider>
      )}
      {isEmpty && <EmptyCanvas />}
      <DropGhost />
    </section>
  );
}
