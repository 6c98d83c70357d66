// A block at a place: how often it stands there, what it holds, and the ways to change it.

import { BookmarkPlus, ChevronsUpDown, LogIn, Split, Ungroup } from 'lucide-react';
import { blockOf, maximumRepeat, repeatOf } from '../../shared/network/blocks.ts';
import type { Network, NetworkNode } from '../../shared/network/network.ts';
import { actionOf, isEnabled, repeatBlock, runAction, toggleInPlace } from '../actions/index.ts';
import { useIsInPlace } from '../state/index.ts';
import { t } from '../text/text.ts';
import { Button } from '../ui/Button.tsx';
import { NumberField } from '../ui/NumberField.tsx';
import { Section } from '../ui/Panel.tsx';
import styles from './Inspector.module.css';

export function BlockInspector({ network, node }: { readonly network: Network; readonly node: NetworkNode }) {
  const definition = blockOf(network, node);
  const isInPlaceNow = useIsInPlace(node.id);
  if (!definition) return <p className={styles.about}>{t('The definition of this block is not in the network. Undo its removal, or delete the block.')}</p>;
  const places = network.nodes.filter((other) => other.parameters['block'] === definition.id).length;
  const layers = definition.nodes.filter(({ kind }) => kind !== 'input').length;
  return (
    <>
      <p className={styles.about}>
        {layers === 1 ? t('1 layer as one.') : t`${layers} layers as one.`}{' '}
        {places > 1 ? t`It stands at ${places} places, which all follow when it is changed.` : ''}
      </p>
      <Section level={2} title={t('Parameters')} className={styles.section}>
        <div className={styles.row}>
          <span className={styles.label}>{t('Repeat')}</span>
          <div className={styles.control}>
            <NumberField
              label={t('Repeat')}
              labels="hidden"
              value={repeatOf(node)}
              min={1}
              max={maximumRepeat}
              integer
              unit={t('times')}
              onChange={(next) => repeatBlock(node, next)}
            />
          </div>
        </div>
        <div className={styles.buttons}>
          <Button icon={<LogIn />} onPress={() => runAction(actionOf('block.open'))}>
            {t('Open')}
          </Button>
          <Button icon={<ChevronsUpDown />} onPress={() => toggleInPlace(node.id)}>
            {isInPlaceNow ? t('Close') : t('Open in place')}
          </Button>
          <Button icon={<Split />} disabled={places < 2 || !isEnabled(actionOf('block.detach'))} onPress={() => runAction(actionOf('block.detach'))}>
            {t('Set apart')}
          </Button>
          <Button icon={<Ungroup />} disabled={!isEnabled(actionOf('block.ungroup'))} onPress={() => runAction(actionOf('block.ungroup'))}>
            {t('Dissolve')}
          </Button>
          <Button icon={<BookmarkPlus />} label={t('Keep the block for other projects')} onPress={() => runAction(actionOf('block.keep'))}>
            {t('Keep')}
          </Button>
        </div>
      </Section>
    </>
  );
}
