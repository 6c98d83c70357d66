// Operations in Keras' words, and fixed numbers: Keras has no layer for these, they stand in the call of the operation that takes them.

import { chosenOperation } from '../../../shared/layers/core/operation.ts';
import { Numbers } from '../../../shared/layers/operations/holding.ts';
import { numbersIn } from '../../../shared/layers/preprocessing/numberList.ts';
import type { Network, NetworkNode } from '../../../shared/network/network.ts';
import { incomingEdges, outgoingEdges } from '../../../shared/network/rules.ts';
import { modelError } from '../modelError.ts';
import type { Argument, Operation } from './writtenFormulas.ts';

const isFixed = ({ kind, parameters }: NetworkNode): boolean => kind === 'operation' && chosenOperation(parameters['operation']).operation.id === 'constant';

/** Numbers as Keras writes a tensor. */
function tensorOf({ shape, values }: Numbers): { readonly stored: unknown } {
  const numbers = numbersIn(values);
  const nested = (sizes: readonly number[], from: number): unknown => {
    const [size = 1, ...rest] = sizes;
    const each = rest.reduce((all, one) => all * one, 1);
    return sizes.length === 0 ? numbers[from] : Array.from({ length: size }, (_, i) => nested(rest, from + i * each));
  };
  return { stored: { class_name: '__tensor__', config: { value: nested(shape, 0), dtype: 'float32' } } };
}

/** An Operation that is not only fixed numbers. */
export function writtenOperation({ parameters }: NetworkNode): Operation {
  const { operation, parameters: own } = chosenOperation(parameters['operation']);
  const { module, className, config, args = [] } = operation.keras(own);
  const more = args.map((one): Argument => (one instanceof Numbers ? tensorOf(one) : { stored: one }));
  return { module: `keras.src.ops.${module}`, className, args: [{ input: 0 }, ...more], config };
}

/** Which inputs of which nodes are fixed numbers, and the network without what gave them. */
export interface FixedInputs {
  readonly network: Network;
  of(node: string): ReadonlyMap<number, Argument>;
}

const none: ReadonlyMap<number, Argument> = new Map();

/** @param takes whether a node is an operation, which may be called with numbers @throws NetwrightError where a layer takes them */
export function withoutFixed(network: Network, takes: (node: NetworkNode) => boolean): FixedInputs {
  const fixed = network.nodes.filter(isFixed);
  if (fixed.length === 0) return { network, of: () => none };
  const found = new Map<string, Map<number, Argument>>();
  for (const node of fixed) {
    const { parameters: own } = chosenOperation(node.parameters['operation']);
    const argument = tensorOf(new Numbers([1, ...(own['shape'] as readonly number[])], String(own['values'])));
    const ways = outgoingEdges(network, node.id);
    for (const { target, input } of ways) {
      const taker = network.nodes.find(({ id }) => id === target) as NetworkNode;
      const others = incomingEdges(network, target).filter(({ source }) => !fixed.some(({ id }) => id === source));
      if (!takes(taker) || others.length === 0) throw inLayer(node, taker);
      found.set(target, (found.get(target) ?? new Map<number, Argument>()).set(input, argument));
    }
    if (ways.length === 0) throw inLayer(node, null);
  }
  const gone = new Set(fixed.map(({ id }) => id));
  const edges = network.edges.flatMap((edge) => {
    if (gone.has(edge.source) || gone.has(edge.target)) return [];
    const before = [...(found.get(edge.target)?.keys() ?? [])].filter((input) => input < edge.input).length;
    return [{ ...edge, input: edge.input - before }];
  });
  return { network: { ...network, nodes: network.nodes.filter(({ id }) => !gone.has(id)), edges }, of: (id) => found.get(id) ?? none };
}

/** Numbers of which nothing is made by an operation. */
const inLayer = ({ name }: NetworkNode, taker: NetworkNode | null) =>
  taker
    ? modelError(
        'export-layer',
        name,
        `“${name}” cannot be written for Keras: fixed numbers stand there in the call of an operation, but “${taker.name}” takes them. Let a formula such as a + b take them together with what they go with.`,
      )
    : modelError('export-layer', name, `“${name}” cannot be written for Keras: fixed numbers stand there in the call of an operation, and nothing takes them.`);
