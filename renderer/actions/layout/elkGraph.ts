// A network as a graph of the layout library, and its answer as places on our grid. Pure: the library itself runs in a worker (elk.ts).

import type { ElkNode, LayoutOptions } from 'elkjs/lib/elk-api.js';
import { columnPitch, type Direction, gridSize, layout, nodeSize, rowPitch, snap } from '../../../shared/network/layout.ts';
import type { Network, NetworkEdge } from '../../../shared/network/network.ts';
import { incomingEdges } from '../../../shared/network/rules.ts';

export type Places = Readonly<Record<string, { readonly x: number; readonly y: number }>>;

/** The look of a network drawn by hand: a trunk that is straight, branches beside it, gaps as between layers added one by one. */
function optionsFor(direction: Direction): LayoutOptions {
  const [along, across] =
    direction === 'down' ? [rowPitch - nodeSize.height, columnPitch - nodeSize.width] : [columnPitch + gridSize - nodeSize.width, rowPitch - nodeSize.height];
  return {
    'elk.algorithm': 'layered',
    'elk.direction': direction === 'down' ? 'DOWN' : 'RIGHT',
    'elk.randomSeed': '1',
    'elk.layered.layering.strategy': 'NETWORK_SIMPLEX',
    'elk.layered.nodePlacement.strategy': 'NETWORK_SIMPLEX',
    'elk.layered.nodePlacement.favorStraightEdges': 'true',
    'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES',
    'elk.layered.spacing.nodeNodeBetweenLayers': String(along),
    'elk.layered.spacing.edgeNodeBetweenLayers': '8',
    'elk.layered.spacing.edgeEdgeBetweenLayers': '4',
    'elk.spacing.nodeNode': String(across),
    'elk.spacing.edgeNode': String(direction === 'down' ? gridSize * 2 : gridSize),
    'elk.spacing.componentComponent': String(columnPitch - nodeSize.width),
    'elk.padding': '[top=0,left=0,bottom=0,right=0]',
  };
}

/** A port for each connection at the middle of its side: in their order, yet so close that what follows one another stands in one line. */
function portsOf(id: string, incoming: readonly NetworkEdge[], outputs: number, direction: Direction) {
  const { width, height } = nodeSize;
  const [into, out] = direction === 'down' ? ['NORTH', 'SOUTH'] : ['WEST', 'EAST'];
  const at = (count: number, i: number, far: boolean) => {
    const offset = i - (count - 1) / 2;
    return direction === 'down' ? { x: width / 2 + offset, y: far ? height : 0 } : { x: far ? width : 0, y: height / 2 + offset };
  };
  const sized = { width: 0, height: 0 };
  return [
    ...incoming.map((edge, i) => ({ id: `${id}<${edge.id}`, ...sized, ...at(incoming.length, i, false), layoutOptions: { 'elk.port.side': into ?? '' } })),
    ...Array.from({ length: outputs }, (_, i) => ({ id: `${id}>${i}`, ...sized, ...at(outputs, i, true), layoutOptions: { 'elk.port.side': out ?? '' } })),
  ];
}

/** How much a connection should be straight: most on the longest way through the network, some between neighbours; those that skip layers go around. */
function straightnessOf(network: Network): (edge: NetworkEdge) => number {
  const down = layout(network);
  const up = layout({ ...network, edges: network.edges.map((edge) => ({ ...edge, source: edge.target, target: edge.source })) });
  const step = (rows: Places, from: string, to: string) => (rows[to]?.y ?? 0) - (rows[from]?.y ?? 0) === rowPitch;
  return ({ source, target }) => {
    if (!step(down, source, target)) return 1;
    return step(up, target, source) ? 100 : 10;
  };
}

/** The network, or those of its layers, as the library takes it. */
export function elkGraph(network: Network, direction: Direction, only: ReadonlySet<string> | null): ElkNode {
  const nodes = network.nodes.filter(({ id }) => only === null || only.has(id));
  const known = new Set(nodes.map(({ id }) => id));
  const edges = network.edges.filter(({ source, target }) => known.has(source) && known.has(target));
  const straightness = straightnessOf({ ...network, nodes, edges });
  const outputsOf = (id: string) => 1 + Math.max(0, ...edges.filter(({ source }) => source === id).map(({ output = 0 }) => output));
  return {
    id: 'network',
    layoutOptions: optionsFor(direction),
    children: nodes.map(({ id }) => ({
      id,
      ...nodeSize,
      ports: portsOf(
        id,
        incomingEdges(network, id).filter((edge) => known.has(edge.source)),
        outputsOf(id),
        direction,
      ),
      layoutOptions: { 'elk.portConstraints': 'FIXED_POS' },
    })),
    edges: edges.map((edge) => ({
      id: edge.id,
      sources: [`${edge.source}>${edge.output ?? 0}`],
      targets: [`${edge.target}<${edge.id}`],
      layoutOptions: { 'elk.layered.priority.straightness': String(straightness(edge)) },
    })),
  };
}

/** The answer on the grid. Of a part, the upper left corner stays where it was. */
export function placesFrom({ children = [] }: ElkNode, network: Network, only: ReadonlySet<string> | null): Places {
  const corner = (points: readonly { readonly x?: number; readonly y?: number }[], axis: 'x' | 'y') => Math.min(...points.map((point) => point[axis] ?? 0));
  const before = only === null ? [{ x: 0, y: 0 }] : network.nodes.filter(({ id }) => only.has(id)).map(({ position }) => position);
  const shift = { x: corner(before, 'x') - corner(children, 'x'), y: corner(before, 'y') - corner(children, 'y') };
  return Object.fromEntries(children.map(({ id, x = 0, y = 0 }) => [id, { x: snap(x + shift.x), y: snap(y + shift.y) }]));
}
