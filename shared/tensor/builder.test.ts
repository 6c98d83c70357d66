// The builder: names, producers, native and expanded composites. Shape rules are tested with the operations.

import { describe, expect, test } from 'vitest';
import { createBuilder, operationNamed } from './builder.ts';
import { print } from './print.ts';
import type { Tensor } from './types.ts';

const data = { kind: 'data' } as const;

describe('builder', () => {
  test('two inputs of one name are refused', () => {
    const builder = createBuilder();
    builder.input('x', [1], 'float32', data);
    expect(() => builder.input('x', [2], 'float32', data)).toThrow('Two program inputs are called “x”.');
  });

  test('an unknown operation is refused by name', () => {
    expect(() => operationNamed('conv9d')).toThrow('There is no operation “conv9d”.');
    expect(() => operationNamed('toString')).toThrow('There is no operation “toString”.');
  });

  test('attributes left out take their defaults', () => {
    const builder = createBuilder();
    const x = builder.input('x', [2, 2], 'float32', data);
    builder.matMul(x, x, { transposeB: true });
    expect(builder.instructions[0]?.attributes).toEqual({ transposeA: false, transposeB: true });
  });

  test('knows what computes a value', () => {
    const builder = createBuilder();
    const x = builder.input('x', [2, 3], 'float32', data),
      shares = builder.softmax(x),
      parts = builder.split(shares, { axis: 0, parts: 2 });
    expect(builder.producerOf(shares)?.operation).toBe('softmax');
    expect(builder.producerOf(parts[1] as Tensor)?.outputs).toEqual(parts);
    expect(builder.producerOf(x)).toBeUndefined();
    expect(builder.producerOf(builder.constant(1))).toBeUndefined();
  });

  test('writes only the composites it is told to', () => {
    const written = (native: ReadonlySet<string> | 'all') => {
      const builder = createBuilder({ native }),
        t = (name: string, shape: number[]) => builder.input(name, shape, 'float32', data);
      const x = t('x', [1, 2, 3]),
        recurrent = t('r', [4, 4]);
      builder.simpleRnn(x, t('k', [3, 4]), recurrent, t('b', [4]), {});
      builder.gru(x, t('k2', [3, 6]), t('r2', [2, 6]), t('b2', [2, 6]), {});
      return new Set(builder.instructions.map(({ operation }) => operation));
    };
    expect(written('all')).toEqual(new Set(['simpleRnn', 'gru']));
    expect(written(new Set(['simpleRnn']))).toContain('simpleRnn');
    expect(written(new Set())).not.toContain('simpleRnn');
    // One that has its derivative in one piece waits for an engine to ask.
    expect(written(new Set())).toContain('gru');
  });

  test('a program is a copy: writing on does not change it', () => {
    const builder = createBuilder();
    const x = builder.input('x', [2], 'float32', data);
    const program = builder.build([{ name: 'y', tensor: builder.exp(x) }]);
    const before = print(program);
    builder.log(x);
    expect(print(program)).toBe(before);
  });
});

describe('print', () => {
  test('shows types, attributes, constants and what comes out, whatever the ids', () => {
    const write = (unused: number) => {
      const builder = createBuilder();
      for (let i = 0; i < unused; i++) builder.apply(operationNamed('exp'), [{ id: -1, shape: [], dtype: 'float32' }], {});
      const x = builder.input('x', [2, 4], 'uint8', data),
        w = builder.input('w', [4], 'float32', { kind: 'state' });
      const noise = builder.input('noise', [2, 4], 'float32', { kind: 'random', distribution: 'normal', stream: 3 });
      const scaled = builder.multiply(builder.cast(x, { dtype: 'float32' }), builder.constant([0.5, 1, 1, 2], [4]));
      const [first] = builder.split(builder.add(scaled, noise), { axis: 1, parts: 2 }) as [Tensor, Tensor];
      const table = builder.constant(
        Int32Array.from({ length: 20 }, (_, i) => i),
        [20],
        'int32',
      );
      const program = builder.build(
        [
          { name: 'y', tensor: first },
          { name: 'table', tensor: table },
        ],
        [{ name: 'w', tensor: builder.negate(w) }],
      );
      return print({ ...program, instructions: program.instructions.slice(unused) });
    };
    expect(write(0)).toBe(
      [
        'input “x”: uint8[2, 4] data',
        'input “w”: float32[4] state',
        'input “noise”: float32[2, 4] random normal 3',
        'constant %3: float32[4] = [0.5, 1, 1, 2]',
        'constant %4: int32[20] = [0, 1, 2, 3, 4, 5, 6, 7, … 20 values]',
        '%5: float32[2, 4] = cast(“x”) {dtype: "float32"}',
        '%6: float32[2, 4] = multiply(%5, %3)',
        '%7: float32[2, 4] = add(%6, “noise”)',
        '%8: float32[2, 2], %9: float32[2, 2] = split(%7) {axis: 1, parts: 2}',
        '%10: float32[4] = negate(“w”)',
        'output “y” = %8',
        'output “table” = %4',
        'update “w” = %10',
      ].join('\n'),
    );
    expect(write(3)).toBe(write(0));
  });
});
