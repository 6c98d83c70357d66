// Every change of a network is one of these, as data; `applyEdit` is the only place that changes one, and gives the inverse.

import type { Network, NetworkEdge, NetworkNode, NetworkProperties, NodeProperties } from './network.ts';

export { applyEdit, applyEdits } from './applyEdit.ts';

export type Edit =
  | { readonly type: 'addNode'; readonly node: NetworkNode }
  /** Removes nodes with their edges. */
  | { readonly type: 'removeNodes'; readonly nodes: readonly string[] }
  | { readonly type: 'addEdge'; readonly edge: NetworkEdge }
  | { readonly type: 'removeEdges'; readonly edges: readonly string[] }
  | { readonly type: 'moveNodes'; readonly positions: Readonly<Record<string, { readonly x: number; readonly y: number }>> }
  | { readonly type: 'renameNode'; readonly node: string; readonly name: string }
  /** Sets some parameters, leaves the others; a value of `undefined` takes one out, so that the default holds. */
  | { readonly type: 'setParameters'; readonly node: string; readonly parameters: Readonly<Record<string, unknown>> }
  /** Sets what a node has beside its layer's parameters; a value of `undefined` takes the property out. */
  | { readonly type: 'setNode'; readonly node: string; readonly properties: NodeProperties }
  | { readonly type: 'renameNetwork'; readonly name: string }
  /** Sets how the network is drawn and what is written beside it; a value of `undefined` takes the property out. */
  | { readonly type: 'setNetwork'; readonly properties: NetworkProperties }
  /** Changes a block's definition, and so all its places. */
  | { readonly type: 'editBlock'; readonly block: string; readonly edits: readonly Edit[] }
  /** Replaces nodes and edges whole (paste, templates, the inverse of large edits). */
  | { readonly type: 'replace'; readonly nodes: readonly NetworkNode[]; readonly edges: readonly NetworkEdge[] };

export interface Applied {
  readonly network: Network;
  readonly inverse: readonly Edit[];
}
