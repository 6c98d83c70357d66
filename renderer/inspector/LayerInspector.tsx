// One selected layer: its name, what it does, what can be set, and what follows from it.

import { CopyPlus, Ellipsis, ExternalLink, Trash2 } from 'lucide-react';
import { useMemo } from 'react';
import { receptiveFields } from '../../shared/compile/index.ts';
import type { NodeAnalysis } from '../../shared/compile/types.ts';
import { families, layerOf } from '../../shared/layers/index.ts';
import type { AnyLayer } from '../../shared/layers/layer.ts';
import { BLOCK, blockOf } from '../../shared/network/blocks.ts';
import { longestName } from '../../shared/network/names.ts';
import type { Network, NetworkNode } from '../../shared/network/network.ts';
import { actionOf, labelOf, renameLayer, runAction, shownShortcut } from '../actions/index.ts';
import { useAnalysis } from '../state/index.ts';
import { langOf, t } from '../text/text.ts';
import { FamilyGlyph, glyphOf } from '../ui/FamilyGlyph.tsx';
import { Formula } from '../ui/Formula.tsx';
import { formatBytes, formatCount, formatShape } from '../ui/format.ts';
import { IconButton } from '../ui/IconButton.tsx';
import { Menu } from '../ui/Menu.tsx';
import { Section } from '../ui/Panel.tsx';
import { TextField } from '../ui/TextField.tsx';
import { BlockInspector } from './BlockInspector.tsx';
import styles from './Inspector.module.css';
import { Inputs } from './Inputs.tsx';
import { Parameters } from './Parameters.tsx';
import { Weights } from './Weights.tsx';

function Head({ network, node, layer }: { readonly network: Network; readonly node: NetworkNode; readonly layer: AnyLayer | undefined }) {
  const family = t(families.find(({ id }) => id === layer?.family)?.title ?? (node.kind === BLOCK ? 'Block' : 'Unknown'));
  const check = (name: string) =>
    name.trim() === ''
      ? t('A layer needs a name.')
      : name.trim().length > longestName
        ? t('A name has 1 to 64 characters.')
        : network.nodes.some((other) => other.id !== node.id && other.name === name.trim())
          ? t`Another layer is called “${name.trim()}”.`
          : null;
  return (
    <header className={styles.head}>
      <FamilyGlyph family={layer?.family ?? 'block'} glyph={glyphOf(layer)} size="large" />
      <div className={styles.title} data-layer-name>
        <TextField
          key={node.id}
          label={t('Name')}
          labels="hidden"
          className={styles.name}
          value={node.name}
          check={check}
          onChange={(name) => renameLayer(node.id, name)}
        />
        <p className={styles.kind}>
          {layer?.title ?? blockOf(network, node)?.name ?? node.kind} · {family}
        </p>
      </div>
      <Menu
        label={t`${node.name}, more`}
        placement="bottom end"
        trigger={<IconButton label={t('More')} icon={<Ellipsis />} />}
        items={[
          {
            id: 'duplicate',
            label: t('Duplicate'),
            icon: <CopyPlus />,
            shortcut: shownShortcut('Ctrl+D'),
            onAction: () => runAction(actionOf('edit.duplicate')),
          },
          ...['layer.bypass', 'layer.freeze'].map((id) => ({ id, label: labelOf(actionOf(id)), onAction: () => runAction(actionOf(id)) })),
          {
            id: 'delete',
            label: t('Delete'),
            icon: <Trash2 />,
            shortcut: shownShortcut('Delete'),
            danger: true,
            divider: true,
            onAction: () => runAction(actionOf('edit.delete')),
          },
        ]}
      />
    </header>
  );
}

function About({ layer }: { readonly layer: AnyLayer }) {
  const { text, formula, source } = layer.help;
  return (
    <div className={styles.about}>
      <p lang={langOf(text)}>{t(text)}</p>
      {formula !== undefined && (
        <p className={styles.formula}>
          <Formula text={t(formula)} />
          {source !== undefined && (
            <a href={source} target="_blank" rel="noreferrer" title={t('Its definition in Keras’ documentation')} aria-label={t`Definition of ${layer.title}`}>
              <ExternalLink aria-hidden />
            </a>
          )}
        </p>
      )}
    </div>
  );
}

/** `3 · 3 · 1 · 32 + 32`: how a count of parameters comes about. */
function writtenOut(weights: NodeAnalysis['weights']): string {
  return weights.map(({ shape }) => (shape.length === 0 ? '1' : shape.map(formatCount).join(' · '))).join(' + ');
}

interface InfoProps {
  readonly analysis: NodeAnalysis | undefined;
  /** The patch of the input that one of its numbers depends on, where that is known. */
  readonly sees: readonly number[] | undefined;
}

function Info({ analysis, sees }: InfoProps) {
  if (!analysis) return null;
  const { outputShape, tentative, trainable, nonTrainable, multiplyAdds, activationBytes, weights } = analysis;
  return (
    <Section level={2} title={t('Info')} className={styles.section}>
      <dl className={styles.info}>
        <dt>{t('Output shape')}</dt>
        <dd>
          {outputShape ? formatShape(outputShape) : t('none yet')}
          {tentative && <small>{t('repaired')}</small>}
        </dd>
        <dt>{t('Parameters')}</dt>
        <dd>{formatCount(trainable + nonTrainable)}</dd>
        {weights.length > 0 && <dd className={styles.product}>{writtenOut(weights)}</dd>}
        {nonTrainable > 0 && (
          <>
            <dt>{t('Of these not trained')}</dt>
            <dd>{formatCount(nonTrainable)}</dd>
          </>
        )}
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
        {sees && (
          <>
            <dt>{t('Receptive field')}</dt>
            <dd>
              {formatShape(sees)}
              <small>{t('of the input')}</small>
            </dd>
          </>
        )}
      </dl>
    </Section>
  );
}

export function LayerInspector({ network, node }: { readonly network: Network; readonly node: NetworkNode }) {
  const layer = layerOf(node.kind);
  const analysis = useAnalysis(network.id);
  const problems = analysis.problems.filter((problem) => problem.nodes.includes(node.id));
  const sees = useMemo(() => receptiveFields(network, analysis), [network, analysis]).get(node.id);
  return (
    <>
      <Head network={network} node={node} layer={layer} />
      {layer ? (
        <About layer={layer} />
      ) : node.kind === BLOCK ? (
        <BlockInspector network={network} node={node} />
      ) : (
        <p className={styles.about}>{t`This version of Netwright has no layer called “${node.kind}”. It is kept as it came, with its settings.`}</p>
      )}
      {layer && <Parameters nodes={[node]} problems={problems} />}
      <Inputs network={network} node={node} analysis={analysis} />
      <Info analysis={analysis.nodes[node.id]} sees={sees} />
      <Weights network={network} node={node} analysis={analysis} />
    </>
  );
}
