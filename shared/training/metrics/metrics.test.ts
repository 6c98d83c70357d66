// Every metric against what Keras' own `compile(metrics=[…])` reports (../fixtures/make.py).

import { expect, test } from 'vitest';
import { defaults } from '../../lib/fields.ts';
import { createBuilder } from '../../tensor/builder.ts';
import { interpret, numericArray } from '../../tensor/interpret.ts';
import type { LabelForm } from '../contracts.ts';
import fixtures from '../fixtures/metrics.json' with { type: 'json' };
import { closeTo } from '../../lib/testing/closeTo.ts';
import { metricIds, metricOf, metrics } from './index.ts';

interface Case {
  readonly id: string;
  readonly form: LabelForm;
  readonly prediction: readonly (readonly number[])[];
  readonly labels: readonly (number | readonly number[])[];
  readonly key: readonly string[];
  readonly value: number;
}
const cases = fixtures.cases as unknown as readonly Case[];

function evaluate(id: string, form: LabelForm, prediction: Case['prediction'], labels: Case['labels']) {
  const builder = createBuilder(),
    shape = [prediction.length, prediction[0]?.length ?? 0];
  const x = builder.input('x', shape, 'float32', { kind: 'data' });
  const y = form === 'classes' ? builder.input('y', [labels.length], 'int32', { kind: 'data' }) : builder.input('y', shape, 'float32', { kind: 'data' });
  const metric = metricOf(id),
    parameters = defaults(metric.fields);
  const tensor = metric.lower(builder, y, x, form, parameters);
  const { outputs } = interpret(builder.build([{ name: 'sums', tensor }]), {
    x: numericArray(shape, prediction.flat()),
    y: numericArray(y.shape, labels.flat()),
  });
  return [metric.result(outputs['sums']?.data ?? [], parameters)];
}

test.each(cases.map((one) => [`${one.id} of ${one.form}`, one] as const))('%s', (_title, { id, form, prediction, labels, key, value }) => {
  expect(key).toEqual([metricOf(id).keras]);
  closeTo(evaluate(id, form, prediction, labels), [value], 1e-6);
});

test('every metric was compared and stands under its id', () => {
  expect(new Set(cases.map(({ id }) => id))).toEqual(new Set(metricIds));
  for (const id of metricIds) expect(metrics[id].id).toBe(id);
});

test('exactly 0.5 is still a no', () => expect([...evaluate('accuracy', 'binary', [[0.5], [0.51]], [[1], [1]])]).toEqual([0.5]));

test('differences to class numbers mean nothing and are refused', () => {
  for (const id of ['mae', 'mse'])
    expect(() => evaluate(id, 'classes', [[0.2, 0.8]], [1])).toThrow(
      expect.objectContaining({ kind: 'project', code: 'metric-form', where: 'training.metrics' }),
    );
});

test('an unknown metric is refused with the known ones', () => {
  expect(() => metricOf('auc')).toThrow('There is no metric “auc” (training.metrics). Known: accuracy, mae, mse.');
});
