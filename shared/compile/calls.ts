// What a node stands for in the computation: its own layer, a layer that another node owns, or nothing (bypassed).

import { layerOf } from '../layers/index.ts';
import { type AnyLayer, only } from '../layers/layer.ts';
import type { NetworkNode } from '../network/network.ts';
import type { Problem } from '../network/problem.ts';
import { nodesById, ownerOf } from '../network/sharing.ts';

/** Hands on what comes in: what a bypassed layer computes. Of several connections the first goes on. */
const passThrough: AnyLayer = {
  id: 'passThrough',
  title: 'Bypassed layer',
  family: 'core',
  help: { text: 'What comes in goes on unchanged.' },
  fields: {},
  inputs: 'many',
  fewestInputs: 1,
  masking: 'keeps',
  describe: () => 'bypassed',
  lower: (_, inputs) => only(inputs.slice(0, 1)),
  keras: null,
};

export interface Call {
  /** With the parameters in force. */
  readonly node: NetworkNode;
  /** Null for a kind that is not in the list. */
  readonly layer: AnyLayer | null;
  /** Whose weights it uses. */
  readonly owner: NetworkNode;
}

function callOf(node: NetworkNode, owner: NetworkNode): Call {
  const layer = layerOf(node.kind) ?? null;
  if (node.bypassed && layer?.inputs !== 0) return { node: { ...node, parameters: {} }, layer: passThrough, owner: node };
  const inputs = layer?.inputsWith?.(owner.parameters);
  return { node: owner === node ? node : { ...node, parameters: owner.parameters }, layer: layer && inputs ? { ...layer, inputs } : layer, owner };
}

/** Every node with what it stands for, in the document's order. */
export function callsOf(nodes: readonly NetworkNode[]): Call[] {
  const byId = nodesById(nodes);
  return nodes.map((node) => callOf(node, ownerOf(node, byId) ?? node));
}

const ownWeights = (node: NetworkNode): Problem['repairs'] => [
  { label: `Give ${node.name} weights of its own`, edits: [{ type: 'setNode', node: node.id, properties: { shares: undefined } }] },
];

function sharingProblem(node: NetworkNode, owner: NetworkNode | null): Problem | null {
  if (owner === node || (owner && owner.kind === node.kind)) return null;
  return {
    severity: 'error',
    code: owner ? 'shared-kind' : 'shared-missing',
    what: owner
      ? `${node.name} shares the weights of ${owner.name}, which is another kind of layer.`
      : `${node.name} shares the weights of a layer that is not here.`,
    where: owner ? `${node.name} is ${layerOf(node.kind)?.title ?? node.kind}, ${owner.name} is ${layerOf(owner.kind)?.title ?? owner.kind}` : node.name,
    why: 'Shared weights are those of one layer, used at several places.',
    repairs: ownWeights(node),
    nodes: owner ? [node.id, owner.id] : [node.id],
    edges: [],
  };
}

function bypassProblem(node: NetworkNode): Problem | null {
  if (!node.bypassed || layerOf(node.kind)?.inputs !== 0) return null;
  return {
    severity: 'error',
    code: 'bypassed-input',
    what: `${node.name} cannot be bypassed: nothing comes in there that could go on.`,
    where: node.name,
    why: 'An Input is where data enters.',
    repairs: [{ label: `Use ${node.name} again`, edits: [{ type: 'setNode', node: node.id, properties: { bypassed: undefined } }] }],
    nodes: [node.id],
    edges: [],
  };
}

/** What is wrong with shared and bypassed layers before any shape is known. */
export function callProblems(nodes: readonly NetworkNode[]): Problem[] {
  const byId = nodesById(nodes);
  return nodes.flatMap((node) => [sharingProblem(node, ownerOf(node, byId)) ?? [], bypassProblem(node) ?? []].flat());
}
