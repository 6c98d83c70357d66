// The project's networks as tabs: show, add, rename, duplicate, delete.

import { ChevronDown, CopyPlus, GitCompare, PencilLine, Plus, Trash2 } from 'lucide-react';
import { type KeyboardEvent, memo, useEffect, useRef, useState, type WheelEvent } from 'react';
import { layerOf } from '../../shared/layers/index.ts';
import { longestTitle } from '../../shared/network/names.ts';
import type { Network } from '../../shared/network/network.ts';
import { actionOf, addNetwork, deleteNetwork, duplicateNetwork, renameNetwork, runAction } from '../actions/index.ts';
import { isBusy, showNetwork, showView, useLatestRun, useNetworks, useSession } from '../state/index.ts';
import { t } from '../text/text.ts';
import { cx } from '../ui/classes.ts';
import { GlyphIcon } from '../ui/FamilyGlyph.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { Menu } from '../ui/Menu.tsx';
import styles from './TopBar.module.css';

/** The family that says what kind of network it is. */
function familyOf(network: Network): string {
  const families = new Set(network.nodes.map((node) => layerOf(node.kind)?.family));
  return families.has('convolution') ? 'convolution' : families.has('recurrent') ? 'recurrent' : 'core';
}

function Rename({ id, name: before, onEnd }: Pick<Network, 'id' | 'name'> & { readonly onEnd: () => void }) {
  const end = (name: string) => {
    onEnd();
    if (name.trim() !== '' && name !== before) renameNetwork(id, name);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    event.stopPropagation();
    if (event.key === 'Enter') end(event.currentTarget.value);
    if (event.key === 'Escape') onEnd();
  };
  return (
    <input
      className={styles.rename}
      aria-label={t('Network name')}
      // biome-ignore lint/a11y/noAutofocus: the person has just asked to rename
      autoFocus
      defaultValue={before}
      maxLength={longestTitle}
      size={Math.max(4, before.length)}
      onFocus={(event) => event.target.select()}
      onBlur={(event) => end(event.target.value)}
      onKeyDown={onKeyDown}
    />
  );
}

const tabId = ({ id }: Pick<Network, 'id'>): string => `tab-${id}`;

/** Arrows go to the neighbour, Home and End to the ends. */
function stepTab(event: KeyboardEvent<HTMLButtonElement>): void {
  const tabs = [...(event.currentTarget.closest(`.${styles.tabList}`)?.querySelectorAll<HTMLButtonElement>('[role="tab"]') ?? [])];
  const at = tabs.indexOf(event.currentTarget);
  const to = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: tabs.length - 1 }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  const next = tabs[(to + tabs.length) % tabs.length];
  next?.click();
  next?.focus();
}

/** A wheel has one direction; here it goes along the tabs. */
const roll = (event: WheelEvent<HTMLDivElement>): void => {
  event.currentTarget.scrollLeft += event.deltaX === 0 ? event.deltaY : 0;
};

interface TabProps extends Pick<Network, 'id' | 'name'> {
  readonly family: string;
  readonly active: boolean;
  readonly only: boolean;
}

/** Given what it shows, not the network: an edit of that draws no tab anew. */
const Tab = memo(function Tab({ id, name, family, active, only }: TabProps) {
  const [renaming, setRenaming] = useState(false);
  const run = useLatestRun(id);
  const tab = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    if (active) tab.current?.scrollIntoView({ inline: 'nearest', block: 'nearest' });
  }, [active]);
  const running = run !== null && isBusy(run);
  const show = () => {
    showNetwork(id);
    showView('design');
  };
  if (renaming) {
    return (
      <span className={cx(styles.tab, styles.active)}>
        <Rename id={id} name={name} onEnd={() => setRenaming(false)} />
      </span>
    );
  }
  return (
    <span ref={tab} className={cx(styles.tab, active && styles.active)} data-family={family}>
      <button
        type="button"
        id={tabId({ id })}
        role="tab"
        aria-selected={active}
        tabIndex={active ? 0 : -1}
        className={styles.tabButton}
        title={name}
        onClick={show}
        onDoubleClick={() => setRenaming(true)}
        onKeyDown={stepTab}
      >
        <GlyphIcon name={family} />
        <span className={styles.tabName}>{name}</span>
        {running && <span className={styles.runningDot} role="img" aria-label={t('training')} />}
      </button>
      {active && (
        <Menu
          label={t`${name}, more`}
          trigger={<IconButton className={styles.tabMore} size="small" label={t`${name}: rename, duplicate, delete`} icon={<ChevronDown />} />}
          items={[
            { id: 'rename', label: t('Rename'), icon: <PencilLine />, onAction: () => setRenaming(true) },
            { id: 'duplicate', label: t('Duplicate as a variant'), icon: <CopyPlus />, onAction: () => duplicateNetwork(id) },
            { id: 'compare', label: t('Compare with…'), icon: <GitCompare />, disabled: only, onAction: () => runAction(actionOf('network.compare')) },
            { id: 'delete', label: t('Delete'), icon: <Trash2 />, danger: true, divider: true, disabled: only, onAction: () => deleteNetwork(id) },
          ]}
        />
      )}
    </span>
  );
});

export function NetworkTabs() {
  const networks = useNetworks();
  const active = useSession((state) => state.activeNetwork);
  return (
    <div className={styles.tabs}>
      {/* Only tabs belong to a list of tabs; the menu of the open one stands between them for the eye. */}
      <div role="tablist" aria-label={t('Networks')} aria-owns={networks.map(tabId).join(' ')} />
      <div className={styles.tabList} onWheel={roll}>
        {networks.map((network) => (
          <Tab key={network.id} id={network.id} name={network.name} family={familyOf(network)} active={network.id === active} only={networks.length === 1} />
        ))}
      </div>
      <IconButton className={styles.addTab} size="small" label={t('New network')} icon={<Plus />} onPress={() => addNetwork()} />
    </div>
  );
}
