// Operation: one of Keras' operations on tensors as a layer of its own, as the code of a functional model has them between its layers.

import { defaults, type Fields, nested, schemaOf } from '../../lib/fields.ts';
import { layer, only } from '../layer.ts';
import { operationIds, operations, tensorOperationOf } from '../operations/index.ts';

/** The chosen operation with all its parameters. @param value as a document holds it: a kind, and what differs from the defaults */
export function chosenOperation(value: unknown) {
  const { kind, parameters } = (value ?? { kind: 'cumsum', parameters: {} }) as {
    readonly kind: string;
    readonly parameters: Readonly<Record<string, unknown>>;
  };
  const operation = tensorOperationOf(kind);
  const fields: Fields = operation.fields;
  return { operation, parameters: { ...defaults(fields), ...(schemaOf(fields).parse(parameters) as Readonly<Record<string, unknown>>) } };
}

const short = (value: unknown): string => (typeof value === 'string' && value.length > 16 ? `${value.slice(0, 15)}…` : String(value));

export const operation = layer({
  id: 'operation',
  title: 'Operation',
  family: 'core',
  group: 'further',
  help: {
    text: 'One of Keras’ operations on tensors that are no layers: running sums, sorting, the largest values, one-hot rows, patches of images, fixed numbers. It learns nothing; gradients pass through those that are smooth.',
    formula: 'cumsum: y[i] = x[0] + … + x[i]',
    source: 'https://keras.io/api/ops/numpy/',
  },
  synonyms: ['keras ops', 'cumsum', 'sort', 'top_k', 'argmax', 'one_hot', 'patches', 'constant', 'stop_gradient', 'take', 'gather', 'numpy'],
  fields: {
    operation: nested({
      label: 'Operation',
      help: 'What is done with what comes in.',
      choices: operationIds.map((id) => ({ value: id, label: operations[id].title, help: operations[id].help })),
      fieldsOf: (kind) => tensorOperationOf(kind).fields,
      default: 'cumsum',
    }),
  },
  inputs: 1,
  furtherOutputs: ({ operation: value }) => chosenOperation(value).operation.further ?? [],
  describe({ operation: value }) {
    const { operation: chosen, parameters } = chosenOperation(value);
    return [chosen.title, ...Object.entries(parameters).flatMap(([key, one]) => (one === null || one === false ? [] : [`${key} ${short(one)}`]))]
      .slice(0, 3)
      .join(' · ');
  },
  lower(context, inputs, { operation: value }) {
    const { operation: chosen, parameters } = chosenOperation(value);
    const [first, ...more] = chosen.lower(context.builder, only(inputs), parameters);
    if (more.length > 0) context.giveMore(more);
    return first;
  },
  keras: null,
});
