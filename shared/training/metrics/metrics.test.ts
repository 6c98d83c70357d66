// Every metric against what Keras' own `compile(metrics=[…])` reports (../fixtures/make.py).

import { expect, test } from 'vitest';
import { schemaOf } from '../../lib/fields.ts';
import { createBuilder } from '../../tensor/builder.ts';
import { interpret, numericArray } from '../../tensor/interpret.ts';
import type { LabelForm } from '../contracts.ts';
import { Meter } from '../meter.ts';
import fixtures from '../fixtures/metrics.json' with { type: 'json' };
import { closeTo } from '../../lib/testing/closeTo.ts';
import { metricIds, metricOf, metrics } from './index.ts';

interface Case {
  readonly id: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly form: LabelForm;
  readonly prediction: readonly (readonly number[])[];
  readonly labels: readonly (number | readonly number[])[];
  readonly key: readonly string[];
  readonly value: number;
}
const cases = fixtures.cases as unknown as readonly Case[];

const batchSize = 8;

/** The value over three batches: the sums of each, added by a meter. */
function evaluate(id: string, form: LabelForm, prediction: Case['prediction'], labels: Case['labels'], given: Case['parameters'] = {}): number[] {
  const metric = metricOf(id),
    parameters = schemaOf(metric.fields).parse(given) as Record<string, unknown>;
  const meter = new Meter({ value: (sums) => metric.result(sums, parameters) });
  for (let from = 0; from < prediction.length; from += batchSize) {
    const [rows, right] = [prediction.slice(from, from + batchSize), labels.slice(from, from + batchSize)];
    const builder = createBuilder(),
      shape = [rows.length, rows[0]?.length ?? 0];
    const x = builder.input('x', shape, 'float32', { kind: 'data' });
    const y = form === 'classes' ? builder.input('y', [rows.length], 'int32', { kind: 'data' }) : builder.input('y', shape, 'float32', { kind: 'data' });
    const tensor = metric.lower(builder, y, x, form, parameters);
    const { outputs } = interpret(builder.build([{ name: 'sums', tensor }]), {
      x: numericArray(shape, rows.flat()),
      y: numericArray(y.shape, right.flat()),
    });
    expect(tensor.shape).toHaveLength(1);
    meter.add({ value: outputs['sums']?.data ?? [] }, rows.length);
  }
  return Object.values(meter.values());
}

const named = cases.map((one) => [`${one.id} ${JSON.stringify(one.parameters)} of ${one.form}`, one] as const);
test.each(named)('%s', (_title, { id, form, prediction, labels, parameters, key, value }) => {
  expect(key).toEqual([metricOf(id).keras]);
  closeTo(evaluate(id, form, prediction, labels, parameters), [value], 3e-6);
});

test('where weights are looked at, every sample counts by its own, as in Keras 3.15', () => {
  const [yes, said] = [
    [1, 0, 1, 1],
    [0.8, 0.6, 0.3, 0.7],
  ] as const;
  const [numbers, answers] = [
    [1, 2, 3, -1, 0, 4, 2, 2],
    [1.5, 2, 2, 0, 0.5, 3, 2, 1],
  ] as const;
  const weighted = (id: string, labels: readonly number[], prediction: readonly number[], given: object = {}): number => {
    const metric = metricOf(id),
      parameters = schemaOf(metric.fields).parse({ ...given, weighted: true }) as Record<string, unknown>;
    const builder = createBuilder(),
      shape = [4, prediction.length / 4];
    const input = (name: string, of: readonly number[]) => builder.input(name, of, 'float32', { kind: 'data' });
    const sums = metric.lower(builder, input('y', shape), input('x', shape), 'binary', parameters, input('w', [4]));
    const feeds = { y: numericArray(shape, labels), x: numericArray(shape, prediction), w: numericArray([4], [0.5, 2, 1, 0.25]) };
    return metric.result(interpret(builder.build([{ name: 'sums', tensor: sums }]), feeds).outputs['sums']?.data ?? [], parameters);
  };
  const found = [...['precision', 'recall', 'auc'].map((id) => weighted(id, yes, said)), weighted('f1Score', yes, said, { threshold: 0.5 })];
  closeTo([...found, weighted('r2Score', numbers, answers)], [0.27272728, 0.42857143, 0.42857143, 0.33333325, 0.7237791], 1e-6);
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
  expect(() => metricOf('nonsense')).toThrow(`There is no metric “nonsense” (training.metrics). Known: ${metricIds.join(', ')}.`);
});
