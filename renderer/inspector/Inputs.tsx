// The connections that come into a layer that joins several, in their order, which can be changed.

import { ArrowDown, ArrowUp } from 'lucide-react';
import type { Analysis } from '../../shared/compile/types.ts';
import { layerOf } from '../../shared/layers/index.ts';
import { inputsWith } from '../../shared/layers/layer.ts';
import type { Network, NetworkNode } from '../../shared/network/network.ts';
import { incomingEdges } from '../../shared/network/rules.ts';
import { reorderInput } from '../actions/index.ts';
import { select } from '../state/index.ts';
import { t } from '../text/text.ts';
import { formatShape } from '../ui/format.ts';
import { IconButton } from '../ui/IconButton.tsx';
import { Section } from '../ui/Panel.tsx';
import styles from './Inspector.module.css';

interface InputsProps {
  readonly network: Network;
  readonly node: NetworkNode;
  readonly analysis: Analysis;
}

export function Inputs({ network, node, analysis }: InputsProps) {
  const edges = incomingEdges(network, node.id);
  const layer = layerOf(node.kind);
  const ports = layer && inputsWith(layer, node.parameters);
  if (edges.length < 2) return null;
  return (
    <Section level={2} title={t('Inputs')} className={styles.section}>
      <ol className={styles.inputs} aria-label={t`Inputs of ${node.name}`}>
        {edges.map((edge, index) => {
          const name = network.nodes.find(({ id }) => id === edge.source)?.name ?? edge.source;
          const shape = analysis.nodes[edge.source]?.outputShape;
          return (
            <li key={edge.id}>
              <span className={styles.port}>{typeof ports === 'object' ? t(ports[edge.input]?.label ?? String(edge.input + 1)) : edge.input + 1}</span>
              <button type="button" onClick={() => select([edge.source])} title={t`Select ${name}`}>
                {name}
              </button>
              <span className="num">{shape ? formatShape(shape) : ''}</span>
              <IconButton size="small" label={t`Move ${name} up`} icon={<ArrowUp />} disabled={index === 0} onPress={() => reorderInput(edge, -1)} />
              <IconButton
                size="small"
                label={t`Move ${name} down`}
                icon={<ArrowDown />}
                disabled={index === edges.length - 1}
                onPress={() => reorderInput(edge, 1)}
              />
            </li>
          );
        })}
      </ol>
    </Section>
  );
}
