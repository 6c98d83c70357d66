// What trains on this machine: engines with their state, what to do about one that does not work, and bringing TensorFlow here or taking it away.

import { CircleAlert, CircleCheck, Download, Info } from 'lucide-react';
import type { EngineInfo } from '../../shared/protocol/contract.ts';
import { cancelInstallation, installEngine, uninstallEngine, useEngineFault, useEngines, useEngineWork } from '../state/index.ts';
import { t } from '../text/text.ts';
import { Button } from '../ui/Button.tsx';
import { Notice } from '../ui/Notice.tsx';
import { Section } from '../ui/Panel.tsx';
import { ProgressBar } from '../ui/ProgressBar.tsx';
import styles from './HomeView.module.css';

const icons = { ready: CircleCheck, missing: Info, failed: CircleAlert };
const words = { ready: 'ready', missing: 'not installed', failed: 'does not start' };

export function Engines() {
  const engines = useEngines();
  return (
    <Section level={2} title={t('Engines')} className={styles.panel}>
      {engines === null || engines.length === 0 ? (
        <p className={styles.quiet}>
          {engines === null ? t('Looking for engines on this machine') : t('No engine answers. Start Netwright again to look once more.')}
        </p>
      ) : (
        <ul className={styles.engines}>
          {engines.map((engine) => (
            <EngineLine key={`${engine.id} ${engine.device}`} engine={engine} />
          ))}
        </ul>
      )}
    </Section>
  );
}

/** Engines that come from elsewhere. */
const installable = new Set(['tensorflow']);

function EngineLine({ engine }: { readonly engine: EngineInfo }) {
  const Icon = icons[engine.state];
  const work = useEngineWork(engine.id);
  return (
    <li data-state={engine.state}>
      <Icon aria-hidden />
      <div className={styles.engine}>
        <span>
          {engine.title}, {engine.device.toUpperCase()}
        </span>
        {work ? <Work title={engine.title} step={work.step} share={work.share} /> : <Idle engine={engine} />}
      </div>
      <span className={styles.state}>
        {t(words[engine.state])}
        {engine.version !== null && ` · ${engine.version}`}
      </span>
    </li>
  );
}

/** What is done with it now, with a way to end it. */
function Work({ title, step, share }: { readonly title: string; readonly step: string; readonly share: number | null }) {
  return (
    <div className={styles.work} aria-live="polite">
      <small>
        {t(step)}
        {share !== null && ` ${Math.round(share * 100)} %`}
      </small>
      <ProgressBar label={`${title}: ${t(step)}`} value={share} />
      <Button size="small" onPress={() => void cancelInstallation()}>
        {t('Cancel')}
      </Button>
    </div>
  );
}

function Idle({ engine }: { readonly engine: EngineInfo }) {
  const fault = useEngineFault(engine.id);
  const { id, title, state } = engine;
  const isOurs = installable.has(id);
  return (
    <>
      {fault !== '' && (
        <Notice tone="bad" title={state === 'ready' ? t`${title} could not be removed.` : t`${title} could not be installed.`}>
          {t(fault)}
        </Notice>
      )}
      {isOurs && state === 'missing' ? <small>{t('Usually faster than what comes along; takes about 1 GB of disk.')}</small> : <Why engine={engine} />}
      {isOurs && state !== 'ready' && (
        <Button size="small" icon={<Download />} label={t`Install ${title}`} onPress={() => void installEngine(id)}>
          {state === 'missing' ? t('Install') : t('Install again')}
        </Button>
      )}
      {isOurs && state !== 'missing' && (
        <Button size="small" kind="ghost" label={t`Remove ${title}`} onPress={() => void uninstallEngine(id)}>
          {t('Remove')}
        </Button>
      )}
    </>
  );
}

/** Why it does not work and what to do about it. */
function Why({ engine: { state, reason, whatToDo } }: { readonly engine: EngineInfo }) {
  if (state === 'ready' || (reason === null && whatToDo === null)) return null;
  return (
    <details open className={styles.why}>
      <summary>{t('What to do')}</summary>
      {reason !== null && <small>{t(reason)}</small>}
      {whatToDo !== null && <small>{t(whatToDo)}</small>}
    </details>
  );
}
