// Drawing connections and moving their lower ends: what React Flow's gestures mean for the document.

import { type Connection, type FinalConnectionState, type OnConnectStartParams, useReactFlow } from '@xyflow/react';
import { useCallback, useState } from 'react';
import type { Network } from '../../shared/network/network.ts';
import { canConnect } from '../../shared/network/rules.ts';
import { connect, disconnect, reconnect } from '../actions/index.ts';
import { currentNetwork, notify, openQuickAdd } from '../state/index.ts';
import { inputOfHandle, outputOfHandle, type WireEdge } from './adapter.ts';
import { movingEdge, networkInGesture, setMoving } from './gesture.ts';

/** The nodes that a connection from here may end at. */
function fitting(network: Network, { nodeId, handleType }: OnConnectStartParams): ReadonlySet<string> {
  const fits = network.nodes.filter(
    ({ id }) => nodeId !== null && (handleType === 'source' ? canConnect(network, nodeId, id) : canConnect(network, id, nodeId)) === null,
  );
  return new Set(fits.map((node) => node.id));
}

export function mayConnect({ source, target, targetHandle }: Connection | WireEdge): boolean {
  const network = networkInGesture();
  return network !== null && canConnect(network, source, target, inputOfHandle(targetHandle)) === null;
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
  const network = networkInGesture();
  if (!network) return;
  if (onto === null || onto === fixed) {
    if (isOpen) disconnect(edge);
    return;
  }
  const [source, target] = forward ? [fixed, onto] : [onto, fixed];
  const input = forward ? undefined : currentNetwork()?.edges.find(({ id }) => id === edge)?.input;
  const refusal = canConnect(network, source, target, input);
  if (refusal === null) reconnect(edge, source, target, input);
  else notify({ tone: 'info', text: refusal });
}

/** Drawing connections: to a port, to a card's body, or into the open, where the list of layers appears. */
export function useConnecting() {
  const flow = useReactFlow();
  const [fits, setFits] = useState<ReadonlySet<string> | null>(null);
  const onConnectStart = useCallback((_: unknown, params: OnConnectStartParams) => {
    const network = networkInGesture();
    if (network) setFits(fitting(network, params));
  }, []);
  const onConnect = useCallback(
    ({ source, sourceHandle, target, targetHandle }: Connection) => void connect(source, target, inputOfHandle(targetHandle), outputOfHandle(sourceHandle)),
    [],
  );
  const onReconnectStart = useCallback((_: unknown, edge: WireEdge) => setMoving(edge.id), []);
  const onReconnect = useCallback((edge: WireEdge, { source, target, targetHandle }: Connection) => {
    reconnect(edge.id, source, target, inputOfHandle(targetHandle));
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
        const refusal = onto === from ? null : forward ? connect(from, onto) : connect(onto, from);
        // Over a port the reason stood at the pointer already.
        if (refusal !== null && !state.toNode) notify({ tone: 'info', text: refusal });
      } else if (forward && under?.closest('.react-flow')) {
        openQuickAdd({ screen, canvas: flow.screenToFlowPosition(screen), from });
      }
    },
    [flow],
  );
  return { fits, onConnectStart, onConnect, onConnectEnd, onReconnectStart, onReconnect, onReconnectEnd };
}
