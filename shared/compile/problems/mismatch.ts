// Repairs where branches meet with unequal shapes: looks back for the layer that causes it. Only for merging layers.

import type { AnyLayer } from '../../layers/layer.ts';
import type { Repair } from '../../network/problem.ts';
import type { Shape } from '../../tensor/types.ts';
import type { Graph } from '../graph.ts';
import { insertions } from './fitting.ts';
import { attempt, type KnownNode, type Lowered } from '../measure.ts';

interface Found {
  readonly repairs: readonly Repair[];
  readonly why: string | undefined;
}
interface Change {
  readonly words: string;
  readonly why?: string;
  readonly parameters: Readonly<Record<string, unknown>>;
}

/** The parameter that sets a layer's last axis, where it has one. */
const widthField = (layer: AnyLayer): string | undefined => ['filters', 'units'].find((name) => name in layer.fields);

/** What could be changed at a branch so that it fits the others, simplest first. */
function changesAt({ layer, node }: KnownNode, others: readonly Shape[]): Change[] {
  const valid = 'padding' in layer.fields && node.parameters.padding !== 'same';
  const pad: Change = {
    words: `Set padding of ${node.name} to “same”`,
    why: `${node.name} has padding “valid”: it loses pixels on every edge.`,
    parameters: { padding: 'same' },
  };
  const field = widthField(layer),
    width = others[0]?.at(-1);
  const widen: Change[] =
    field !== undefined && width !== undefined ? [{ words: `Set ${field} of ${node.name} to ${width}`, parameters: { [field]: width } }] : [];
  const both = valid
    ? widen.map(({ words, parameters }) => ({ words: `${words}, padding to “same”`, why: pad.why, parameters: { ...parameters, padding: 'same' } }))
    : [];
  return [...(valid ? [pad] : []), ...widen, ...both];
}

/** Changes one layer back after which the branches can be joined. */
export function mismatchRepairs(graph: Graph, results: ReadonlyMap<string, Lowered>, merge: KnownNode): Found {
  const sources = merge.incoming.map((edge) => graph.nodes.get(edge.source));
  const shapes = sources.map((source) => (source ? (results.get(source.node.id)?.analysis.outputShape ?? null) : null));
  const known = shapes.filter((shape): shape is Shape => shape !== null);
  if (known.length < sources.length) return { repairs: [], why: undefined };
  const found = sources.flatMap((source, place) =>
    source?.layer ? changesThatJoin(graph, merge, { ...source, layer: source.layer }, place, known, results) : [],
  );
  const repairs = found.map(({ node, words, parameters }) => ({ label: words, edits: [{ type: 'setParameters' as const, node, parameters }] }));
  return { repairs: [...repairs, ...insertions(graph, merge, known)], why: found.find(({ why }) => why)?.why };
}

/** So far back the cause is looked for. */
const DEEPEST = 6;
/** The end of a branch and the layers before it, back to one that can be changed; through layers that only hand shapes on, and that nothing else hangs on. */
function backwards(graph: Graph, end: KnownNode): KnownNode[] {
  const chain = [end];
  for (let one = end; chain.length < DEEPEST && changesAt(one, [[1]]).length === 0; ) {
    const [edge, ...others] = one.incoming;
    const before = edge && graph.nodes.get(edge.source);
    if (!before?.layer || others.length > 0 || one.outgoing.length > 1) break;
    one = { ...before, layer: before.layer };
    chain.push(one);
  }
  return chain;
}

/** What a branch would give with other parameters at its first layer; null where one of its layers no longer fits. @param chain from its end back */
function shapeAfter(chain: readonly KnownNode[], inputs: readonly Shape[], parameters: Change['parameters']): Shape | null {
  const [first, ...rest] = chain.toReversed() as [KnownNode, ...KnownNode[]];
  let shape = attempt(first, inputs, { ...first.node.parameters, ...parameters })?.outputShape ?? null;
  for (const one of rest) shape = shape && (attempt(one, [shape], one.node.parameters)?.outputShape ?? null);
  return shape;
}

/** The first change at one branch that lets the merge succeed, if any. */
function changesThatJoin(
  graph: Graph,
  merge: KnownNode,
  end: KnownNode,
  place: number,
  shapes: readonly Shape[],
  results: ReadonlyMap<string, Lowered>,
): (Change & { readonly node: string })[] {
  const chain = backwards(graph, end);
  const source = chain.at(-1) as KnownNode;
  const inputs = (results.get(source.node.id)?.analysis.inputShapes ?? []).filter((shape): shape is Shape => shape !== null);
  const others = shapes.filter((_, i) => i !== place);
  const change = changesAt(source, others).find(({ parameters }) => {
    const changed = shapeAfter(chain, inputs, parameters);
    return changed && attempt(merge, shapes.with(place, changed), merge.node.parameters);
  });
  return change ? [{ ...change, node: source.node.id }] : [];
}
