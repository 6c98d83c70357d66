// Repairs where branches meet with unequal shapes: looks one layer back for the cause. Only for merging layers.

import type { AnyLayer } from '../layers/layer.ts';
import type { Repair } from '../network/problem.ts';
import type { Shape } from '../tensor/types.ts';
import type { Graph } from './graph.ts';
import { attempt, type KnownNode, type Lowered } from './measure.ts';

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
  const found = sources.flatMap((source, place) => (source?.layer ? changesThatJoin(merge, { ...source, layer: source.layer }, place, known, results) : []));
  const repairs = found.map(({ node, words, parameters }) => ({ label: words, edits: [{ type: 'setParameters' as const, node, parameters }] }));
  return { repairs, why: found.find(({ why }) => why)?.why };
}

/** The first change at one branch that lets the merge succeed, if any. */
function changesThatJoin(
  merge: KnownNode,
  source: KnownNode,
  place: number,
  shapes: readonly Shape[],
  results: ReadonlyMap<string, Lowered>,
): (Change & { readonly node: string })[] {
  const inputs = (results.get(source.node.id)?.analysis.inputShapes ?? []).filter((shape): shape is Shape => shape !== null);
  const others = shapes.filter((_, i) => i !== place);
  const change = changesAt(source, others).find(({ parameters }) => {
    const changed = attempt(source, inputs, { ...source.node.parameters, ...parameters })?.outputShape;
    return (
      changed &&
      attempt(
        merge,
        shapes.map((shape, i) => (i === place ? changed : shape)),
        merge.node.parameters,
      )
    );
  });
  return change ? [{ ...change, node: source.node.id }] : [];
}
