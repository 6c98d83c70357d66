// Layers that learn from the data alone before the network trains: which there are, and the program of one step for each.

import type { DatasetDescriptor } from '../../datasets/descriptor.ts';
import type { AnyLayer, LayerContext, PreparationContext, PreparationPlan, WeightOptions } from '../../layers/layer.ts';
import type { Network } from '../../network/network.ts';
import { simplify } from '../../tensor/simplify.ts';
import type { Program, ProgramOutput, Shape, Tensor } from '../../tensor/types.ts';
import { type LoweringContext, resultKey } from '../context.ts';
import { type Forward, forward } from './forward.ts';
import { type Graph, type GraphNode, graphOf } from '../graph.ts';
import { parametersOf } from '../lower.ts';

type Known = GraphNode & { readonly layer: AnyLayer };

/** One layer to be prepared. */
export interface Phase {
  readonly node: string;
  /** The layer's name in the network. */
  readonly name: string;
  readonly plan: PreparationPlan;
}

/** The layers of a network that learn from the data first, in the order of computation. Frozen ones keep what they have; shared ones learn where they are defined. */
export function preparationsOf(network: Network): readonly Phase[] {
  return graphOf(network).order.flatMap((one) => {
    const { node, layer, owner } = one;
    if (!layer?.preparation || owner.id !== node.id || owner.trainable === false) return [];
    const plan = layer.preparation.plan(parametersOf({ ...one, layer }));
    return plan ? [{ node: node.id, name: node.name, plan }] : [];
  });
}

/** What a layer sees while it writes its step of preparation: the network's own context, but for updates, which are its own. */
class PreparingContext implements PreparationContext {
  readonly builder: LoweringContext['builder'];
  readonly training = true;
  readonly trainable = true;
  readonly learningRate: Tensor;
  readonly updates: ProgramOutput[] = [];
  private readonly network: LoweringContext;
  private readonly names = new Map<Tensor, string>();
  private readonly prefix: string;

  constructor(network: LoweringContext, name: string) {
    this.network = network;
    this.builder = network.builder;
    this.prefix = name;
    this.learningRate = network.builder.input('learningRate', [], 'float32', { kind: 'scalar' });
  }

  weight(name: string, shape: Shape, options: WeightOptions): Tensor {
    const tensor = this.network.weight(name, shape, options);
    this.names.set(tensor, `${this.prefix}/${name}`);
    return tensor;
  }

  update(weight: Tensor, value: Tensor): void {
    const name = this.names.get(weight);
    if (name === undefined) throw new Error('A layer updated something that is not its weight.');
    this.updates.push({ name, tensor: value });
  }

  random: LayerContext['random'] = (distribution, shape) => this.network.random(distribution, shape);
  inputMask: LayerContext['inputMask'] = (input) => this.network.inputMask(input);
  /** Nothing follows, and nothing is differentiated. */
  setMask(): void {}
  giveMore(): void {}
  addLoss(): void {}
}

function stepOf({ context, values }: Forward, one: Known): { readonly outputs: ProgramOutput[]; readonly updates: ProgramOutput[] } {
  const { node, layer, owner, incoming } = one;
  if (!layer.preparation) throw new Error(`${node.name} learns nothing beforehand.`);
  context.enter({ id: node.id, owner, sources: incoming.map((edge) => resultKey(edge.source, edge.output)) });
  const own = new PreparingContext(context, owner.name);
  const inputs = incoming.map((edge) => context.resultOf(edge, values.get(edge.source)) as Tensor);
  const watched = layer.preparation.lower(own, inputs, parametersOf(one));
  return { outputs: Object.entries(watched).map(([name, tensor]) => ({ name, tensor })), updates: own.updates };
}

const nodeIn = (graph: Graph, id: string): Known => {
  const one = graph.nodes.get(id);
  if (!one?.layer) throw new Error(`There is no layer ${id} to prepare.`);
  return { ...one, layer: one.layer };
};

/**
 * One step of a layer's preparation as a program: data inputs, the weights as state, `learningRate`; what is watched, and the layer's weights afterwards.
 * @param network without problems, as `analyze` sees them
 */
export function preparationProgram(network: Network, dataset: DatasetDescriptor, batchSize: number, node: string): Program {
  const graph = graphOf(network);
  const pass = forward(graph, dataset, batchSize, false);
  const { outputs, updates } = stepOf(pass, nodeIn(graph, node));
  return simplify(pass.context.builder.build(outputs, updates));
}
