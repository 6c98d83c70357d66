// Sections of a panel: one that stays open, and one that folds.

import { ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button, Disclosure as AriaDisclosure, DisclosurePanel, Heading } from 'react-aria-components';
import { cx } from './classes.ts';
import styles from './Panel.module.css';

export interface SectionProps {
  readonly title: ReactNode;
  /** Small words or a control at the end of the title's line. */
  readonly aside?: ReactNode;
  readonly children: ReactNode;
  readonly className?: string;
  /** The rank of its title: 2 right under a page's title, else 3. */
  readonly level?: 2 | 3;
}

export function Section({ title, aside, children, className, level = 3 }: SectionProps) {
  const Title = level === 2 ? 'h2' : 'h3';
  return (
    <section className={cx(styles.section, className)}>
      <header className={styles.head}>
        <Title className={styles.title}>{title}</Title>
        {aside && <span className={styles.aside}>{aside}</span>}
      </header>
      {children}
    </section>
  );
}

export interface DisclosureProps extends SectionProps {
  readonly defaultOpen?: boolean;
  readonly open?: boolean;
  readonly onOpenChange?: (open: boolean) => void;
}

export function Disclosure({ title, aside, children, className, level = 3, defaultOpen, open, onOpenChange }: DisclosureProps) {
  return (
    <AriaDisclosure className={cx(styles.section, className)} defaultExpanded={defaultOpen} isExpanded={open} onExpandedChange={onOpenChange}>
      <Heading level={level} className={styles.head}>
        <Button slot="trigger" className={styles.trigger}>
          <ChevronRight className={styles.chevron} aria-hidden />
          <span className={styles.title}>{title}</span>
          {aside && <span className={styles.aside}>{aside}</span>}
        </Button>
      </Heading>
      <DisclosurePanel>{children}</DisclosurePanel>
    </AriaDisclosure>
  );
}
