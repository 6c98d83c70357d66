// Every ready block behind an input that fits: no problem, a step of training that moves its kernels. Placed as a layer is, one definition
// for one size; what does not fit is refused.

import { describe, expect, it } from 'vitest';
import type { DatasetDescriptor } from '../datasets/descriptor.ts';
import { normalAt, randomKey, uniformAt } from '../lib/random.ts';
import { placeReady, type ReadyBlock, readyBlockOf, readyBlocks, readyKind, refusalOf } from '../network/blocks/index.ts';
import { appendLayer, insertLayer } from '../network/compose.ts';
import { applyEdits } from '../network/edits.ts';
import { type Network, networkSchema } from '../network/network.ts';
import { chain } from '../network/templates/template.ts';
import { interpret, numericArray } from '../tensor/interpret.ts';
import type { Shape } from '../tensor/types.ts';
import { sizeOf } from '../tensor/types.ts';
import { defaultTrainingSettings } from '../training/settings.ts';
import { analyze, compileNetwork, initialState } from './index.ts';

const dataset = (shape: Shape): DatasetDescriptor => ({
  id: 'rows',
  title: 'Rows',
  about: 'Made for this test.',
  samples: { train: 4, test: 0 },
  look: 'table',
  source: 'this test',
  licence: 'MIT',
  origin: 'generated',
  task: 'numbers',
  features: { name: 'entry', shape: [...shape], dtype: 'float32' },
  labels: { name: 'answer', shape: [1], dtype: 'float32' },
});
const around = (shape: Shape): Network =>
  chain('n', 'Net', [
    ['input', 'entry', { shape: [...shape] }],
    ['flatten', 'flat'],
    ['dense', 'answer', { units: 1 }],
  ]);
const between = (network: Network, ready: ReadyBlock, shape: Shape): Network =>
  applyEdits(network, placeReady(network, ready, shape, (drawn, block) => insertLayer(drawn, block, network.edges[0]?.id ?? '')).edits).network;
const shapesFor: Readonly<Record<ReadyBlock['takes'], readonly Shape[]>> = {
  images: [
    [4, 4, 1],
    [6, 4, 3],
    [4, 4, 16],
  ],
  sequences: [
    [3, 8],
    [5, 7],
  ],
  features: [[5], [3, 4], [4, 4, 2]],
};
const cases = readyBlocks.flatMap((ready) => shapesFor[ready.takes].map((shape) => [ready.id, shape.join(' × '), ready, shape] as const));

/** One step of training from the initial weights, on seeded data. @returns the weights before and after, by name, and the loss */
function stepOf(network: Network, shape: Shape) {
  const compiled = compileNetwork({ network, settings: defaultTrainingSettings, dataset: dataset(shape), batchSize: 4 });
  const shapes = new Map([...compiled.weights, ...compiled.slots].map((one) => [one.name, one.shape]));
  const before = Object.fromEntries([...initialState(compiled, 1)].map(([name, data]) => [name, numericArray(shapes.get(name) ?? [], data)]));
  const rows = compiled.trainStep.inputs
    .filter(({ role }) => role.kind === 'data' || role.kind === 'random')
    .map(({ name, tensor, role }) => {
      const draw = role.kind === 'random' ? uniformAt : normalAt;
      return [
        name,
        numericArray(
          tensor.shape,
          Array.from({ length: sizeOf(tensor.shape) }, (_, i) => draw(randomKey(name), i)),
        ),
      ] as const;
    });
  const { outputs, updates } = interpret(compiled.trainStep, { ...before, ...Object.fromEntries(rows), step: 1, learningRate: 0.01 });
  return { compiled, before, updates, loss: outputs['loss']?.data[0] as number };
}

describe('a ready block', () => {
  it.each(cases)('%s behind %s has no problem and learns', (_, _words, ready, shape) => {
    expect(refusalOf(ready, shape)).toBeNull();
    const network = between(around(shape), ready, shape);
    expect(networkSchema.parse(network)).toEqual(network);
    expect(analyze(network, { dataset: dataset(shape) }).problems).toEqual([]);
    const { compiled, before, updates, loss } = stepOf(network, shape);
    expect(Number.isFinite(loss)).toBe(true);
    const kernels = compiled.weights.filter(({ name, trainable }) => trainable && name.endsWith('kernel') && name !== 'answer/kernel');
    expect(kernels.length).toBeGreaterThan(0);
    for (const { name } of kernels) {
      const moved = [...(updates[name]?.data ?? [])].filter((value, i) => value !== before[name]?.data[i]);
      expect(moved.length, name).toBeGreaterThan(0);
      expect(moved.every(Number.isFinite), name).toBe(true);
    }
  });

  it.each(readyBlocks.map((ready) => [ready.id, ready] as const))('%s can be found, and refuses what it cannot take', (_, ready) => {
    expect(readyBlockOf(readyKind(ready))).toBe(ready);
    expect(ready.about.length).toBeGreaterThan(30);
    expect(refusalOf(ready, ready.usual)).toBeNull();
    expect(refusalOf(ready, [2, 2, 2, 2, 2])).toContain('what comes in is 2 × 2 × 2 × 2 × 2');
  });
});

describe('placed', () => {
  const residual = readyBlockOf('block:residual') as ReadyBlock;
  const image: Shape = [4, 4, 2];
  it('twice, both follow one definition; for other channels there is another', () => {
    const once = between(around(image), residual, image);
    const twice = between(once, residual, image);
    expect(twice.blocks?.map(({ name }) => name)).toEqual(['Residual 2']);
    expect(twice.nodes.filter(({ kind }) => kind === 'block').map(({ name }) => name)).toEqual(['residual_1', 'residual_2']);
    expect(between(once, residual, [4, 4, 8]).blocks?.map(({ id }) => id)).toEqual(['residual-2', 'residual-8']);
  });
  it('after its definition was changed, it is drawn anew', () => {
    const once = between(around(image), residual, image);
    const changed = applyEdits(once, [{ type: 'editBlock', block: 'residual-2', edits: [{ type: 'renameNode', node: 'residual-2-2', name: 'mine' }] }]).network;
    expect(between(changed, residual, image).blocks?.map(({ name }) => name)).toEqual(['Residual 2', 'Residual 2 (2)']);
  });
  it('is undone exactly', () => {
    const network = around(image);
    const { edits } = placeReady(network, residual, image, (drawn, block) => appendLayer(drawn, block, 'n-1'));
    const { network: placed, inverse } = applyEdits(network, edits);
    expect(placed).not.toEqual(network);
    expect(applyEdits(placed, inverse).network).toEqual(network);
  });
  it('is told why a U-Net step does not fit odd sizes', () => {
    expect(refusalOf(readyBlockOf('block:u-net-step') as ReadyBlock, [5, 4, 3])).toContain('both must be even; what comes in is 5 × 4 × 3');
  });
});
