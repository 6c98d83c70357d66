// Repairs that add, remove or connect layers, found in the laid open network, told where the document can make them: in the network itself or
// in the definition of one block, and then at all its places. What would reach across the edge of a block is no repair.

import type { Expanded } from '../../network/blocks.ts';
import type { Edit } from '../../network/edits.ts';
import { rowPitch, snap } from '../../network/layout.ts';
import type { Network, NetworkEdge, NetworkNode } from '../../network/network.ts';

/** The network, or a block's definition at one of its places. */
interface Scope {
  readonly block: string | null;
  /** Before the ids of its layers and connections in the laid open network. */
  readonly prefix: string;
  readonly nodes: readonly NetworkNode[];
  readonly edges: readonly NetworkEdge[];
}
type End = Pick<NetworkEdge, 'source' | 'output'>;

/** The scope that a laid open layer stands in; the network's own for none. */
function scopeOf(laid: string | undefined, network: Network, { origins }: Expanded): Scope {
  const { block, node = '' } = origins.get(laid ?? '')?.inside ?? {};
  const definition = network.blocks?.find(({ id }) => id === block);
  if (!definition || laid === undefined) return { block: null, prefix: '', nodes: network.nodes, edges: network.edges };
  return { block: definition.id, prefix: laid.slice(0, laid.length - node.length), nodes: definition.nodes, edges: definition.edges };
}

/** The first of `base`, `base-1`, … (or `base_1`) that is not taken. */
function free(base: string, taken: ReadonlySet<string>, mark: string): string {
  if (!taken.has(base)) return base;
  const stem = base.replace(new RegExp(`${mark}\\d+$`), '');
  for (let i = 1; ; i++) if (!taken.has(`${stem}${mark}${i}`)) return `${stem}${mark}${i}`;
}

const middle = (from: NetworkNode['position'], to: NetworkNode['position'] | undefined): NetworkNode['position'] =>
  to ? { x: snap((from.x + to.x) / 2), y: snap((from.y + to.y) / 2) } : { x: from.x, y: from.y + rowPitch };

/** Says edits in the words of one scope. Each answer is null where something named in it stands elsewhere. */
class Telling {
  private readonly scope: Scope;
  private readonly expanded: Expanded;
  private readonly edits: readonly Edit[];
  /** Ids of layers that the repair adds, as they are called in the scope. */
  private readonly added: ReadonlyMap<string, string>;
  /** Where connections of the scope come from, by what they come from in the laid open network. */
  private readonly ends: ReadonlyMap<string, End>;
  private readonly taken: Set<string>;

  constructor(scope: Scope, expanded: Expanded, edits: readonly Edit[]) {
    this.scope = scope;
    this.expanded = expanded;
    this.edits = edits;
    this.taken = new Set([...scope.nodes, ...scope.edges].map(({ id }) => id));
    this.added = new Map(edits.flatMap((edit) => (edit.type === 'addNode' ? [[edit.node.id, this.freeId(edit.node.id)] as const] : [])));
    const laid = new Map(expanded.network.edges.map((edge) => [edge.id, edge]));
    this.ends = new Map(
      scope.edges.flatMap(({ id, source, output }) => {
        const open = laid.get(scope.prefix + id);
        return open ? [[`${open.source}/${open.output ?? 0}`, { source, ...(output !== undefined && { output }) }] as const] : [];
      }),
    );
  }

  private freeId(base: string): string {
    const id = free(base, this.taken, '-');
    this.taken.add(id);
    return id;
  }

  private within(laid: string, of: readonly { readonly id: string }[]): string | null {
    const id = laid.startsWith(this.scope.prefix) ? laid.slice(this.scope.prefix.length) : null;
    return of.some((one) => one.id === id) ? id : null;
  }

  private node(laid: string): string | null {
    return this.added.get(laid) ?? this.within(laid, this.scope.nodes);
  }

  /** A layer of the scope, what comes into it, or what one of its blocks gives. */
  private end({ source, output = 0 }: End): End | null {
    const known = this.ends.get(`${source}/${output}`);
    if (known) return known;
    const own = this.node(source);
    if (own !== null) return { source: own, ...(output > 0 && { output }) };
    const block = this.scope.nodes.find(({ id }) => this.expanded.results.get(this.scope.prefix + id)?.includes(source));
    const result = block ? (this.expanded.results.get(this.scope.prefix + block.id)?.indexOf(source) ?? 0) : 0;
    return block ? { source: block.id, ...(result > 0 && { output: result }) } : null;
  }

  private edge({ source, output, ...edge }: NetworkEdge): Edit | null {
    const target = this.node(edge.target);
    const from = this.end({ source, ...(output !== undefined && { output }) });
    return target !== null && from ? { type: 'addEdge', edge: { ...edge, ...from, id: this.freeId(edge.id), target } } : null;
  }

  /** Between its neighbours, or below the one it follows. A new Input would be another input of the block: none. */
  private addition(node: NetworkNode): Edit | null {
    const edges = this.edits.flatMap((edit) => (edit.type === 'addEdge' ? [edit.edge] : []));
    const into = edges.find(({ target }) => target === node.id);
    const out = edges.find(({ source }) => source === node.id);
    const place = (id: string | null | undefined) => this.scope.nodes.find((one) => one.id === id)?.position;
    const from = into && place(this.end(into)?.source);
    if (!from) return null;
    const name = free(node.name, new Set(this.scope.nodes.map((one) => one.name)), '_');
    return { type: 'addNode', node: { ...node, id: this.added.get(node.id) ?? node.id, name, position: middle(from, place(out && this.node(out.target))) } };
  }

  /** The edit in the scope; null where it cannot be said there. */
  tell(edit: Edit): Edit | null {
    if (edit.type === 'addNode') return this.addition(edit.node);
    if (edit.type === 'addEdge') return this.edge(edit.edge);
    if (edit.type === 'removeNodes') {
      const nodes = edit.nodes.map((id) => this.node(id));
      return nodes.every((id) => id !== null) ? { ...edit, nodes } : null;
    }
    if (edit.type === 'removeEdges') {
      const edges = edit.edges.map((id) => this.within(id, this.scope.edges));
      return edges.every((id) => id !== null) ? { ...edit, edges } : null;
    }
    if (edit.type !== 'setParameters' && edit.type !== 'setNode') return null;
    const node = this.node(edit.node);
    return node === null ? null : { ...edit, node };
  }
}

/** The laid open layers that say where the edits are made: those that are removed or connected to. A layer put at the end of all has none. */
function concerned(edits: readonly Edit[], laid: Network): readonly string[] {
  const added = new Set(edits.flatMap((edit) => (edit.type === 'addNode' ? [edit.node.id] : [])));
  const ends = edits.flatMap((edit): readonly string[] => {
    if (edit.type === 'removeNodes') return edit.nodes;
    if (edit.type === 'addEdge') return [edit.edge.target];
    return edit.type === 'removeEdges' ? laid.edges.filter(({ id }) => edit.edges.includes(id)).map(({ target }) => target) : [];
  });
  return ends.filter((id) => !added.has(id));
}

/** Edits of the laid open network as edits of the document; null where they cannot be told there. */
export function atOneScope(edits: readonly Edit[], network: Network, expanded: Expanded): readonly Edit[] | null {
  const scope = scopeOf(concerned(edits, expanded.network)[0], network, expanded);
  const telling = new Telling(scope, expanded, edits);
  const told = edits.map((edit) => telling.tell(edit));
  if (!told.every((edit) => edit !== null)) return null;
  return scope.block === null ? told : [{ type: 'editBlock', block: scope.block, edits: told }];
}
