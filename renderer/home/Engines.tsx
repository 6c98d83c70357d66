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
/** A card is nothing that could be installed. */
const stateWords = ({ state, device }: EngineInfo): string => (state === 'missing' && device === 'gpu' ? 'no card' : words[state]);

export function Engines() {
  return (
    <Section level={2} title={t('Engines')} className={styles.panel}>
      <EngineList />
    </Section>
  );
}

/** Every engine and device with its version and state, why one does not work, and what to do about it. */
export function EngineList() {
  const engines = useEngines();
  if (engines === null) return <p className={styles.quiet}>{t('Looking for engines on this machine')}</p>;
  if (engines.length === 0) return <p className={styles.quiet}>{t('No engine answers. Start Netwright again to look once more.')}</p>;
  return (
    <ul className={styles.engines}>
      {engines.map((engine, i) => (
        <EngineLine key={`${engine.id} ${engine.device}`} engine={engine} isFirst={engines.findIndex(({ id }) => id === engine.id) === i} />
      ))}
    </ul>
  );
}

/** Engines that come from elsewhere. */
const installable = new Set(['tensorflow']);

/** @param isFirst of its devices: installing and removing are for all of them */
function EngineLine({ engine, isFirst }: { readonly engine: EngineInfo; readonly isFirst: boolean }) {
  const Icon = icons[engine.state];
  const work = useEngineWork(engine.id);
  return (
    <li data-state={engine.state}>
      <Icon aria-hidden />
      <div className={styles.engine}>
        <p className={styles.named}>
          <span>
            {engine.title}, {engine.device.toUpperCase()}
          </span>
          {!(work && isFirst) && (
            <span className={styles.state}>
              {t(stateWords(engine))}
              {engine.version !== null && ` · ${engine.version}`}
            </span>
          )}
        </p>
        {work && isFirst ? <Work title={engine.title} step={work.step} share={work.share} /> : <Idle engine={engine} isFirst={isFirst} />}
      </div>
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

function Idle({ engine, isFirst }: { readonly engine: EngineInfo; readonly isFirst: boolean }) {
  const fault = useEngineFault(engine.id);
  const { id, title, state } = engine;
  const isOurs = isFirst && installable.has(id);
  return (
    <>
      {isFirst && fault !== '' && (
        <Notice tone="bad" title={state === 'ready' ? t`${title} could not be removed.` : t`${title} could not be installed.`}>
          {t(fault)}
        </Notice>
      )}
      {isOurs && state === 'missing' ? (
        <small>{t('Usually faster than the engine that is built in; takes about 1 GB of disk.')}</small>
      ) : (
        <Why engine={engine} />
      )}
      {isOurs && (
        <div className={styles.deeds}>
          {state !== 'ready' && (
            <Button size="small" icon={<Download />} label={t`Install ${title}`} onPress={() => void installEngine(id)}>
              {state === 'missing' ? t('Install') : t('Install again')}
            </Button>
          )}
          {state !== 'missing' && (
            <Button size="small" kind="ghost" label={t`Remove ${title}`} onPress={() => void uninstallEngine(id)}>
              {t('Remove')}
            </Button>
          )}
        </div>
      )}
    </>
  );
}

/** Why it does not work and what to do about it; of one that works, what there is to know of it. */
function Why({ engine: { state, reason, whatToDo } }: { readonly engine: EngineInfo }) {
  if (reason === null && whatToDo === null) return null;
  if (state === 'ready') return <small>{t(reason ?? '')}</small>;
  return (
    <details open={state === 'failed'} className={styles.why}>
      <summary>{t('What to do')}</summary>
      {reason !== null && <small>{t(reason)}</small>}
      {whatToDo !== null && <small>{t(whatToDo)}</small>}
    </details>
  );
}
