// Finds a layer by its name or its kind, in all networks of the project, and goes there. And chooses a network to compare with.

import { useMemo } from 'react';
import { layerOf } from '../../shared/layers/index.ts';
import { defaults } from '../../shared/lib/fields.ts';
import type { NetworkNode } from '../../shared/network/network.ts';
import { canvasPort, select, setCompare, setOverlay, showNetwork, showView, useNetworks, useSession, workInNetwork } from '../state/index.ts';
import { t } from '../text/text.ts';
import { GlyphIcon, glyphOf } from '../ui/FamilyGlyph.tsx';
import { type SearchItem, SearchList } from '../ui/SearchList.tsx';
import styles from './Overlays.module.css';

const close = () => setOverlay(null);

function detailOf(node: NetworkNode): string {
  const layer = layerOf(node.kind);
  try {
    return layer ? layer.describe({ ...defaults(layer.fields), ...node.parameters }) : node.kind;
  } catch {
    return node.kind;
  }
}

function itemOf(network: string, title: string, node: NetworkNode): SearchItem {
  const layer = layerOf(node.kind);
  return {
    id: `${network}/${node.id}`,
    title: node.name,
    group: title,
    words: [layer?.title, node.kind, layer?.family, detailOf(node)].join(' '),
    detail: layer?.title ?? node.kind,
    icon: (
      <span data-family={layer?.family ?? 'block'} className={styles.glyph}>
        <GlyphIcon name={glyphOf(layer) ?? layer?.family ?? 'block'} />
      </span>
    ),
  };
}

/** Shows a layer: its network, selected, in view. */
function goTo(network: string, node: string): void {
  if (useSession.getState().activeNetwork !== network) showNetwork(network);
  workInNetwork();
  showView('design');
  select([node]);
  // The canvas of another network comes with the next frame.
  requestAnimationFrame(() => canvasPort()?.reveal(node));
}

export function Find() {
  const networks = useNetworks();
  const active = useSession((state) => state.activeNetwork);
  const items = useMemo(() => {
    const [here, others] = [networks.filter(({ id }) => id === active), networks.filter(({ id }) => id !== active)];
    return [...here, ...others].flatMap(({ id, name, nodes }) => nodes.map((node) => itemOf(id, name, node)));
  }, [networks, active]);
  return (
    <>
      <div className={styles.outside} onPointerDown={close} />
      <div className={styles.commands} role="dialog" aria-label={t('Find a layer')}>
        <SearchList
          label={t('Find a layer')}
          placeholder={t('Find a layer by name or kind')}
          items={items}
          nothing={t('No layer of that name or kind')}
          onClose={close}
          onChoose={(id) => {
            close();
            const slash = id.indexOf('/');
            goTo(id.slice(0, slash), id.slice(slash + 1));
          }}
        />
      </div>
    </>
  );
}

/** Chooses the network that the open one is set against. */
export function ChooseComparison() {
  const networks = useNetworks();
  const active = useSession((state) => state.activeNetwork);
  const items = networks
    .filter(({ id }) => id !== active)
    .map(({ id, name, nodes }): SearchItem => ({ id, title: name, group: t('Compare with'), detail: t`${nodes.length} layers` }));
  return (
    <>
      <div className={styles.outside} onPointerDown={close} />
      <div className={styles.commands} role="dialog" aria-label={t('Compare with')}>
        <SearchList
          label={t('Compare with')}
          placeholder={t('Compare with the network')}
          items={items}
          onClose={close}
          onChoose={(id) => {
            close();
            showView('design');
            select([]);
            setCompare(id);
          }}
        />
      </div>
    </>
  );
}
