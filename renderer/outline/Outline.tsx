// The network as a tree of layers and connections: everything the canvas shows, in the order of computation, for who reads or hears it.
// Arrows walk, right opens a layer's connections, left closes them; all other keys do what they do on the canvas. What is in a block that is
// opened in place stands below it, one step in.

import { CircleAlert, Lightbulb } from 'lucide-react';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { Analysis } from '../../shared/compile/types.ts';
import { layerOf } from '../../shared/layers/index.ts';
import { defaults } from '../../shared/lib/fields.ts';
import type { Network, NetworkNode } from '../../shared/network/network.ts';
import { incomingEdges, outgoingEdges } from '../../shared/network/rules.ts';
import { addInput, disconnect } from '../actions/index.ts';
import { keyOf, type OpenLevel, select, useLevels, useOpenPath, useSelection, useSession, workIn } from '../state/index.ts';
import { t } from '../text/text.ts';
import { Button } from '../ui/Button.tsx';
import { cx } from '../ui/classes.ts';
import { EmptyState } from '../ui/EmptyState.tsx';
import { FamilyGlyph, glyphOf } from '../ui/FamilyGlyph.tsx';
import { formatCount, formatShape, grouped } from '../ui/format.ts';
import styles from './Outline.module.css';
import { useOutlinePort } from './useOutlinePort.ts';

/** How far what is in a block stands in, in pixels. */
const step = 24;

/** A line of the tree: a layer, or one of its connections. */
interface Row {
  readonly id: string;
  readonly node: NetworkNode;
  /** What it stands in: the network, or a block that is opened in place. */
  readonly level: OpenLevel;
  /** The connection it is, and its other end. */
  readonly edge?: { readonly id: string; readonly words: string; readonly other: string };
}

function describe(node: NetworkNode): string {
  const layer = layerOf(node.kind);
  if (!layer) return t('unknown layer');
  try {
    return grouped(t(layer.describe({ ...defaults(layer.fields), ...node.parameters })));
  } catch {
    return t('settings that do not fit');
  }
}

/** In the order of computation; what lies on a circle comes last. */
function ordered(network: Network, analysis: Analysis): readonly NetworkNode[] {
  const place = new Map(analysis.order.map((id, index) => [id, index]));
  return [...network.nodes].sort((a, b) => (place.get(a.id) ?? Number.MAX_SAFE_INTEGER) - (place.get(b.id) ?? Number.MAX_SAFE_INTEGER));
}

const rowId = (level: OpenLevel, id: string): string => (level.key === '' ? id : `${level.key}\u203a${id}`);

function connectionsOf(level: OpenLevel, node: NetworkNode): readonly Row[] {
  const { network } = level;
  const name = (id: string) => network.nodes.find((other) => other.id === id)?.name ?? id;
  const into = incomingEdges(network, node.id).map((edge) => ({ id: edge.id, words: t`from ${name(edge.source)}`, other: edge.source }));
  const out = outgoingEdges(network, node.id).map((edge) => ({ id: edge.id, words: t`to ${name(edge.target)}`, other: edge.target }));
  return [...into, ...out].map((edge) => ({ id: `${rowId(level, node.id)}/${edge.words}/${edge.id}`, node, level, edge }));
}

const rowsOf = (level: OpenLevel, open: ReadonlySet<string>): readonly Row[] =>
  ordered(level.network, level.analysis).flatMap((node) => {
    const id = rowId(level, node.id);
    const inside = level.inside.get(node.id);
    return [{ id, node, level }, ...(open.has(id) ? connectionsOf(level, node) : []), ...(inside ? rowsOf(inside, open) : [])];
  });

/** What there is to say about a layer, as one sentence for who hears it. */
function spoken({ node, level }: Row): string {
  const { network, analysis } = level;
  const inside = level.inside.get(node.id);
  const { outputShape, trainable = 0, nonTrainable = 0 } = analysis.nodes[node.id] ?? {};
  const problem = analysis.problems.find(({ nodes }) => nodes.includes(node.id));
  const sources = incomingEdges(network, node.id).map((edge) => network.nodes.find(({ id }) => id === edge.source)?.name ?? '');
  return [
    `${node.name}, ${layerOf(node.kind)?.title ?? node.kind}`,
    describe(node),
    sources.length > 0 ? t`from ${sources.join(` ${t('and')} `)}` : null,
    outputShape ? t`output ${formatShape(outputShape).replaceAll('×', t('by'))}` : t('no shape'),
    t`${formatCount(trainable + nonTrainable)} parameters`,
    inside ? t`opened, ${inside.network.nodes.length} layers in it` : null,
    node.bypassed ? t('bypassed') : null,
    node.trainable === false ? t('frozen') : null,
    problem ? `${problem.severity === 'error' ? t('Problem') : t('Advice')}: ${t(problem.what)}` : null,
  ]
    .filter(Boolean)
    .join(', ');
}

function LayerLine({ node, analysis, indent }: { readonly node: NetworkNode; readonly analysis: Analysis; readonly indent: number }) {
  const layer = layerOf(node.kind);
  const shape = analysis.nodes[node.id]?.outputShape;
  const problem = analysis.problems.find(({ nodes }) => nodes.includes(node.id));
  const count = (analysis.nodes[node.id]?.trainable ?? 0) + (analysis.nodes[node.id]?.nonTrainable ?? 0);
  return (
    <>
      <span className={styles.name} style={{ paddingLeft: indent }}>
        <FamilyGlyph family={layer?.family ?? 'block'} glyph={glyphOf(layer)} size="small" />
        <b title={node.name}>{node.name}</b>
      </span>
      <span className={styles.kind}>{layer?.title ?? node.kind}</span>
      <span className={styles.settings}>
        <span className={styles.words}>{describe(node)}</span>
        {problem && (
          <span className={problem.severity === 'error' ? styles.bad : styles.advice}>
            {problem.severity === 'error' ? <CircleAlert aria-hidden /> : <Lightbulb aria-hidden />}
            {t(problem.what)}
          </span>
        )}
      </span>
      <span className={styles.shape}>{shape ? formatShape(shape) : '–'}</span>
      <span className={styles.count}>{formatCount(count)}</span>
    </>
  );
}

/** What the columns are, for who sees them; who hears a layer is told with it. */
function Heads() {
  return (
    <div className={styles.heads} aria-hidden>
      <span>{t('Layer')}</span>
      <span>{t('Kind')}</span>
      <span>{t('Settings')}</span>
      <span className={styles.shape}>{t('Output shape')}</span>
      <span className={styles.count}>{t('Parameters')}</span>
    </div>
  );
}

function Connecting({ network }: { readonly network: Network }) {
  const connecting = useSession((state) => state.connecting);
  const name = (id: string | undefined) => network.nodes.find((node) => node.id === id)?.name;
  if (!connecting) return null;
  return (
    <p
      className={styles.connecting}
      role="status"
    >{t`Connect ${name(connecting.from)} to ${name(connecting.to)}. Arrows choose another, Enter connects, Escape leaves.`}</p>
  );
}

function Tree({ canvas }: { readonly canvas: OpenLevel }) {
  const selection = useSelection();
  const workedIn = keyOf(useOpenPath());
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const [at, setAt] = useState<string | null>(null);
  const tree = useRef<HTMLDivElement>(null);
  const rows = rowsOf(canvas, open);
  const selected = selection.nodes.at(-1);
  const isChosen = ({ level, node, edge }: Row) => level.key === workedIn && (edge ? selection.edges.includes(edge.id) : selection.nodes.includes(node.id));
  const isSelected = (row: Row) => row.level.key === workedIn && row.node.id === selected;
  const atRow = rows.find((row) => row.id === at);
  const current = (atRow && (isSelected(atRow) || atRow.edge) ? atRow : rows.find(isSelected)) ?? rows[0];

  // What is selected elsewhere (by adding, by a problem) is where the tree is.
  useEffect(() => {
    if (selected !== undefined && document.activeElement === document.body) tree.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus();
  }, [selected]);

  const depthOf = ({ level }: Row) => level.path.length - canvas.path.length;
  const go = (row: Row | undefined) => {
    if (!row) return;
    setAt(row.id);
    workIn(row.level.path);
    select(row.edge ? [] : [row.node.id], row.edge ? [row.edge.id] : []);
    tree.current?.querySelector<HTMLElement>(`[data-row="${CSS.escape(row.id)}"]`)?.focus();
  };
  const toggle = (id: string, isOpen: boolean) => setOpen((old) => new Set(isOpen ? [...old, id] : [...old].filter((other) => other !== id)));
  const onKeyDown = (event: KeyboardEvent) => {
    if (!current || useSession.getState().connecting || event.ctrlKey || event.altKey || event.metaKey) return;
    const index = rows.indexOf(current);
    const { node, edge, level } = current;
    const own = rowId(level, node.id);
    const isOwn = (row: Row) => row.id === own;
    if (event.key === 'ArrowDown') go(rows[index + 1]);
    else if (event.key === 'ArrowUp') go(rows[index - 1]);
    else if (event.key === 'Home') go(rows[0]);
    else if (event.key === 'End') go(rows.at(-1));
    else if (event.key === 'ArrowRight') open.has(own) || (!edge && level.inside.has(node.id)) ? go(rows[index + 1]) : toggle(own, true);
    else if (event.key === 'ArrowLeft')
      edge ? go(rows.find(isOwn)) : open.has(own) ? toggle(own, false) : go(rows.find((row) => !row.edge && row.level.inside.get(row.node.id) === level));
    else if (event.key === 'Enter' && edge) go(rows.find((row) => row.id === rowId(level, edge.other)));
    else if (event.key === 'Delete' && edge) disconnect(edge.id);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <>
      <Connecting network={current?.level.network ?? canvas.network} />
      <Heads />
      <div
        ref={tree}
        role="tree"
        aria-label={t`Layers of ${canvas.network.name}`}
        aria-multiselectable="true"
        className={styles.tree}
        onKeyDown={onKeyDown}
        tabIndex={-1}
      >
        {rows.map((row) => (
          <div
            key={row.id}
            data-row={row.id}
            role="treeitem"
            tabIndex={row === current ? 0 : -1}
            aria-level={depthOf(row) + (row.edge ? 2 : 1)}
            aria-selected={isChosen(row)}
            aria-expanded={row.edge ? undefined : open.has(row.id) || row.level.inside.has(row.node.id)}
            aria-label={row.edge ? t`Connection ${row.edge.words}` : spoken(row)}
            className={cx(styles.row, row.edge && styles.edge)}
            style={row.edge && { paddingLeft: `calc(var(--s-3) + ${depthOf(row) * step + 28}px)` }}
            onClick={() => go(row)}
            onKeyDown={onKeyDown}
            onFocus={() => !row.edge && !isChosen(row) && go(row)}
          >
            {row.edge ? row.edge.words : <LayerLine node={row.node} analysis={row.level.analysis} indent={depthOf(row) * step} />}
          </div>
        ))}
      </div>
    </>
  );
}

/** The open network as a tree. */
export default function Outline() {
  const canvas = useLevels();
  const section = useRef<HTMLElement>(null);
  useOutlinePort(section);
  if (!canvas) return null;
  return (
    <section ref={section} className={styles.outline} aria-label={t('Outline')}>
      {canvas.network.nodes.length === 0 ? (
        <EmptyState
          title={t('An empty network')}
          action={
            <Button kind="primary" onPress={addInput}>
              {t('Add an Input')}
            </Button>
          }
        >
          {t('Press / and type a layer, or begin with an Input.')}
        </EmptyState>
      ) : (
        <Tree canvas={canvas} />
      )}
    </section>
  );
}
