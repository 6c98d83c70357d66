// From the laid open network back to the document: what is known and what is wrong inside blocks, told at their places.

import type { Expanded } from '../../network/blocks.ts';
import type { Edit } from '../../network/edits.ts';
import type { Network, NetworkNode } from '../../network/network.ts';
import type { Problem, Repair } from '../../network/problem.ts';
import { unknownAnalysis } from '../measure.ts';
import { atOneScope } from './scopes.ts';
import type { NodeAnalysis } from '../types.ts';

const isSetting = (edit: Edit): edit is Extract<Edit, { type: 'setParameters' | 'setNode' }> => edit.type === 'setParameters' || edit.type === 'setNode';

/** A setting as the document needs it: inside a block it is one of the definition. */
function settingAtOrigin(edit: Extract<Edit, { type: 'setParameters' | 'setNode' }>, { origins }: Expanded): Edit {
  const inside = origins.get(edit.node)?.inside;
  return inside ? { type: 'editBlock', block: inside.block, edits: [{ ...edit, node: inside.node }] } : edit;
}

/** None where it cannot be told in the document. */
function repairAtOrigin(repair: Repair, network: Network, expanded: Expanded): Repair[] {
  const settings = repair.edits.filter(isSetting);
  if (settings.length === repair.edits.length) return [{ ...repair, edits: settings.map((edit) => settingAtOrigin(edit, expanded)) }];
  const edits = atOneScope(repair.edits, network, expanded);
  return edits ? [{ ...repair, edits }] : [];
}

/** Problems as the document shows them. */
export function problemsAtPlaces(problems: readonly Problem[], network: Network, expanded: Expanded): Problem[] {
  if (expanded.network === network) return [...problems];
  const edgeIds = new Set(network.edges.map(({ id }) => id));
  return problems.map((problem) => ({
    ...problem,
    nodes: [...new Set(problem.nodes.map((id) => expanded.origins.get(id)?.place ?? id))],
    edges: problem.edges.filter((id) => edgeIds.has(id)),
    repairs: problem.repairs.flatMap((repair) => repairAtOrigin(repair, network, expanded)),
    ...(problem.nodes.some((id) => expanded.origins.get(id)?.inside) && { inside: { nodes: problem.nodes, edges: problem.edges } }),
  }));
}

const why = 'A block stands for the layers inside it, at each of its places.';

/** Blocks that cannot be laid open. */
export function blockProblems({ faults }: Expanded, { nodes }: Network): Problem[] {
  return faults.map(({ place, fault, words }): Problem => {
    const node = nodes.find(({ id }) => id === place) as NetworkNode;
    const repairs: Repair[] =
      fault === 'block-repeat' ? [{ label: `Use ${node.name} once`, edits: [{ type: 'setParameters', node: place, parameters: { repeat: 1 } }] }] : [];
    return { severity: 'error', code: fault, what: words, where: node.name, why, repairs, nodes: [place], edges: [] };
  });
}

/** What a block comes to at one place, in the network or in another block: the sum of its layers, the shape of its first output. */
function placeAnalysis(place: string, layers: readonly NetworkNode[], { results, entering }: Expanded, known: ReadonlyMap<string, NodeAnalysis>): NodeAnalysis {
  const depth = place.split('/').length;
  const inside = layers.flatMap(({ id, name }) => {
    const analysis = known.get(id);
    return analysis ? [{ name: name.split('/').slice(depth).join('/'), analysis }] : [];
  });
  const shapeOf = (id: string | undefined) => known.get(id ?? '')?.outputShape ?? null;
  const sum = (pick: (analysis: NodeAnalysis) => number) => inside.reduce((total, { analysis }) => total + pick(analysis), 0);
  return {
    ...unknownAnalysis((entering.get(place) ?? []).map(shapeOf)),
    outputShape: shapeOf(results.get(place)?.[0]),
    tentative: inside.some(({ analysis }) => analysis.tentative),
    trainable: sum((one) => one.trainable),
    nonTrainable: sum((one) => one.nonTrainable),
    multiplyAdds: sum((one) => one.multiplyAdds),
    activationBytes: sum((one) => one.activationBytes),
    weights: inside.flatMap(({ name, analysis }) => analysis.weights.map((weight) => ({ ...weight, name: `${name}/${weight.name}` }))),
  };
}

/** The layers inside each place of a block, at any depth: those whose ids begin with the place's. */
function layersInside({ network, results }: Expanded): ReadonlyMap<string, NetworkNode[]> {
  const inside = new Map<string, NetworkNode[]>([...results.keys()].map((place) => [place, []]));
  for (const node of network.nodes) {
    for (let end = node.id.indexOf('/'); end >= 0; end = node.id.indexOf('/', end + 1)) inside.get(node.id.slice(0, end))?.push(node);
  }
  return inside;
}

/** Every layer, those inside blocks under their ids in the laid open network, and every place of a block, likewise. */
export function analysesAtPlaces(expanded: Expanded, known: ReadonlyMap<string, NodeAnalysis>): Record<string, NodeAnalysis> {
  const places = [...layersInside(expanded)].map(([place, layers]) => [place, placeAnalysis(place, layers, expanded, known)] as const);
  return Object.fromEntries([...known, ...places]);
}

/** Document nodes in the order of computation, a block after the last of its layers. */
export function orderOfPlaces(order: readonly string[], { origins }: Expanded): string[] {
  const places = order.map((id) => origins.get(id)?.place ?? id);
  return [...new Set(places.reverse())].reverse();
}
