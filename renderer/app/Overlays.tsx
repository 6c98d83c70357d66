// What lies over the page: commands, datasets, setup; and which of the others.

import { Check } from 'lucide-react';
import { type ReactNode, useMemo } from 'react';
import { type Action, actions, isEnabled, labelOf, languageOptions, runAction, shortcutsOf, shownShortcut } from '../actions/index.ts';
import { layerOf } from '../../shared/layers/index.ts';
import {
  attempt,
  chooseLanguage,
  commit,
  fetchDataset,
  setForecasts,
  setOverlay,
  setTheme,
  showNetwork,
  showView,
  type Theme,
  useDatasets,
  useNetworks,
  useProject,
  useSession,
} from '../state/index.ts';
import { t, tLabels } from '../text/text.ts';
import { ExportDialog } from '../export/ExportDialog.tsx';
import { EngineList } from '../home/Engines.tsx';
import { Badge } from '../ui/Badge.tsx';
import { Checkbox } from '../ui/Checkbox.tsx';
import { cx } from '../ui/classes.ts';
import { Dialog } from '../ui/Dialog.tsx';
import { GlyphIcon, glyphOf } from '../ui/FamilyGlyph.tsx';
import { formatCount, formatShape } from '../ui/format.ts';
import { SearchList, type SearchItem } from '../ui/SearchList.tsx';
import { Segmented } from '../ui/Segmented.tsx';
import { ChooseComparison, Find } from './Find.tsx';
import { HistoryPanel } from './HistoryPanel.tsx';
import styles from './Overlays.module.css';
import { ProblemsPanel } from './ProblemsPanel.tsx';
import { Shortcuts } from './Shortcuts.tsx';

const close = () => setOverlay(null);

interface Command extends SearchItem {
  readonly run: () => void;
}

function iconOf(action: Action): ReactNode {
  const Icon = action.icon;
  const layer = action.id.startsWith('add.') ? layerOf(action.id.slice(4)) : undefined;
  if (!layer) return Icon && <Icon />;
  return (
    <span data-family={layer.family} className={styles.glyph}>
      <GlyphIcon name={glyphOf(layer) ?? layer.family} />
    </span>
  );
}

function actionCommands(): readonly Command[] {
  return actions
    .filter((action) => !action.hidden && isEnabled(action))
    .map((action) => {
      const [shortcut] = shortcutsOf(action);
      return {
        id: action.id,
        title: labelOf(action),
        group: t(action.group),
        words: action.words,
        icon: iconOf(action),
        shortcut: shortcut === undefined ? undefined : shownShortcut(shortcut),
        run: () => runAction(action),
      };
    });
}

function Commands() {
  const networks = useNetworks();
  const datasets = useDatasets();
  const commands = useMemo(() => {
    const shown = networks.map(
      (network): Command => ({
        id: `network/${network.id}`,
        title: network.name,
        group: t('Go to network'),
        run: () => {
          showNetwork(network.id);
          showView('design');
        },
      }),
    );
    const data = datasets.map(
      (dataset): Command => ({
        id: `dataset/${dataset.id}`,
        title: t`Use ${t(dataset.title)}`,
        group: t('Data'),
        words: [dataset.title, t(dataset.about)].join(' '),
        run: () => chooseDataset(dataset.id, dataset.title, dataset.available),
      }),
    );
    return [...actionCommands(), ...shown, ...data];
  }, [networks, datasets]);
  return (
    <>
      <div className={styles.outside} onPointerDown={close} />
      <div className={styles.commands} role="dialog" aria-label={t('Search or run')}>
        <SearchList
          label={t('Search or run')}
          placeholder={t('Search or run anything')}
          items={commands}
          onClose={close}
          onChoose={(id) => {
            close();
            commands.find((command) => command.id === id)?.run();
          }}
        />
      </div>
    </>
  );
}

function chooseDataset(id: string, title: string, available: boolean): void {
  commit(`use ${title}`, [{ type: 'setDataset', dataset: id }]);
  if (!available) attempt(() => fetchDataset(id));
}

function Datasets() {
  const datasets = useDatasets();
  const { dataset: chosen } = useProject();
  return (
    <Dialog title={t('Choose a dataset')} open onClose={close} size="large">
      <p className={styles.lead}>{t('All networks of the project learn from the same data, so that they can be compared.')}</p>
      <ul className={styles.datasets}>
        {datasets.map((dataset) => (
          <li key={dataset.id}>
            <button
              type="button"
              className={cx(styles.dataset, dataset.id === chosen && styles.chosen)}
              aria-pressed={dataset.id === chosen}
              onClick={() => {
                close();
                if (dataset.id !== chosen) chooseDataset(dataset.id, dataset.title, dataset.available);
              }}
            >
              <span className={styles.datasetHead}>
                <b>{t(dataset.title)}</b>
                <span className="num">
                  {formatCount(dataset.samples.train)} × {formatShape(dataset.features.shape)}
                </span>
                {!dataset.available && <Badge size="small">{t('download')}</Badge>}
                {dataset.id === chosen && <Check aria-label={t('chosen')} />}
              </span>
              <span className={styles.datasetAbout}>{t(dataset.about)}</span>
            </button>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}

const themes: readonly { readonly value: Theme; readonly label: string }[] = [
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
  { value: 'contrast', label: 'Contrast' },
  { value: 'system', label: 'System' },
];

function Setup() {
  const theme = useSession((state) => state.theme);
  const language = useSession((state) => state.language);
  const forecasts = useSession((state) => state.forecasts);
  return (
    <Dialog title={t('Setup')} open onClose={close}>
      <div className={styles.setup}>
        <span>{t('Theme')}</span>
        <Segmented label={t('Theme')} value={theme} options={tLabels(themes)} onChange={setTheme} />
        <span>{t('Language')}</span>
        <Segmented label={t('Language')} value={language} options={languageOptions()} onChange={chooseLanguage} />
        <span>{t('Forecast')}</span>
        <Checkbox value={forecasts} onChange={setForecasts}>
          {t('Measure time and memory of the open network while nothing else is done')}
        </Checkbox>
        <span>{t('Engines')}</span>
        <EngineList />
      </div>
    </Dialog>
  );
}

export function Overlays() {
  const overlay = useSession((state) => state.overlay);
  switch (overlay) {
    case 'commands':
      return <Commands />;
    case 'shortcuts':
      return <Shortcuts />;
    case 'problems':
      return <ProblemsPanel />;
    case 'history':
      return <HistoryPanel />;
    case 'find':
      return <Find />;
    case 'compare':
      return <ChooseComparison />;
    case 'datasets':
      return <Datasets />;
    case 'export':
      return <ExportDialog />;
    case 'setup':
      return <Setup />;
    default:
      return null;
  }
}
