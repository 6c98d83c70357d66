// What can be set about one layer, or about several at once: the settings that all of them have.

import { memo } from 'react';
import { layerOf } from '../../shared/layers/index.ts';
import type { Field } from '../../shared/lib/fields.ts';
import type { NetworkNode } from '../../shared/network/network.ts';
import type { Problem } from '../../shared/network/problem.ts';
import { setParameters } from '../actions/index.ts';
import { useSession } from '../state/index.ts';
import { t } from '../text/text.ts';
import { countOf } from '../ui/format.ts';
import { Disclosure, Section } from '../ui/Panel.tsx';
import styles from './Inspector.module.css';
import { ParameterField } from './ParameterField.tsx';

type NamedField = readonly [string, Field<unknown>];

interface FormProps {
  readonly nodes: readonly NetworkNode[];
  readonly fields: readonly NamedField[];
  readonly problems: readonly Problem[];
}

const fieldsOf = (node: NetworkNode) => (layerOf(node.kind)?.fields ?? {}) as Readonly<Record<string, Field<unknown>>>;
const text = (value: unknown): string => JSON.stringify(value);

/** A setting as it stands: the layer's own value where it keeps the rules, else the default. */
function valueOfField(node: NetworkNode, key: string): unknown {
  const field = fieldsOf(node)[key];
  const own = Object.hasOwn(node.parameters, key) ? node.parameters[key] : undefined;
  return own !== undefined && field?.schema.safeParse(own).success ? own : field?.default;
}

/** The settings that all have, of the same kind and with the same choices. */
function sharedFields(nodes: readonly NetworkNode[]): readonly NamedField[] {
  const [first, ...others] = nodes;
  if (!first) return [];
  const sameField = (a: Field<unknown>, b: Field<unknown> | undefined) =>
    b !== undefined && a.kind === b.kind && a.label === b.label && ('choices' in a ? text(a.choices) : '') === ('choices' in b ? text(b.choices) : '');
  return Object.entries(fieldsOf(first)).filter(([key, field]) => others.every((node) => sameField(field, fieldsOf(node)[key])));
}

interface FormFieldProps {
  readonly nodes: readonly string[];
  readonly name: string;
  readonly field: Field<unknown>;
  readonly value: unknown;
  readonly mixed: boolean;
  readonly fault: string | null;
}

/** One setting of so many layers; drawn anew only when it has changed itself, not with every edit of another. */
const FormField = memo(
  function FormField({ nodes, name, field, ...shown }: FormFieldProps) {
    return <ParameterField {...shown} field={field} onChange={(next) => setParameters(nodes, { [name]: next }, field.label)} />;
  },
  ({ nodes: before, ...a }, { nodes: now, ...b }) =>
    before.join() === now.join() && (Object.keys(a) as (keyof typeof a)[]).every((key) => Object.is(a[key], b[key])),
);

function Form({ nodes, fields, problems }: FormProps) {
  const ids = nodes.map(({ id }) => id);
  return fields.map(([key, field]) => {
    const values = nodes.map((node) => valueOfField(node, key));
    const fault = problems.find((problem) => problem.parameter === key && problem.severity === 'error')?.what ?? null;
    return (
      <FormField
        key={`${ids.join()}/${key}`}
        nodes={ids}
        name={key}
        field={field}
        value={values[0]}
        mixed={values.some((value) => text(value) !== text(values[0]))}
        fault={nodes.length === 1 && fault !== null ? t(fault) : null}
      />
    );
  });
}

const changedCount = ({ nodes, fields }: Pick<FormProps, 'nodes' | 'fields'>) =>
  fields.filter(([key, field]) => nodes.some((node) => text(valueOfField(node, key)) !== text(field.default))).length;

/** @param nodes one layer or several: a change applies to all */
export function Parameters({ nodes, problems }: { readonly nodes: readonly NetworkNode[]; readonly problems: readonly Problem[] }) {
  const advancedOpen = useSession((state) => state.advancedOpen);
  const fields = sharedFields(nodes);
  const common = fields.filter(([, field]) => field.level !== 'advanced');
  const advanced = fields.filter(([, field]) => field.level === 'advanced');
  const changed = changedCount({ nodes, fields: advanced });
  const aside = changed === 0 ? t`${countOf(advanced.length, 'setting')}, all default` : t`${countOf(advanced.length, 'setting')}, ${changed} changed`;
  return (
    <>
      {common.length > 0 && (
        <Section level={2} title={nodes.length > 1 ? t`Parameters of all ${nodes.length}` : t('Parameters')} className={styles.section}>
          <Form nodes={nodes} fields={common} problems={problems} />
        </Section>
      )}
      {advanced.length > 0 && (
        <Disclosure
          level={2}
          title={t('Advanced')}
          aside={aside}
          className={styles.section}
          open={advancedOpen}
          onOpenChange={(open) => useSession.setState({ advancedOpen: open })}
        >
          <Form nodes={nodes} fields={advanced} problems={problems} />
        </Disclosure>
      )}
    </>
  );
}
