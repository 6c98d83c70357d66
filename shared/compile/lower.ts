// Lowers a whole network node by node: the one walk that the abstract reading and every program share.

import { schemaOf } from '../lib/fields.ts';
import { type AnyLayer, LayerError, type LayerProblem } from '../layers/layer.ts';
import type { NetworkNode } from '../network/network.ts';
import { ShapeError } from '../tensor/operation.ts';
import type { Tensor } from '../tensor/types.ts';
import { type LoweringContext, resultKey } from './context.ts';
import type { GraphNode } from './graph.ts';

/** By layer, then by the object that stands in the document: that never changes, and most nodes keep theirs from edit to edit. */
const completed = new WeakMap<AnyLayer, WeakMap<object, Record<string, unknown>>>();

/** A node's parameters, completed with defaults. @throws LayerError naming the parameter that is out of range */
export function parametersOf({ node, layer }: GraphNode & { readonly layer: AnyLayer }): Record<string, unknown> {
  const known = completed.get(layer) ?? new WeakMap();
  completed.set(layer, known);
  const complete = known.get(node.parameters) ?? checked(node, layer);
  known.set(node.parameters, complete);
  return complete;
}

function checked(node: NetworkNode, layer: AnyLayer): Record<string, unknown> {
  const parsed = schemaOf(layer.fields).safeParse(node.parameters);
  // Given out again and again: nobody may write into it.
  if (parsed.success) return Object.freeze(parsed.data as Record<string, unknown>);
  const issue = parsed.error.issues[0];
  const key = String(issue?.path[0] ?? (issue?.code === 'unrecognized_keys' ? issue.keys[0] : '')),
    field = layer.fields[key];
  if (!field) throw new LayerError({ code: 'unknown-parameter', what: `${layer.title} has no setting called “${key}”.`, parameter: key });
  throw new LayerError({
    code: 'parameter',
    parameter: key,
    what: `${field.label} cannot be ${JSON.stringify(node.parameters[key])}.`,
    why: issue?.message,
    repairs: [{ label: `Set ${field.label.toLowerCase()} to ${JSON.stringify(field.default)}`, parameters: { [key]: field.default } }],
  });
}

/** Lowers one node. The Input gives back the data tensor it is handed. @throws LayerError for everything a user can mend */
export function lowerNode(
  context: LoweringContext,
  one: GraphNode & { readonly layer: AnyLayer },
  inputs: readonly Tensor[],
  parameters: Record<string, unknown>,
): Tensor {
  context.enter({ id: one.node.id, owner: one.owner, sources: one.incoming.map((edge) => resultKey(edge.source, edge.output)) });
  try {
    const result = one.layer.lower(context, inputs, parameters);
    context.leave(one.layer.masking === 'keeps');
    return result;
  } catch (thrown) {
    if (thrown instanceof ShapeError) throw new LayerError({ code: 'shape', what: thrown.message });
    throw thrown;
  }
}

/** A thrown LayerError as data; anything else is a fault of ours and goes on. */
export function problemIn(thrown: unknown): LayerProblem {
  if (thrown instanceof LayerError) return thrown;
  throw thrown;
}
