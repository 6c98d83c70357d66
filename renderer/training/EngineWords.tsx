// Why a run computes with its engine and not with another, and how that engine computes this network here. Nothing where the settings named it.

import type { RunRecord } from '../../shared/protocol/contract.ts';
import { useEngines } from '../state/index.ts';
import { t } from '../text/text.ts';
import { Disclosure } from '../ui/Panel.tsx';
import styles from './TrainingDock.module.css';

/** `onnxruntime/gpu` as it is called in the list of engines. */
function useTitle(): (engine: string) => string {
  const engines = useEngines();
  return (name) => {
    const [id, device] = name.split('/');
    const title = engines?.find((one) => one.id === id)?.title ?? name;
    return device === 'gpu' ? t`${title} on the GPU` : title;
  };
}

export function EngineWords({ record: { choice, engineRemark } }: { readonly record: RunRecord }) {
  const title = useTitle();
  if (!choice) return engineRemark === undefined ? null : <p className={styles.hint}>{t(engineRemark)}</p>;
  return (
    <Disclosure title={t('Why this engine')}>
      <div className={styles.reasons}>
        <p>{t(choice.reason)}</p>
        {engineRemark !== undefined && <p>{t(engineRemark)}</p>}
        {choice.others.length > 0 && (
          <dl>
            {choice.others.map(({ engine, reason }) => (
              <div key={engine}>
                <dt>{title(engine)}</dt>
                <dd>{t(reason)}</dd>
              </div>
            ))}
          </dl>
        )}
      </div>
    </Disclosure>
  );
}
