// What every engine must pass beside single operations: convolutions with what usually stands around them (bias, pooling, normalization, a
// shortcut, another convolution), forward and backward, for engines join these in their own ways. Knows no engine.

import { it } from 'vitest';
import { randomNumbers } from '../../../../shared/layers/testing/lowered.ts';
import { randomKey } from '../../../../shared/lib/random.ts';
import { type Builder, createBuilder } from '../../../../shared/tensor/builder.ts';
import { gradients } from '../../../../shared/tensor/gradient.ts';
import { simplify } from '../../../../shared/tensor/simplify.ts';
import type { Program, Shape, Tensor } from '../../../../shared/tensor/types.ts';
import { expectEqualRuns, type RunProgram } from './conformance.ts';

interface Stage {
  readonly filters: number;
  readonly kernel?: number;
  readonly padding?: readonly number[];
  readonly stride?: number;
  readonly dilation?: number;
  readonly groups?: number;
  /** Rows and columns of the windows of the pooling behind it. */
  readonly pool?: number;
  /** Whether a ReLU stands between convolution and pooling. */
  readonly reluFirst?: boolean;
  /** Whether batch normalization stands behind it. */
  readonly normalized?: boolean;
  /** Whether what comes in is added to what goes out. */
  readonly shortcut?: boolean;
}
interface Case {
  readonly title: string;
  readonly image: Shape;
  readonly stages: readonly Stage[];
}

const cases: readonly Case[] = [
  { title: 'one channel, many images, pooled', image: [11, 9, 8, 1], stages: [{ filters: 3, pool: 2 }] },
  { title: 'one channel, padded, pooled by three', image: [9, 9, 9, 1], stages: [{ filters: 3, padding: [1, 1, 1, 1], pool: 3 }] },
  { title: 'two channels, strides, pooled', image: [10, 12, 11, 2], stages: [{ filters: 4, stride: 2, padding: [0, 1, 0, 1], pool: 2 }] },
  { title: 'many channels, pooled, a row left over', image: [3, 7, 9, 12], stages: [{ filters: 10, pool: 2 }] },
  { title: 'many channels, dilated, padded, pooled', image: [2, 8, 8, 10], stages: [{ filters: 9, dilation: 2, padding: [2, 2, 2, 2], pool: 2 }] },
  { title: 'a ReLU before pooling', image: [10, 6, 6, 1], stages: [{ filters: 4, pool: 2, reluFirst: true }] },
  { title: 'one image', image: [1, 8, 8, 1], stages: [{ filters: 10, pool: 2 }, { filters: 4 }] },
  {
    title: 'two convolutions, both pooled',
    image: [12, 14, 14, 1],
    stages: [
      { filters: 16, pool: 2 },
      { filters: 12, padding: [1, 1, 1, 1], pool: 2 },
    ],
  },
  { title: 'two convolutions, none pooled', image: [2, 6, 5, 3], stages: [{ filters: 16, padding: [1, 1, 1, 1] }, { filters: 12 }] },
  {
    title: 'a kernel of one pixel',
    image: [2, 5, 5, 12],
    stages: [
      { filters: 9, kernel: 1, pool: 2 },
      { filters: 10, kernel: 1 },
    ],
  },
  {
    title: 'whole blocks of channels',
    image: [2, 7, 6, 16],
    stages: [
      { filters: 32, padding: [1, 1, 1, 1] },
      { filters: 16, padding: [0, 2, 1, 0] },
    ],
  },
  { title: 'whole blocks, strides', image: [2, 9, 8, 16], stages: [{ filters: 16, stride: 2, padding: [0, 1, 0, 1] }, { filters: 48 }] },
  { title: 'whole blocks, dilated', image: [2, 9, 8, 32], stages: [{ filters: 16, dilation: 2, padding: [2, 2, 2, 2], pool: 2 }] },
  {
    title: 'whole blocks, one pixel',
    image: [3, 6, 5, 16],
    stages: [
      { filters: 32, kernel: 1 },
      { filters: 16, kernel: 1, stride: 2 },
    ],
  },
  {
    title: 'whole blocks of images, rows in parts, strides',
    image: [16, 10, 8, 2],
    stages: [
      { filters: 64, padding: [1, 1, 1, 1] },
      { filters: 16, stride: 2, padding: [0, 1, 0, 1] },
      { filters: 16, dilation: 2, padding: [2, 2, 2, 2] },
    ],
  },
  {
    title: 'whole blocks of images, one pixel, rows left over',
    image: [16, 6, 5, 32],
    stages: [
      { filters: 32, kernel: 1, stride: 2 },
      { filters: 16, stride: 2 },
    ],
  },
  {
    title: 'normalized, with a shortcut',
    image: [3, 5, 4, 3],
    stages: [
      { filters: 16, padding: [1, 1, 1, 1], normalized: true },
      { filters: 16, padding: [1, 1, 1, 1], normalized: true, shortcut: true },
      { filters: 32, padding: [1, 1, 1, 1], normalized: true },
      { filters: 32, padding: [1, 1, 1, 1], normalized: true, shortcut: true },
      { filters: 5, normalized: true },
    ],
  },
  { title: 'groups, pooled', image: [2, 6, 6, 12], stages: [{ filters: 6, groups: 3, pool: 2 }] },
];

function stageOf(builder: Builder, x: Tensor, stage: Stage, place: number): { readonly value: Tensor; readonly weights: readonly Tensor[] } {
  const { filters, kernel = 3, padding = [0, 0, 0, 0], stride = 1, dilation = 1, groups = 1, pool, reluFirst = false } = stage;
  const weights = [
    builder.input(`kernel/${place}`, [kernel, kernel, (x.shape[3] as number) / groups, filters], 'float32', { kind: 'state' }),
    builder.input(`bias/${place}`, [filters], 'float32', { kind: 'state' }),
  ] as const;
  const convolved = builder.conv2d(x, weights[0], { strides: [stride, stride], padding, dilations: [dilation, dilation], groups });
  const sum = builder.add(convolved, weights[1]);
  const before = reluFirst ? builder.relu(sum) : sum;
  const pooled = pool ? builder.maxPool2d(before, { size: [pool, pool], strides: [pool, pool], padding: [0, 0, 0, 0] }) : before;
  if (!stage.normalized) return { value: builder.relu(pooled), weights };
  const scales = ['gamma', 'beta'].map((name) => builder.input(`${name}/${place}`, [filters], 'float32', { kind: 'state' })) as [Tensor, Tensor];
  const [normal] = builder.batchNormalize(pooled, ...scales, { epsilon: 0.01 }) as [Tensor, Tensor, Tensor];
  return { value: builder.relu(stage.shortcut ? builder.add(normal, x) : normal), weights: [...weights, ...scales] };
}

function programOf({ image, stages }: Case): Program {
  const builder = createBuilder(),
    x = builder.input('x', image, 'float32', { kind: 'data' });
  let value = x;
  const by = [x];
  for (const [place, stage] of stages.entries()) {
    const made = stageOf(builder, value, stage, place);
    value = made.value;
    by.push(...made.weights);
  }
  const importance = builder.input('importance', value.shape, 'float32', { kind: 'data' });
  const total = builder.reduceSum(builder.multiply(value, importance), { axes: [0, 1, 2, 3] });
  const derivatives = gradients(builder, total, by).map((tensor, i) => ({ name: `derivative/${i}`, tensor: tensor as Tensor }));
  return simplify(builder.build([{ name: 'value', tensor: value }, { name: 'total', tensor: total }, ...derivatives]));
}

/** A test for each way in which convolutions usually stand. */
export function proveConvolutions(run: RunProgram): void {
  it.each(cases)('$title', async (one) => {
    const program = programOf(one);
    await expectEqualRuns(run, program, randomNumbers(program, randomKey('convolution', one.title)), one.title);
  });
}
