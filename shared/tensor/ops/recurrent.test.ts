// simpleRnn, lstm and gru against loops written from Keras' definitions, sample by sample and unit by unit,
// and against the layers of tfjs with the same weights and initial states.

import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, test } from 'vitest';
import { closeTo } from '../../lib/testing/closeTo.ts';
import { createBuilder } from '../builder.ts';
import { expanded } from '../expand.ts';
import { evaluateOperation } from '../interpret.ts';
import { type SampleInput, sampleOf } from '../samples.ts';
import type { Tensor } from '../types.ts';

const functions: Readonly<Record<string, (x: number) => number>> = {
  linear: (x) => x,
  tanh: Math.tanh,
  sigmoid: (x) => 1 / (1 + Math.exp(-x)),
  softplus: (x) => Math.log(1 + Math.exp(x)),
};
const applied = (name: unknown) => functions[name as string] as (x: number) => number;
const at = (x: SampleInput, ...place: readonly number[]) => x.data[place.reduce((sum, i, axis) => sum * (x.shape[axis] as number) + i, 0)] as number;
const seeds = Array.from({ length: 30 }, (_, seed) => seed);

interface Weights {
  readonly x: SampleInput;
  readonly kernel: SampleInput;
  readonly recurrentKernel: SampleInput;
  readonly bias: SampleInput;
  /** None: zeros. */
  readonly initial: readonly SampleInput[];
}
/** One sample's next states from its old ones: `project` is x·kernel, `recur` is state·recurrentKernel, of one column. */
type Step = (states: readonly number[][], project: (column: number) => number, recur: (state: readonly number[], column: number) => number) => number[][];

function loop({ x, kernel, recurrentKernel, initial }: Weights, states: number, step: Step): number[][] {
  const [batch, steps, features] = x.shape as [number, number, number],
    units = recurrentKernel.shape[0] as number;
  const sequence: number[] = [],
    last: number[][] = Array.from({ length: states }, () => []);
  for (let b = 0; b < batch; b++) {
    let current = Array.from({ length: states }, (_, i) => Array.from({ length: units }, (__, u) => (initial[i] ? at(initial[i], b, u) : 0)));
    for (let t = 0; t < steps; t++) {
      const project = (column: number) => Array.from({ length: features }, (_, f) => at(x, b, t, f) * at(kernel, f, column)).reduce((p, q) => p + q);
      const recur = (state: readonly number[], column: number) => state.reduce((sum, h, u) => sum + h * at(recurrentKernel, u, column), 0);
      current = step(current, project, recur);
      sequence.push(...(current[0] as number[]));
    }
    for (const [i, state] of current.entries()) last[i]?.push(...state);
  }
  return [sequence, ...last];
}

const weightsOf = ([x, kernel, recurrentKernel, bias, ...initial]: readonly SampleInput[]): Weights =>
  ({ x, kernel, recurrentKernel, bias, initial }) as Weights;

function checkLoop(name: 'simpleRnn' | 'lstm' | 'gru', expected: (weights: Weights, attributes: Readonly<Record<string, unknown>>) => number[][]): void {
  for (const seed of seeds) {
    const { inputs, attributes } = sampleOf(name, seed);
    const results = evaluateOperation(name, inputs, attributes),
      wanted = expected(weightsOf(inputs), attributes);
    expect(results).toHaveLength(wanted.length);
    results.forEach(({ data }, k) => {
      expect(() => closeTo(data, wanted[k] as number[], 1e-10), `${name}, seed ${seed}, output ${k}`).not.toThrow();
    });
  }
}

describe('against loops', () => {
  test('simpleRnn', () => {
    checkLoop('simpleRnn', (weights, { activation }) =>
      loop(weights, 1, ([h], project, recur) => [
        (h as number[]).map((_, u) => applied(activation)(project(u) + recur(h as number[], u) + at(weights.bias, u))),
      ]),
    );
  });

  test('lstm', () => {
    checkLoop('lstm', (weights, { activation, recurrentActivation }) =>
      loop(weights, 2, ([h, c], project, recur) => {
        const units = (h as number[]).length,
          sum = (gate: number, u: number) => project(gate * units + u) + recur(h as number[], gate * units + u) + at(weights.bias, gate * units + u);
        const gate = applied(recurrentActivation),
          activate = applied(activation);
        const cell = (c as number[]).map((old, u) => gate(sum(1, u)) * old + gate(sum(0, u)) * activate(sum(2, u)));
        return [cell.map((value, u) => gate(sum(3, u)) * activate(value)), cell];
      }),
    );
  });

  test('gru', () => {
    checkLoop('gru', (weights, { activation, recurrentActivation, resetAfter }) =>
      loop(weights, 1, ([state], project, recur) => {
        const h = state as number[],
          units = h.length,
          gate = applied(recurrentActivation),
          activate = applied(activation);
        const input = (k: number, u: number) => project(k * units + u) + (resetAfter ? at(weights.bias, 0, k * units + u) : at(weights.bias, k * units + u));
        const recurrent = (k: number, u: number, from = h) => recur(from, k * units + u) + (resetAfter ? at(weights.bias, 1, k * units + u) : 0);
        const r = h.map((_, u) => gate(input(1, u) + recurrent(1, u)));
        const candidate = (u: number) =>
          resetAfter
            ? (r[u] as number) * recurrent(2, u)
            : recurrent(
                2,
                u,
                h.map((value, j) => value * (r[j] as number)),
              );
        return [
          h.map((old, u) => {
            const z = gate(input(0, u) + recurrent(0, u));
            return z * old + (1 - z) * activate(input(2, u) + candidate(u));
          }),
        ];
      }),
    );
  });
});

// Zeros because its default needs more of tfjs than is loaded here; the weights are set anyway.
const settings = { returnSequences: true, recurrentInitializer: 'zeros' } as const;
const toTensor = ({ shape, data }: SampleInput) => tf.tensor(Float32Array.from(data), [...shape]);

describe('against the layers of tfjs', () => {
  beforeAll(async () => {
    await tf.setBackend('cpu');
  });

  test.each([
    ['simpleRnn', (units: number, attributes: object) => tfl.layers.simpleRNN({ units, ...settings, ...attributes })],
    ['lstm', (units: number, attributes: object) => tfl.layers.lstm({ units, ...settings, ...attributes })],
    // Its GRU knows no resetAfter.
    ['gru', (units: number, attributes: object) => tfl.layers.gru({ units, ...settings, ...attributes })],
  ] as const)('%s', async (name, layer) => {
    let compared = 0;
    for (const seed of seeds) {
      const {
        inputs,
        attributes: { resetAfter, ...attributes },
      } = sampleOf(name, seed);
      if (resetAfter) continue;
      compared++;
      const [x, ...weights] = inputs.slice(0, 4),
        initial = inputs.slice(4);
      const made = layer(weights[1]?.shape[0] as number, attributes),
        input = toTensor(x as SampleInput);
      made.apply(input); // Creates the weights.
      made.setWeights(weights.map(toTensor));
      const given = initial.length > 0 ? { initialState: initial.map(toTensor) } : {};
      const expected = await (made.apply(input, given) as tf.Tensor).data();
      const [sequence] = evaluateOperation(name, inputs, { ...attributes, ...(name === 'gru' ? { resetAfter: false } : {}) });
      expect(() => closeTo(sequence?.data ?? [], expected, 1e-4), `${name}, seed ${seed}`).not.toThrow();
    }
    expect(compared).toBeGreaterThan(5);
  });
});

test('a gru is one instruction until an engine asks for its steps', () => {
  const write = (native: boolean) => {
    const builder = createBuilder(),
      t = (name: string, shape: number[]) => builder.input(name, shape, 'float32', { kind: 'state' });
    const outputs = builder.gru(t('x', [8, 100, 3]), t('k', [3, 30]), t('r', [10, 30]), t('b', [2, 30]), {});
    const program = builder.build(outputs.map((tensor, i) => ({ name: String(i), tensor })));
    return { program: native ? program : expanded(program, () => true), shapes: outputs.map(({ shape }) => shape) };
  };
  const native = write(true),
    inSteps = write(false);
  expect(native.program.instructions.map(({ operation }) => operation)).toEqual(['gru']);
  expect(inSteps.program.instructions.length).toBeGreaterThan(800);
  expect(inSteps.program.outputs.map(({ tensor }) => tensor.shape)).toEqual(native.shapes);
  expect(native.shapes).toEqual([
    [8, 100, 10],
    [8, 10],
  ]);
});

test('all time steps are projected by one product', () => {
  const builder = createBuilder(),
    t = (name: string, shape: number[]) => builder.input(name, shape, 'float32', { kind: 'state' });
  const [, last] = builder.gru(t('x', [8, 20, 3]), t('k', [3, 30]), t('r', [10, 30]), t('b', [2, 30]), {}) as [Tensor, Tensor];
  const program = expanded(builder.build([{ name: 'last', tensor: last }]), () => true);
  const products = program.instructions.filter(({ operation }) => operation === 'matMul');
  expect(products.map(({ outputs }) => outputs[0]?.shape)).toEqual([[160, 30], ...new Array(19).fill([8, 30])]);
});
