// The small bars that lie on the canvas: add and tidy up at the left, zoom at the right.

import { useStore } from '@xyflow/react';
import { Check, Frame, Hash, Maximize, MessageSquareText, Minus, Network, Plus } from 'lucide-react';
import { useSession } from '../state/index.ts';
import { actionOf, figureActions, labelOf, runAction, shortcutsOf, shownShortcut } from '../actions/index.ts';
import { t } from '../text/text.ts';
import { Button } from '../ui/Button.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { Menu } from '../ui/Menu.tsx';
import styles from './Canvas.module.css';

function ActionButton({ id, icon }: { readonly id: string; readonly icon: React.ReactNode }) {
  const action = actionOf(id);
  const [shortcut] = shortcutsOf(action);
  // Its words may follow what is chosen.
  const label = useSession(() => labelOf(action));
  return <IconButton label={label} shortcut={shortcut === undefined ? undefined : shownShortcut(shortcut)} icon={icon} onPress={() => runAction(action)} />;
}

/** Which number each layer shows. */
function FigureMenu() {
  const shown = useSession((state) => `view.figure.${state.figure}`);
  return (
    <Menu
      label={t('Shown on each layer')}
      trigger={<IconButton label={t('Shown on each layer')} icon={<Hash />} />}
      items={figureActions.map((action) => ({
        id: action.id,
        label: labelOf(action),
        icon: <Check style={{ visibility: action.id === shown ? 'visible' : 'hidden' }} />,
        onAction: () => runAction(action),
      }))}
    />
  );
}

export function CanvasTools() {
  return (
    <div className={styles.tools} data-panel role="toolbar" aria-label={t('Canvas')} aria-orientation="vertical">
      <ActionButton id="network.quickAdd" icon={<Plus />} />
      <ActionButton id="note.comment" icon={<MessageSquareText />} />
      <ActionButton id="note.frame" icon={<Frame />} />
      <ActionButton id="network.tidy" icon={<Network />} />
      <FigureMenu />
    </div>
  );
}

export function ZoomControl() {
  const zoom = useStore((state) => Math.round(state.transform[2] * 100));
  return (
    <div className={styles.zoom} data-panel role="toolbar" aria-label={t('Zoom')}>
      <ActionButton id="view.zoomOut" icon={<Minus />} />
      <Button kind="ghost" className={styles.percent} label={t`Zoom ${zoom} %. Set to 100 %`} onPress={() => runAction(actionOf('view.zoomReset'))}>
        {zoom} %
      </Button>
      <ActionButton id="view.zoomIn" icon={<Plus />} />
      <span className={styles.rule} />
      <ActionButton id="view.fitAll" icon={<Maximize />} />
    </div>
  );
}
