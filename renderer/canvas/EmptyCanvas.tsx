// What the canvas says while the network is empty: the first step, done by a button.

import { Fragment } from 'react';
import { addInput } from '../actions/index.ts';
import { showView, useActiveDataset } from '../state/index.ts';
import { t } from '../text/text.ts';
import { Button } from '../ui/Button.tsx';
import { FamilyGlyph } from '../ui/FamilyGlyph.tsx';
import { KeyHint } from '../ui/KeyHint.tsx';
import styles from './EmptyCanvas.module.css';

const picture = [
  { family: 'core', glyph: 'input' },
  { family: 'convolution', glyph: 'convolution' },
  { family: 'core', glyph: 'core' },
] as const;

export function EmptyCanvas() {
  const dataset = useActiveDataset();
  return (
    <div className={styles.cover}>
      <div className={styles.card}>
        <div className={styles.picture} aria-hidden>
          {picture.map(({ family, glyph }, index) => (
            <Fragment key={glyph}>
              {index > 0 && <span className={styles.wire} />}
              <span className={styles.tile}>
                <FamilyGlyph family={family} glyph={glyph} />
              </span>
            </Fragment>
          ))}
        </div>
        <h2>{t('An empty network')}</h2>
        <p>{dataset ? t('Start with an Input, or let the dataset choose one.') : t('Drag layers from the left, or start from something that works.')}</p>
        <div className={styles.buttons}>
          <Button kind="primary" onPress={addInput}>
            {dataset ? t`Add Input for ${dataset.title}` : t('Add an Input')}
          </Button>
          <Button onPress={() => showView('home')}>{t('From a template')}</Button>
        </div>
        <p className={styles.hint}>
          {t('or press')} <KeyHint>/</KeyHint> {t('and type a layer')}
        </p>
      </div>
    </div>
  );
}
