// What every engine must make of layers that draw: the same numbers again from the same seed, others from another, and on the average those of the
// reference interpreter, which draws from a generator of its own: so a run is reproducible on one engine and statistically the same on all.
// Knows no engine. Seeds are fixed: a test that passes once passes always.

import { expect, it } from 'vitest';
import { compileNetwork, initialState } from '../../../../shared/compile/index.ts';
import type { DatasetDescriptor } from '../../../../shared/datasets/descriptor.ts';
import { normalAt, randomKey, uniformAt } from '../../../../shared/lib/random.ts';
import { chain } from '../../../../shared/network/templates/template.ts';
import { interpret, numericArray } from '../../../../shared/tensor/interpret.ts';
import { sizeOf } from '../../../../shared/tensor/types.ts';
import { defaultTrainingSettings, type TrainingSettings } from '../../../../shared/training/settings.ts';
import { ResidentRows } from '../../rows.ts';
import type { Engine } from '../engine.ts';

const BATCH = 40,
  STEPS = 6,
  RATE = 0.01,
  PICTURE = [6, 6, 2];
const settings: TrainingSettings = { ...defaultTrainingSettings, loss: 'meanSquaredError', optimizer: { id: 'sgd', parameters: { learningRate: RATE } } };

/** Layers that draw, with the shape that each gives for a picture, or for the same values in another shape. */
const layers: readonly (readonly [kind: string, parameters: Record<string, unknown>, gives: readonly number[], takes: readonly number[]])[] = [
  ['dropout', { rate: 0.3 }, PICTURE, PICTURE],
  ['alphaDropout', { rate: 0.3 }, PICTURE, PICTURE],
  ['spatialDropout2d', { rate: 0.3 }, PICTURE, PICTURE],
  ['spatialDropout1d', { rate: 0.3 }, [36, 2], [36, 2]],
  ['spatialDropout3d', { rate: 0.3 }, [3, 3, 4, 2], [3, 3, 4, 2]],
  ['lstm', { units: 3, dropout: 0.3, recurrentDropout: 0.3 }, [3], [6, 12]],
  ['gru', { units: 3, dropout: 0.3, recurrentDropout: 0.3 }, [3], [6, 12]],
  ['simpleRnn', { units: 3, dropout: 0.3, recurrentDropout: 0.3 }, [3], [6, 12]],
  ['gaussianDropout', { rate: 0.3 }, PICTURE, PICTURE],
  ['gaussianNoise', { stddev: 0.4 }, PICTURE, PICTURE],
  ['randomFlip', {}, PICTURE, PICTURE],
  ['randomRotation', {}, PICTURE, PICTURE],
  ['randomZoom', {}, PICTURE, PICTURE],
  ['randomTranslation', {}, PICTURE, PICTURE],
  ['randomContrast', {}, PICTURE, PICTURE],
  ['randomBrightness', {}, PICTURE, PICTURE],
  ['randomCrop', { height: 4, width: 3 }, [4, 3, 2], PICTURE],
  ['multiHeadAttention', { numHeads: 2, keyDim: 3, dropout: 0.3 }, [6, 12], [6, 12]],
  ['groupedQueryAttention', { headDim: 3, numQueryHeads: 2, numKeyValueHeads: 1, dropout: 0.3 }, [6, 12], [6, 12]],
  ['sampling', {}, PICTURE, PICTURE],
];
/** Layers of two inputs: mean and spread come from the same place here. */
const twice = new Set(['sampling']);

/** Brighter to the lower right, and more so in the second channel: whatever is moved, turned or lost changes what is at a place. */
const brightness = (i: number): number => 0.1 + ((i * 7) % 72) / 144 + i / 144;
const picture = Float32Array.from({ length: sizeOf(PICTURE) }, (_, i) => brightness(i));

function caseOf(kind: string, parameters: Record<string, unknown>, gives: readonly number[], takes: readonly number[]) {
  const dataset: DatasetDescriptor = {
    ...{ id: 'pictures', title: 'Pictures', about: '', task: 'numbers', look: 'table', source: '', licence: '', origin: 'file' },
    samples: { train: BATCH, test: 0 },
    features: { name: 'x', shape: [...takes], dtype: 'float32' },
    labels: { name: 'y', shape: [...gives], dtype: 'float32' },
  };
  // The slopes have no part in what bright pixels become; training needs something that learns.
  const line = chain('n', 'Drawn', [
    ['input', 'in', { shape: takes }],
    ['prelu', 'slopes'],
    [kind, 'drawn', parameters],
  ]);
  const again = line.edges.slice(-1).map((edge) => ({ ...edge, id: 'again', input: 1 }));
  const network = twice.has(kind) ? { ...line, edges: [...line.edges, ...again] } : line;
  const all = (one: Float32Array, size: number) => Float32Array.from({ length: BATCH * size }, (_, i) => one[i % size] as number);
  const columns = { 'features/x': all(picture, picture.length), 'labels/y': all(picture, sizeOf(gives)) };
  const programs = (batchSize: number) => compileNetwork({ network, settings, dataset, batchSize });
  return { programs, columns };
}
type Case = ReturnType<typeof caseOf>;

const rows = Int32Array.from({ length: BATCH }, (_, i) => i);

/** What every step lost: how far a picture then is from what it was. Nothing is learned: every step draws for the same weights. */
async function lossesOf(engine: Engine, { programs, columns }: Case, key: number): Promise<readonly number[]> {
  const part = new ResidentRows({ count: BATCH, columns });
  const info = Object.fromEntries(Object.entries(columns).map(([name, data]) => [name, { size: data.length / BATCH, dtype: 'float32' as const }]));
  const session = await engine.open({ programs, uses: [], columns: info, parts: { train: part, test: part }, randomKey: key, threads: 1 });
  try {
    await session.setState(initialState(programs(BATCH), 3));
    const values = await session.trainSteps(Array.from({ length: STEPS }, (_, i) => ({ rows, step: i + 1, learningRate: 0 })));
    return values.map(({ loss }) => loss?.[0] as number);
  } finally {
    await session.close();
  }
}

/** The same by the interpreter, with numbers of the generator that weights begin with. */
function expectedLosses({ programs, columns }: Case, steps: number): readonly number[] {
  const compiled = programs(BATCH);
  const shapes = new Map([...compiled.weights, ...compiled.slots].map(({ name, shape }) => [name, shape]));
  const state = [...initialState(compiled, 3)].map(([name, data]) => [name, numericArray(shapes.get(name) ?? [], data)] as const);
  const data = Object.entries(columns).map(([name, all]) => {
    const shape = compiled.trainStep.inputs.find((one) => one.name === name)?.tensor.shape ?? [];
    return [name, numericArray(shape, [...all])] as const;
  });
  return Array.from({ length: steps }, (_, step) => {
    const drawn = compiled.trainStep.inputs.flatMap(({ name, role, tensor }) => {
      if (role.kind !== 'random') return [];
      const key = randomKey('drawn', step, role.stream);
      const at = role.distribution === 'uniform' ? uniformAt : normalAt;
      return [
        [
          name,
          numericArray(
            tensor.shape,
            Float64Array.from({ length: sizeOf(tensor.shape) }, (__, i) => at(key, i)),
          ),
        ] as const,
      ];
    });
    const { outputs } = interpret(compiled.trainStep, { ...Object.fromEntries([...state, ...data, ...drawn]), step: step + 1, learningRate: 0 });
    return outputs['loss']?.data[0] as number;
  });
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
function spread(values: readonly number[]): number {
  const middle = mean(values);
  return Math.sqrt(values.reduce((sum, value) => sum + (value - middle) ** 2, 0) / (values.length - 1));
}

/** A test for each layer that draws. */
export function proveDrawing(engine: () => Engine): void {
  it.each(layers)('%s %o is reproducible from its seed, and the same as elsewhere on the average', async (kind, parameters, gives, takes) => {
    const one = caseOf(kind, parameters, gives, takes);
    const [losses, again, other] = [await lossesOf(engine(), one, 11), await lossesOf(engine(), one, 11), await lossesOf(engine(), one, 12)];
    expect(again).toEqual(losses);
    expect(other).not.toEqual(losses);
    expect(new Set(losses).size).toBeGreaterThan(1);
    const expected = expectedLosses(one, 4 * STEPS);
    const error = spread(expected) * Math.sqrt(1 / expected.length + 1 / (2 * STEPS));
    expect(error).toBeGreaterThan(0);
    expect(Math.abs(mean([...losses, ...other]) - mean(expected))).toBeLessThan(4 * error);
  });
}
