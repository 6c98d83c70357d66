// One selected layer: its name, what it does, what can be set, and what follows from it.

import { CopyPlus, Ellipsis, ExternalLink, Trash2 } from 'lucide-react';
import type { NodeAnalysis } from '../../shared/compile/types.ts';
import { families, layerOf } from '../../shared/layers/index.ts';
import type { AnyLayer } from '../../shared/layers/layer.ts';
import type { Field } from '../../shared/lib/fields.ts';
import type { Network, NetworkNode } from '../../shared/network/network.ts';
import type { Problem } from '../../shared/network/problem.ts';
import { actionOf, labelOf, renameLayer, runAction, setParameters } from '../actions/index.ts';
import { useAnalysis, useSession } from '../state/index.ts';
import { FamilyGlyph, glyphOf } from '../ui/FamilyGlyph.tsx';
import { formatBytes, formatCount, formatShape } from '../ui/format.ts';
import { IconButton } from '../ui/IconButton.tsx';
import { Menu } from '../ui/Menu.tsx';
import { Disclosure, Section } from '../ui/Panel.tsx';
import { TextField } from '../ui/TextField.tsx';
import styles from './Inspector.module.css';
import { Inputs } from './Inputs.tsx';
import { ParameterField } from './ParameterField.tsx';

function Head({ network, node, layer }: { readonly network: Network; readonly node: NetworkNode; readonly layer: AnyLayer | undefined }) {
  const family = families.find(({ id }) => id === layer?.family)?.title ?? 'Unknown';
  const check = (name: string) =>
    name.trim() === ''
      ? 'A layer needs a name.'
      : network.nodes.some((other) => other.id !== node.id && other.name === name.trim())
        ? `Another layer is called “${name.trim()}”.`
        : null;
  return (
    <header className={styles.head}>
      <FamilyGlyph family={layer?.family ?? 'block'} glyph={glyphOf(node.kind)} size="large" />
      <div className={styles.title} data-layer-name>
        <TextField
          key={node.id}
          label="Name"
          labels="hidden"
          className={styles.name}
          value={node.name}
          check={check}
          onChange={(name) => renameLayer(node.id, name)}
        />
        <p className={styles.kind}>
          {layer?.title ?? node.kind} · {family}
        </p>
      </div>
      <Menu
        label={`${node.name}, more`}
        placement="bottom end"
        trigger={<IconButton label="More" icon={<Ellipsis />} />}
        items={[
          { id: 'duplicate', label: 'Duplicate', icon: <CopyPlus />, shortcut: 'Ctrl D', onAction: () => runAction(actionOf('edit.duplicate')) },
          ...['layer.bypass', 'layer.freeze'].map((id) => ({ id, label: labelOf(actionOf(id)), onAction: () => runAction(actionOf(id)) })),
          {
            id: 'delete',
            label: 'Delete',
            icon: <Trash2 />,
            shortcut: 'Delete',
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
      <p>{text}</p>
      {formula !== undefined && (
        <p className={styles.formula}>
          <span>{formula}</span>
          {source !== undefined && (
            <a href={source} target="_blank" rel="noreferrer" title="Its definition in Keras’ documentation" aria-label={`Definition of ${layer.title}`}>
              <ExternalLink aria-hidden />
            </a>
          )}
        </p>
      )}
    </div>
  );
}

interface FormProps {
  readonly node: NetworkNode;
  readonly fields: readonly (readonly [string, Field<unknown>])[];
  readonly problems: readonly Problem[];
}

function Form({ node, fields, problems }: FormProps) {
  return fields.map(([key, field]) => {
    const own = Object.hasOwn(node.parameters, key) ? node.parameters[key] : undefined;
    const value = own !== undefined && field.schema.safeParse(own).success ? own : field.default;
    const fault = problems.find((problem) => problem.parameter === key && problem.severity === 'error')?.what ?? null;
    return (
      <ParameterField
        key={`${node.id}/${key}`}
        field={field}
        value={value}
        fault={fault}
        onChange={(next) => setParameters(node.id, { [key]: next }, field.label)}
      />
    );
  });
}

const changedCount = ({ node, fields }: Pick<FormProps, 'node' | 'fields'>) =>
  fields.filter(([key, field]) => Object.hasOwn(node.parameters, key) && JSON.stringify(node.parameters[key]) !== JSON.stringify(field.default)).length;

function Parameters({ node, layer, problems }: { readonly node: NetworkNode; readonly layer: AnyLayer; readonly problems: readonly Problem[] }) {
  const advancedOpen = useSession((state) => state.advancedOpen);
  const fields = Object.entries(layer.fields) as [string, Field<unknown>][];
  const common = fields.filter(([, field]) => field.level !== 'advanced');
  const advanced = fields.filter(([, field]) => field.level === 'advanced');
  const changed = changedCount({ node, fields: advanced });
  const aside = `${advanced.length} ${advanced.length === 1 ? 'setting' : 'settings'}, ${changed === 0 ? 'all default' : `${changed} changed`}`;
  return (
    <>
      {common.length > 0 && (
        <Section level={2} title="Parameters" className={styles.section}>
          <Form node={node} fields={common} problems={problems} />
        </Section>
      )}
      {advanced.length > 0 && (
        <Disclosure
          level={2}
          title="Advanced"
          aside={aside}
          className={styles.section}
          open={advancedOpen}
          onOpenChange={(open) => useSession.setState({ advancedOpen: open })}
        >
          <Form node={node} fields={advanced} problems={problems} />
        </Disclosure>
      )}
    </>
  );
}

/** `3 · 3 · 1 · 32 + 32`: how a count of parameters comes about. */
function writtenOut(weights: NodeAnalysis['weights']): string {
  return weights.map(({ shape }) => (shape.length === 0 ? '1' : shape.map(formatCount).join(' · '))).join(' + ');
}

function Info({ analysis }: { readonly analysis: NodeAnalysis | undefined }) {
  if (!analysis) return null;
  const { outputShape, tentative, trainable, nonTrainable, multiplyAdds, activationBytes, weights } = analysis;
  return (
    <Section level={2} title="Info" className={styles.section}>
      <dl className={styles.info}>
        <dt>Output shape</dt>
        <dd>
          {outputShape ? formatShape(outputShape) : 'none yet'}
          {tentative && <small>repaired</small>}
        </dd>
        <dt>Parameters</dt>
        <dd>
          {weights.length > 0 && <small className={styles.product}>{writtenOut(weights)} =</small>} {formatCount(trainable + nonTrainable)}
        </dd>
        {nonTrainable > 0 && (
          <>
            <dt>Of these not trained</dt>
            <dd>{formatCount(nonTrainable)}</dd>
          </>
        )}
        <dt>Multiply-adds</dt>
        <dd>
          {formatCount(multiplyAdds)}
          <small>per sample</small>
        </dd>
        <dt>Activation memory</dt>
        <dd>
          {formatBytes(activationBytes)}
          <small>per sample</small>
        </dd>
      </dl>
    </Section>
  );
}

export function LayerInspector({ network, node }: { readonly network: Network; readonly node: NetworkNode }) {
  const layer = layerOf(node.kind);
  const analysis = useAnalysis(network.id);
  const problems = analysis.problems.filter((problem) => problem.nodes.includes(node.id));
  return (
    <>
      <Head network={network} node={node} layer={layer} />
      {layer ? (
        <About layer={layer} />
      ) : (
        <p className={styles.about}>This version of Netwright has no layer called “{node.kind}”. It is kept as it came, with its settings.</p>
      )}
      {layer && <Parameters node={node} layer={layer} problems={problems} />}
      <Inputs network={network} node={node} analysis={analysis} />
      <Info analysis={analysis.nodes[node.id]} />
    </>
  );
}
