// The bar above everything: project, networks, dataset, undo, search, engine, Train.

import { ChevronDown, Cpu, Database, Redo2, Search, Undo2 } from 'lucide-react';
import { useState } from 'react';
import type { EngineInfo } from '../../shared/protocol/contract.ts';
import { actionOf, runAction, shownShortcut } from '../actions/index.ts';
import {
  commit,
  setOverlay,
  showView,
  useActiveDataset,
  useDocument,
  useEngines,
  useRedoLabel,
  useTrainingSettings,
  useUndoLabel,
  useView,
} from '../state/index.ts';
import { t } from '../text/text.ts';
import { Button } from '../ui/Button.tsx';
import { formatCount, formatShape } from '../ui/format.ts';
import { IconButton } from '../ui/IconButton.tsx';
import { KeyHint } from '../ui/KeyHint.tsx';
import { Logo } from '../ui/Logo.tsx';
import { Menu } from '../ui/Menu.tsx';
import { HistoryButton } from './HistoryPanel.tsx';
import { entryOf } from './menuEntry.ts';
import { NetworkTabs } from './NetworkTabs.tsx';
import styles from './TopBar.module.css';
import { TrainButton } from './TrainButton.tsx';

function ProjectMenu() {
  const name = useDocument((state) => state.project.name);
  const [renaming, setRenaming] = useState(false);
  const end = (next: string) => {
    setRenaming(false);
    if (next.trim() !== '' && next.trim() !== name) commit('rename the project', [{ type: 'renameProject', name: next.trim() }]);
  };
  if (renaming) {
    return (
      <input
        className={styles.rename}
        aria-label={t('Project name')}
        // biome-ignore lint/a11y/noAutofocus: the person has just asked to rename
        autoFocus
        defaultValue={name}
        maxLength={200}
        onFocus={(event) => event.target.select()}
        onBlur={(event) => end(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') end(event.currentTarget.value);
          if (event.key === 'Escape') setRenaming(false);
        }}
      />
    );
  }
  return (
    <Menu
      label={t('Project')}
      trigger={
        <Button kind="ghost" className={styles.project}>
          <span className="visuallyHidden">{t('Project')} </span>
          <span className={styles.projectName} title={name}>
            {name}
          </span>
          <ChevronDown />
        </Button>
      }
      items={[
        entryOf('file.new'),
        entryOf('file.template'),
        entryOf('file.open'),
        entryOf('file.save', { divider: true }),
        entryOf('file.saveAs'),
        entryOf('file.export'),
        { id: 'rename', label: t('Rename the project'), divider: true, onAction: () => setRenaming(true) },
      ]}
    />
  );
}

function DatasetButton() {
  const dataset = useActiveDataset();
  return (
    <Button className={styles.chip} icon={<Database />} onPress={() => setOverlay('datasets')}>
      <span className="visuallyHidden">{t('Dataset:')} </span>
      <b>{dataset ? t(dataset.title) : t('Choose data')}</b>
      {dataset && (
        <span className={styles.wideOnly}>
          {' '}
          {formatCount(dataset.samples.train)} × {formatShape(dataset.features.shape)}
        </span>
      )}
    </Button>
  );
}

function History() {
  const undoLabel = useUndoLabel();
  const redoLabel = useRedoLabel();
  return (
    <>
      <IconButton
        label={undoLabel === null ? t('Undo') : t`Undo: ${t(undoLabel)}`}
        shortcut={shownShortcut('Ctrl+Z')}
        icon={<Undo2 />}
        disabled={undoLabel === null}
        onPress={() => runAction(actionOf('edit.undo'))}
      />
      <IconButton
        label={redoLabel === null ? t('Redo') : t`Redo: ${t(redoLabel)}`}
        shortcut={shownShortcut('Ctrl+Shift+Z')}
        icon={<Redo2 />}
        disabled={redoLabel === null}
        onPress={() => runAction(actionOf('edit.redo'))}
      />
      <HistoryButton />
    </>
  );
}

/** The engine that a run would take now: without a choice, the first that works. */
function chosenEngine(
  engines: readonly EngineInfo[] | null,
  { engine: id, device }: { readonly engine: string; readonly device: string },
): EngineInfo | undefined {
  const meant = (engines ?? []).filter((engine) => (id === 'auto' || engine.id === id) && (device === 'auto' || engine.device === device));
  return meant.find(({ state }) => state === 'ready') ?? (id === 'auto' ? undefined : meant[0]);
}

/** While the trainer is being asked, the room that its answer will take. */
function EngineWords({ engine, isKnown }: { readonly engine: EngineInfo | undefined; readonly isKnown: boolean }) {
  if (!isKnown) return <span className={styles.skeleton} role="img" aria-label={t('looking for engines')} />;
  return (
    <>
      <b className={styles.wideOnly}>{engine?.title ?? t('No engine')}</b>
      <span>{engine ? engine.device.toUpperCase() : <span className={styles.narrowOnly}>{t('none')}</span>}</span>
    </>
  );
}

function EngineButton() {
  const engines = useEngines();
  const wanted = useTrainingSettings();
  const engine = chosenEngine(engines, wanted);
  const choose = (id: 'auto' | EngineInfo['id'], device: 'auto' | EngineInfo['device']) =>
    commit('choose the engine', [{ type: 'setTraining', settings: { engine: id, device } }]);
  // TensorFlow has the device that it was installed for.
  const deviceOf = ({ id, device }: EngineInfo) => (id === 'tensorflow' ? 'auto' : device);
  return (
    <Menu
      label={t('Engine')}
      placement="bottom end"
      trigger={
        <Button className={styles.chip} icon={<Cpu />}>
          <span className="visuallyHidden">{t('Engine:')} </span>
          <EngineWords engine={engine} isKnown={engines !== null} />
        </Button>
      }
      items={[
        {
          id: 'auto',
          label: t('Automatic'),
          detail: wanted.engine === 'auto' && wanted.device === 'auto' ? t('chosen') : undefined,
          onAction: () => choose('auto', 'auto'),
        },
        ...(engines ?? []).map((one) => ({
          id: `${one.id}/${one.device}`,
          label: t`${one.title} on ${one.device.toUpperCase()}`,
          disabled: one.state !== 'ready',
          detail: one.state === 'ready' ? (one.version ?? '') : t(one.reason ?? one.state),
          onAction: () => choose(one.id, deviceOf(one)),
        })),
        entryOf('view.setup', { divider: true, label: t('All about engines'), onAction: () => showView('home') }),
      ]}
    />
  );
}

export function TopBar() {
  // The first page is about all projects: what belongs to the open one's networks is left out there.
  const isHome = useView() === 'home';
  return (
    <header className={styles.bar} data-region>
      <span className={styles.mark}>
        <Logo />
      </span>
      <ProjectMenu />
      {!isHome && <NetworkTabs />}
      {!isHome && <DatasetButton />}
      <span className={styles.grow} />
      {!isHome && <History />}
      <Button className={styles.search} icon={<Search />} onPress={() => setOverlay('commands')}>
        <span className={styles.shrinks}>{t('Search or run')}</span> <KeyHint>{shownShortcut('Ctrl+K')}</KeyHint>
      </Button>
      <EngineButton />
      <TrainButton />
    </header>
  );
}
