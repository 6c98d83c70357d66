// What trains on this machine: engines with their state, and what to do about one that is missing.

import { CircleAlert, CircleCheck, Info } from 'lucide-react';
import type { EngineInfo } from '../../shared/protocol/contract.ts';
import { useEngines } from '../state/index.ts';
import { Section } from '../ui/Panel.tsx';
import styles from './HomeView.module.css';

const icons = { ready: CircleCheck, missing: Info, failed: CircleAlert };
const words = { ready: 'ready', missing: 'not installed', failed: 'does not start' };

export function Engines() {
  const engines = useEngines();
  return (
    <Section level={2} title="Engines" className={styles.panel}>
      {engines === null || engines.length === 0 ? (
        <p className={styles.quiet}>
          {engines === null ? 'Looking for engines on this machine' : 'No engine answers. Start Netwright again to look once more.'}
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

function EngineLine({ engine }: { readonly engine: EngineInfo }) {
  const Icon = icons[engine.state];
  return (
    <li data-state={engine.state}>
      <Icon aria-hidden />
      <span>
        {engine.title}, {engine.device.toUpperCase()}
        <Why engine={engine} />
      </span>
      <span className={styles.state}>
        {words[engine.state]}
        {engine.version !== null && ` · ${engine.version}`}
      </span>
    </li>
  );
}

/** Why it is not there and what to do about it: open where something is broken, behind a word where it is merely missing. */
function Why({ engine }: { readonly engine: EngineInfo }) {
  if (engine.reason === null && engine.whatToDo === null) return null;
  return (
    <details open={engine.state === 'failed'} className={styles.why}>
      <summary>What to do</summary>
      {engine.reason !== null && <small>{engine.reason}</small>}
      {engine.whatToDo !== null && <small>{engine.whatToDo}</small>}
    </details>
  );
}
