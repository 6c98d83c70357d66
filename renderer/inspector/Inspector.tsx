// The inspector: what is selected, and all that can be set about it.

import { useComparison, useDrawnNetwork, useSelection, useSession } from '../state/index.ts';
import { t } from '../text/text.ts';
import { CompareInspector, useOther } from './CompareInspector.tsx';
import styles from './Inspector.module.css';
import { LayerInspector } from './LayerInspector.tsx';
import { NetworkInspector, SelectionInspector } from './NetworkInspector.tsx';

export default function Inspector() {
  const network = useDrawnNetwork();
  const { nodes } = useSelection();
  const other = useOther(useSession((state) => state.compareWith));
  const comparison = useComparison(network);
  const node = nodes.length === 1 ? network?.nodes.find(({ id }) => id === nodes[0]) : undefined;
  return (
    <aside className={styles.inspector} data-tour="inspector" aria-label={t('Inspector')}>
      {network &&
        (node ? (
          <LayerInspector key={node.id} network={network} node={node} />
        ) : nodes.length === 0 && comparison && other ? (
          <CompareInspector network={network} other={other} comparison={comparison} />
        ) : nodes.length > 1 ? (
          <SelectionInspector network={network} nodes={nodes} />
        ) : (
          <NetworkInspector network={network} />
        ))}
    </aside>
  );
}
