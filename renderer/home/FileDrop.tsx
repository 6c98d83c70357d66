// A place to drop a project file on, with a button for everyone who would rather choose.

import { FolderOpen, Upload } from 'lucide-react';
import { DropZone } from 'react-aria-components';
import { open, openFile } from '../actions/index.ts';
import { attempt } from '../state/index.ts';
import { t } from '../text/text.ts';
import { Button } from '../ui/Button.tsx';
import styles from './HomeView.module.css';

export function FileDrop() {
  return (
    <DropZone
      className={styles.drop}
      onDrop={(event) => {
        const file = event.items.find((item) => item.kind === 'file');
        if (file) attempt(async () => openFile(await file.getFile()));
      }}
    >
      <span className={styles.dropIcon}>
        <Upload aria-hidden />
      </span>
      <h2>{t('Drop a project or a model here')}</h2>
      <p>{t('A .netwright file, or a Keras model (.keras, .h5). Nothing leaves this machine.')}</p>
      <Button icon={<FolderOpen />} onPress={() => attempt(() => open())}>
        {t('Choose…')}
      </Button>
    </DropZone>
  );
}
