// Where one is while looking into a block: the network, then block in block; each a way back.

import { ChevronRight } from 'lucide-react';
import type { Network } from '../../shared/network/network.ts';
import { lookInto, useActiveNetwork, useCanvasPath } from '../state/index.ts';
import { t } from '../text/text.ts';
import styles from './Breadcrumb.module.css';

const nameOf = (network: Network, block: string): string => network.blocks?.find(({ id }) => id === block)?.name ?? block;

export function Breadcrumb() {
  const network = useActiveNetwork();
  const path = useCanvasPath();
  if (!network || path.length === 0) return null;
  return (
    <nav className={styles.crumbs} aria-label={t('Open blocks')} data-panel>
      <button type="button" onClick={() => lookInto([])}>
        {network.name}
      </button>
      {path.map(({ block, place }, depth) => (
        <span key={`${place}/${block}`}>
          <ChevronRight aria-hidden />
          <button type="button" aria-current={depth === path.length - 1 ? 'location' : undefined} onClick={() => lookInto(path.slice(0, depth + 1))}>
            {nameOf(network, block)}
          </button>
        </span>
      ))}
    </nav>
  );
}
