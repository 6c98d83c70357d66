// Catches a fault of ours in one region: says which one failed, keeps the document, offers to try again.

import { Component, type ReactNode } from 'react';
import { t } from '../text/text.ts';
import { Button } from '../ui/Button.tsx';
import { Notice } from '../ui/Notice.tsx';
import styles from './App.module.css';

interface Props {
  readonly region: string;
  readonly children: ReactNode;
}
interface State {
  readonly failure: Error | null;
}

export class Boundary extends Component<Props, State> {
  override state: State = { failure: null };

  static getDerivedStateFromError(thrown: unknown): State {
    return { failure: thrown instanceof Error ? thrown : new Error(String(thrown)) };
  }

  override render() {
    const { failure } = this.state;
    if (!failure) return this.props.children;
    return (
      <div className={styles.failed}>
        <Notice
          tone="bad"
          title={t`${this.props.region} could not be shown.`}
          actions={<Button onPress={() => this.setState({ failure: null })}>{t('Try again')}</Button>}
        >
          <p>{failure.message}</p>
          <p>{t('Your project is untouched. You can go on elsewhere, undo the last change, or save.')}</p>
        </Notice>
      </div>
    );
  }
}
