// With nothing selected: the network as a whole. With several layers: what they have together.

import { CopyPlus, Trash2 } from 'lucide-react';
import type { Analysis } from '../../shared/compile/types.ts';
import { families, layerOf } from '../../shared/layers/index.ts';
import { longestName, longestTitle } from '../../shared/network/names.ts';
import type { Network } from '../../shared/network/network.ts';
import { actionOf, isEnabled, labelOf, renameNetwork, runAction } from '../actions/index.ts';
import { useActiveDataset, useAnalysis, useOpenPath } from '../state/index.ts';
import { t } from '../text/text.ts';
import { Button } from '../ui/Button.tsx';
import { FamilyGlyph } from '../ui/FamilyGlyph.tsx';
import { formatBytes, formatCount, formatShape } from '../ui/format.ts';
import { IconButton } from '../ui/IconButton.tsx';
import { Section } from '../ui/Panel.tsx';
import { TextField } from '../ui/TextField.tsx';
import styles from './Inspector.module.css';
import { Parameters } from './Parameters.tsx';

/** Families in use, the most parameters first. */
function shares(network: Network, analysis: Analysis) {
  const counted = families.map((family) => {
    const nodes = network.nodes.filter((node) => layerOf(node.kind)?.family === family.id);
    return {
      ...family,
      count: nodes.length,
      parameters: nodes.reduce((sum, node) => sum + (analysis.nodes[node.id]?.trainable ?? 0) + (analysis.nodes[node.id]?.nonTrainable ?? 0), 0),
    };
  });
  return counted.filter(({ count }) => count > 0).sort((a, b) => b.parameters - a.parameters);
}

function Summary({ analysis }: { readonly analysis: Analysis }) {
  const { layers, trainable, nonTrainable, multiplyAdds, activationBytes } = analysis.totals;
  const dataset = useActiveDataset();
  const last = analysis.nodes[analysis.order.at(-1) ?? ''];
  return (
    <Section level={2} title={t('Info')} className={styles.section}>
      <dl className={styles.info}>
        <div className={styles.long}>
          <dt>{t('Dataset')}</dt>
          <dd title={dataset ? t(dataset.title) : undefined}>
            {dataset ? t(dataset.title) : t('none chosen')}
            {dataset && <small>{formatShape(dataset.features.shape)}</small>}
          </dd>
        </div>
        <dt>{t('Output shape')}</dt>
        <dd>{last?.outputShape ? formatShape(last.outputShape) : t('none yet')}</dd>
        <dt>{t('Layers')}</dt>
        <dd>{formatCount(layers)}</dd>
        <dt>{t('Parameters')}</dt>
        <dd>{formatCount(trainable + nonTrainable)}</dd>
        <dt>{t('Multiply-adds')}</dt>
        <dd>
          {formatCount(multiplyAdds)}
          <small>{t('per sample')}</small>
        </dd>
        <dt>{t('Activation memory')}</dt>
        <dd>
          {formatBytes(activationBytes)}
          <small>{t('per sample')}</small>
        </dd>
      </dl>
    </Section>
  );
}

/** A block is a layer where it stands: its name is no longer than theirs. */
function checkName(name: string, isBlock: boolean): string | null {
  const { length } = name.trim();
  if (length === 0) return t('A network needs a name.');
  if (isBlock) return length > longestName ? t('A name has 1 to 64 characters.') : null;
  return length > longestTitle ? t('A name has 1 to 100 characters.') : null;
}

export function NetworkInspector({ network }: { readonly network: Network }) {
  const analysis = useAnalysis(network.id);
  const isBlock = useOpenPath().length > 0;
  const used = shares(network, analysis);
  const most = Math.max(1, ...used.map(({ parameters }) => parameters));
  return (
    <>
      <header className={styles.head}>
        <div className={styles.title}>
          <TextField
            key={network.id}
            label={t('Network name')}
            labels="hidden"
            className={styles.name}
            value={network.name}
            check={(name) => checkName(name, isBlock)}
            onChange={(name) => renameNetwork(network.id, name)}
          />
          <p className={styles.kind}>{isBlock ? t('Block · a change reaches all its places') : t('Network · select a layer to set it')}</p>
        </div>
      </header>
      <Summary analysis={analysis} />
      {used.length > 0 && (
        <Section level={2} title={t('Where the parameters are')} className={styles.section}>
          <ul className={styles.shares}>
            {used.map(({ id, title, count, parameters }) => (
              <li key={id} data-family={id}>
                <FamilyGlyph family={id} size="small" />
                <span>
                  {t(title)} <small>{count}</small>
                </span>
                <span className={styles.bar}>
                  <i style={{ width: `${(parameters / most) * 100}%` }} />
                </span>
                <span className="num">{formatCount(parameters)}</span>
              </li>
            ))}
          </ul>
        </Section>
      )}
    </>
  );
}

const arranging = ['left', 'center', 'right', 'top', 'middle', 'bottom', 'distribute.x', 'distribute.y'].map((id) => actionOf(`arrange.${id}`));

/** Brings the selected layers into line. */
function Arranging() {
  return (
    <div className={styles.arranging} role="toolbar" aria-label={t('Arrange')}>
      {arranging.map((action) => {
        const Icon = action.icon;
        return <IconButton key={action.id} label={labelOf(action)} icon={Icon && <Icon />} disabled={!isEnabled(action)} onPress={() => runAction(action)} />;
      })}
    </div>
  );
}

export function SelectionInspector({ network, nodes }: { readonly network: Network; readonly nodes: readonly string[] }) {
  const analysis = useAnalysis(network.id);
  const sum = (of: 'trainable' | 'nonTrainable' | 'multiplyAdds') => nodes.reduce((total, id) => total + (analysis.nodes[id]?.[of] ?? 0), 0);
  return (
    <>
      <header className={styles.head}>
        <div className={styles.title}>
          <h2>{t`${nodes.length} layers`}</h2>
          <p className={styles.kind}>{t`selected in ${network.name}; what you set applies to all`}</p>
        </div>
      </header>
      <Parameters nodes={network.nodes.filter(({ id }) => nodes.includes(id))} problems={[]} />
      <Section level={2} title={t('Together')} className={styles.section}>
        <dl className={styles.info}>
          <dt>{t('Parameters')}</dt>
          <dd>{formatCount(sum('trainable') + sum('nonTrainable'))}</dd>
          <dt>{t('Multiply-adds')}</dt>
          <dd>
            {formatCount(sum('multiplyAdds'))}
            <small>{t('per sample')}</small>
          </dd>
        </dl>
        <Arranging />
        <div className={styles.buttons}>
          <Button icon={<CopyPlus />} onPress={() => runAction(actionOf('edit.duplicate'))}>
            {t('Duplicate')}
          </Button>
          <Button kind="danger" icon={<Trash2 />} onPress={() => runAction(actionOf('edit.delete'))}>
            {t('Delete')}
          </Button>
        </div>
      </Section>
    </>
  );
}
