// The message at a node: what, where, why, and how to mend it. Keeps its size at any zoom.

import { NodeToolbar, Position, useReactFlow, useStore } from '@xyflow/react';
import { ChevronDown, CircleAlert, Lightbulb, Wrench, X } from 'lucide-react';
import { Fragment, useEffect, useRef } from 'react';
import type { Analysis } from '../../shared/compile/types.ts';
import type { Network } from '../../shared/network/network.ts';
import type { Problem, Repair } from '../../shared/network/problem.ts';
import { incomingEdges } from '../../shared/network/rules.ts';
import type { Shape } from '../../shared/tensor/types.ts';
import { repair } from '../actions/index.ts';
import { openMessage } from '../state/index.ts';
import { t } from '../text/text.ts';
import { Button } from '../ui/Button.tsx';
import { countOf, formatShape, unbroken } from '../ui/format.ts';
import { IconButton } from '../ui/IconButton.tsx';
import { Menu } from '../ui/Menu.tsx';
import styles from './ProblemCard.module.css';
import type { Level } from './scene.ts';
import { calm, shiftInto } from './useCanvasPort.ts';

/** The card's width and its gap to the node, in pixels on screen. */
const room = 304 + 24;

/** The first repair as a button, the others behind it. */
export function Repairs({ repairs, onRepair = repair }: { readonly repairs: readonly Repair[]; readonly onRepair?: (chosen: Repair) => void }) {
  const [first, ...others] = repairs;
  if (!first) return null;
  return (
    <div className={styles.repairs}>
      <Button kind="primary" icon={<Wrench />} onPress={() => onRepair(first)}>
        {t(first.label)}
      </Button>
      {others.length > 0 && (
        <Menu
          label={t('Other repairs')}
          trigger={
            <Button kind="ghost">
              {countOf(others.length, 'other repair')}
              <ChevronDown />
            </Button>
          }
          items={others.map((other) => ({ id: other.label, label: t(other.label), onAction: () => onRepair(other) }))}
        />
      )}
    </div>
  );
}

/** What comes in, shape by shape, where two or more do not fit together. */
function Shapes({ network, analysis, node }: { readonly network: Network; readonly analysis: Analysis; readonly node: string }) {
  const rows = incomingEdges(network, node).map((edge) => ({
    id: edge.id,
    name: network.nodes.find((other) => other.id === edge.source)?.name,
    shape: analysis.nodes[edge.source]?.outputShape,
  }));
  if (rows.length < 2) return null;
  const differs = (axis: number) => new Set(rows.map(({ shape }) => shape?.[axis])).size > 1;
  return (
    <dl className={styles.shapes}>
      {rows.map(({ id, name, shape }) => (
        <div key={id}>
          <dt>{name}</dt>
          <dd>{shape ? <Marked shape={shape} differs={differs} /> : t('no shape')}</dd>
        </div>
      ))}
    </dl>
  );
}

/** A shape whose sizes that differ from the others' stand out. */
function Marked({ shape, differs }: { readonly shape: Shape; readonly differs: (axis: number) => boolean }) {
  return shape.map((size, axis) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: an axis is its number
    <Fragment key={axis}>
      {axis > 0 && ' × '}
      {differs(axis) ? <mark>{formatShape([size])}</mark> : formatShape([size])}
    </Fragment>
  ));
}

function Message({
  problem,
  network,
  analysis,
  node,
}: {
  readonly problem: Problem;
  readonly network: Network;
  readonly analysis: Analysis;
  readonly node: string;
}) {
  const name = network.nodes.find((candidate) => candidate.id === node)?.name;
  const hasShapes = problem.edges.length > 0 && incomingEdges(network, node).length > 1;
  return (
    <section className={styles.message} data-severity={problem.severity}>
      <h2>
        {problem.severity === 'error' ? <CircleAlert aria-hidden /> : <Lightbulb aria-hidden />}
        <span>{unbroken(t(problem.what))}</span>
      </h2>
      {problem.where !== name && !hasShapes && <p>{t(problem.where)}</p>}
      {hasShapes && <Shapes network={network} analysis={analysis} node={node} />}
      {problem.why !== undefined && <p>{unbroken(t(problem.why))}</p>}
      <Repairs repairs={problem.repairs} />
    </section>
  );
}

/** Right of the node; left where there is more room. */
function useSide(node: string): Position {
  return useStore((state) => {
    const found = state.nodeLookup.get(node);
    const at = found?.internals.positionAbsolute;
    if (!at) return Position.Right;
    const [x, , zoom] = state.transform;
    const left = at.x * zoom + x;
    const right = state.width - left - (found.width ?? 0) * zoom;
    return right < room && left > right ? Position.Left : Position.Right;
  });
}

/** When the message opens, and when the canvas gets another size under it, the view moves as far as it must for all of it to be seen. */
function useInView(node: string) {
  const card = useRef<HTMLDivElement>(null);
  const flow = useReactFlow();
  const [width, height] = [useStore((state) => state.width), useStore((state) => state.height)];
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each message and size
  useEffect(() => {
    const frame = requestAnimationFrame(() => {
      const box = card.current?.getBoundingClientRect();
      const pane = card.current?.closest('.react-flow')?.getBoundingClientRect();
      if (!box || !pane) return;
      const dx = shiftInto(box.left, box.right, pane.left + 12, pane.right - 12);
      const dy = shiftInto(box.top, box.bottom, pane.top + 12, pane.bottom - 56);
      const { x, y, zoom } = flow.getViewport();
      if (dx !== 0 || dy !== 0) void flow.setViewport({ x: x + dx, y: y + dy, zoom }, { duration: calm() });
    });
    return () => cancelAnimationFrame(frame);
  }, [node, width, height]);
  return card;
}

/** @param level the one that is worked in @param node a layer of it */
export function ProblemCard({ node, level }: { readonly node: string; readonly level: Level }) {
  const { network, analysis } = level.open;
  const id = level.idOf(node);
  const side = useSide(id);
  const card = useInView(id);
  const problems = analysis.problems.filter((problem) => problem.nodes.includes(node));
  if (problems.length === 0) return null;
  return (
    <NodeToolbar nodeId={id} isVisible position={side} offset={20} align="start" className={styles.layer}>
      <div ref={card} className={styles.card} role="dialog" aria-label={t('Problem')} data-side={side}>
        <IconButton className={styles.close} label={t('Close')} icon={<X />} size="small" onPress={() => openMessage(null)} />
        {problems.map((problem) => (
          <Message key={`${problem.code}/${problem.parameter ?? ''}/${t(problem.what)}`} problem={problem} network={network} analysis={analysis} node={node} />
        ))}
      </div>
    </NodeToolbar>
  );
}
