// All that is wrong and all advice in one list: what, where, and its repairs; a press on a line goes there.

import { CircleAlert, Lightbulb } from 'lucide-react';
import { type CSSProperties, useRef } from 'react';
import type { Problem } from '../../shared/network/problem.ts';
import { inOrder, repair, showProblem } from '../actions/index.ts';
import { Repairs } from '../canvas/ProblemCard.tsx';
import { setOverlay, useActiveAnalysis, usePanel, useView, workInNetwork } from '../state/index.ts';
import { t } from '../text/text.ts';
import { useOutside } from '../ui/useOutside.ts';
import { useFocusInside } from '../ui/useFocusInside.ts';
import styles from './ProblemsPanel.module.css';

/** The list is of the whole network, whatever block is worked in. */
function inNetwork(work: () => void): void {
  workInNetwork();
  work();
}

function Line({ problem }: { readonly problem: Problem }) {
  const { severity, what, where, repairs } = problem;
  return (
    <li data-severity={severity}>
      <button type="button" className={styles.what} onClick={() => inNetwork(() => showProblem(problem))}>
        {severity === 'error' ? <CircleAlert aria-hidden /> : <Lightbulb aria-hidden />}
        <span>
          <b>{t(what)}</b>
          <small>{t(where)}</small>
        </span>
      </button>
      <Repairs repairs={repairs} onRepair={(chosen) => inNetwork(() => repair(chosen))} />
    </li>
  );
}

export function ProblemsPanel() {
  const { problems } = useActiveAnalysis();
  const panel = useRef<HTMLElement>(null);
  // Above the training dock, never over the form that a problem may lead to.
  const dock = usePanel('dock');
  const isDesign = useView() === 'design';
  const above = { '--above': isDesign && dock.open ? `${dock.size}px` : '0px' } as CSSProperties;
  useFocusInside(panel, 'button');
  useOutside(panel, () => setOverlay(null));
  return (
    <section ref={panel} className={styles.panel} style={above} aria-label={t('Problems')} tabIndex={-1}>
      <h2>{t('Problems')}</h2>
      {problems.length === 0 && <p>{t('No problems found')}</p>}
      <ol>
        {inOrder(problems).map((problem) => (
          <Line key={`${problem.code}/${problem.nodes.join()}/${problem.parameter ?? ''}/${problem.what}`} problem={problem} />
        ))}
      </ol>
    </section>
  );
}
