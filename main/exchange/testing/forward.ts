// The forward pass of an imported network on made-up inputs, by the reference interpreter: what tests compare with Keras' own numbers.
// Takes any number of inputs; knows no dataset.

import { outputsOf } from '../../../shared/compile/bindings.ts';
import { LoweringContext } from '../../../shared/compile/context.ts';
import { type GraphNode, graphOf } from '../../../shared/compile/graph.ts';
import { lowerNode, parametersOf } from '../../../shared/compile/lower.ts';
import type { AnyLayer } from '../../../shared/layers/layer.ts';
import { createBuilder } from '../../../shared/tensor/builder.ts';
import { interpret, numericArray } from '../../../shared/tensor/interpret.ts';
import type { NumericArray } from '../../../shared/tensor/operation.ts';
import { sizeOf, type Tensor } from '../../../shared/tensor/types.ts';
import type { ImportedModel } from '../imported.ts';

/** As in fixtures/make.py: numbers from 0 to 1 that look shuffled; whole ones from 0 to 99. */
function ramp(shape: readonly number[], seed: number, whole: boolean): NumericArray {
  const value = (i: number) => (((i + seed) * 7919) % 1009) / 1009;
  return numericArray(
    shape,
    Float64Array.from({ length: sizeOf(shape) }, (_, i) => (whole ? Math.floor(value(i) * 100) : value(i))),
  );
}

interface Sample {
  readonly samples: number;
  readonly whole: boolean;
}

/** What the network's outputs give for the ramps of its inputs. */
export function forward({ network, weights }: Pick<ImportedModel, 'network' | 'weights'>, { samples, whole }: Sample): NumericArray[] {
  const context = new LoweringContext(createBuilder(), false);
  const values = new Map<string, Tensor>();
  const inputs: Record<string, NumericArray> = {};
  const graph = graphOf(network);
  // In the document's order, which is the model's.
  for (const { id, kind } of network.nodes) if (kind === 'input') inputs[id] = { shape: [], data: new Float64Array() };
  const places = Object.keys(inputs);
  for (const one of graph.order) {
    const known = knownNode(one);
    const parameters = parametersOf(known);
    const given = one.incoming.map((edge) => context.resultOf(edge, values.get(edge.source)) as Tensor);
    if (known.layer.inputs === 0) {
      const shape = [samples, ...(parameters.shape as number[])];
      inputs[one.node.id] = ramp(shape, 17 * places.indexOf(one.node.id), whole);
      given.push(context.builder.input(one.node.id, shape, 'float32', { kind: 'data' }));
    }
    values.set(one.node.id, lowerNode(context, known, given, parameters));
  }
  const state = [...weights].map(([name, { shape, data }]) => [name, numericArray(shape, data)]);
  const ends = outputsOf(graph).map(({ node }) => ({ name: node.id, tensor: values.get(node.id) as Tensor }));
  const { outputs } = interpret(context.builder.build(ends), { ...inputs, ...Object.fromEntries(state) });
  return ends.map(({ name }) => outputs[name] as NumericArray);
}

function knownNode(one: GraphNode): GraphNode & { readonly layer: AnyLayer } {
  if (!one.layer) throw new Error(`${one.node.name} is inert.`);
  return { ...one, layer: one.layer };
}

/** Whether every layer of a network is one of ours. */
export const isComplete = ({ network }: Pick<ImportedModel, 'network'>): boolean => graphOf(network).order.every(({ layer }) => layer !== null);
