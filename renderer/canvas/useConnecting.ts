// Drawing connections and moving their lower ends: what React Flow's gestures mean for the document.

import { type Connection, type FinalConnectionState, type OnConnectStartParams, useReactFlow } from '@xyflow/react';
import { useCallback, useState } from 'react';
import { connect, disconnect, reconnect } from '../actions/index.ts';
import { currentNetwork, notify, openQuickAdd, workIn } from '../state/index.ts';
import { inputOfHandle, outputOfHandle, type WireEdge } from './adapter.ts';
import { cardAt } from './scene.ts';
import { movingEdge, refusalBetween, sceneNow, setMoving } from './gesture.ts';

/** The nodes that a connection from here may end at, as React Flow calls them. */
function fitting({ nodeId, handleType }: OnConnectStartParams): ReadonlySet<string> {
  if (nodeId === null) return new Set();
  const { level } = sceneNow().find(nodeId);
  const ids = level.open.network.nodes.map(({ id }) => level.idOf(id));
  return new Set(ids.filter((id) => (handleType === 'source' ? refusalBetween(nodeId, id) : refusalBetween(id, nodeId)) === null));
}

export const mayConnect = ({ source, target, targetHandle }: Connection | WireEdge): boolean =>
  refusalBetween(source, target, inputOfHandle(targetHandle)) === null;

/** The ids of the document, and the work done where they are. */
function ends(source: string, target: string): readonly [source: string, target: string] {
  const from = sceneNow().find(source);
  workIn(from.level.open.path);
  return [from.id, sceneNow().find(target).id];
}
/** Connects two layers, as React Flow calls them; null, or why not. */
function join(source: string, target: string, input?: number, output?: number): string | null {
  const refusal = refusalBetween(source, target, input);
  return refusal ?? connect(...ends(source, target), input, output);
}
function moveEnd(edge: string, source: string, target: string, input?: number): void {
  reconnect(sceneNow().find(edge).id, ...ends(source, target), input);
}

const pointOf = (event: globalThis.MouseEvent | TouchEvent) => {
  const at = 'clientX' in event ? event : event.changedTouches[0];
  return { x: at?.clientX ?? 0, y: at?.clientY ?? 0 };
};

/**
 * An end of a connection was let go away from a port: on a card it goes there, in the open it is pulled off.
 * @param fixed the layer at its other end
 * @param forward whether the lower end is the one that moved
 */
function endMove(edge: string, fixed: string, onto: string | null, forward: boolean, isOpen: boolean): void {
  if (onto === null || onto === fixed) {
    workIn(sceneNow().find(edge).level.open.path);
    if (isOpen) disconnect(sceneNow().find(edge).id);
    return;
  }
  const [source, target] = forward ? [fixed, onto] : [onto, fixed];
  const { id } = sceneNow().find(edge);
  const input = forward ? undefined : currentNetwork()?.edges.find((one) => one.id === id)?.input;
  const refusal = refusalBetween(source, target, input);
  if (refusal === null) moveEnd(edge, source, target, input);
  else notify({ tone: 'info', text: refusal });
}

/** Drawing connections: to a port, to a card's body, or into the open, where the list of layers appears. */
export function useConnecting() {
  const flow = useReactFlow();
  const [fits, setFits] = useState<ReadonlySet<string> | null>(null);
  const onConnectStart = useCallback((_: unknown, params: OnConnectStartParams) => setFits(fitting(params)), []);
  const onConnect = useCallback(
    ({ source, sourceHandle, target, targetHandle }: Connection) => void join(source, target, inputOfHandle(targetHandle), outputOfHandle(sourceHandle)),
    [],
  );
  const onReconnectStart = useCallback((_: unknown, edge: WireEdge) => setMoving(edge.id), []);
  const onReconnect = useCallback((edge: WireEdge, { source, target, targetHandle }: Connection) => {
    moveEnd(edge.id, source, target, inputOfHandle(targetHandle));
  }, []);
  const onReconnectEnd = useCallback(() => setMoving(null), []);
  const onConnectEnd = useCallback(
    (event: globalThis.MouseEvent | TouchEvent, state: FinalConnectionState) => {
      setFits(null);
      if (state.isValid || !state.fromNode || !state.fromHandle) return;
      const screen = pointOf(event);
      const [from, forward] = [state.fromNode.id, state.fromHandle.type === 'source'];
      const under = document.elementFromPoint(screen.x, screen.y);
      const onto = under?.closest('.react-flow__node')?.getAttribute('data-id') ?? state.toNode?.id;
      const edge = movingEdge();
      if (edge !== null) {
        endMove(edge, from, onto ?? null, forward, under?.classList.contains('react-flow__pane') ?? false);
      } else if (onto != null) {
        const refusal = onto === from ? null : forward ? join(from, onto) : join(onto, from);
        // Over a port the reason stood at the pointer already.
        if (refusal !== null && !state.toNode) notify({ tone: 'info', text: refusal });
      } else if (forward && under?.closest('.react-flow')) {
        const { level, id } = sceneNow().find(from);
        workIn(level.open.path);
        openQuickAdd({ screen, canvas: cardAt(level, flow.screenToFlowPosition(screen)), from: id });
      }
    },
    [flow],
  );
  return { fits, onConnectStart, onConnect, onConnectEnd, onReconnectStart, onReconnect, onReconnectEnd };
}
