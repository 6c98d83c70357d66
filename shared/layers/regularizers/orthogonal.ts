// The penalty on rows or columns of a matrix that are not at right angles to each other, as parameters of a layer, and how Keras writes it.

import { choice, type Field } from '../../lib/fields.ts';
import type { Builder } from '../../tensor/builder.ts';
import type { Tensor } from '../../tensor/types.ts';
import { type LayerContext, LayerError } from '../layer.ts';
import { unitLength } from '../normalization/unitLength.ts';
import { strengthField } from './index.ts';

type Mode = 'rows' | 'columns';
interface Orthogonality {
  readonly kernelOrthogonal: number;
  readonly kernelOrthogonalMode: Mode;
}

export const orthogonalFields: { readonly kernelOrthogonal: Field<number>; readonly kernelOrthogonalMode: Field<Mode> } = {
  kernelOrthogonal: strengthField({
    label: 'Kernel orthogonality',
    help: 'Adds this much times the mean likeness of the weights’ directions to the loss, so that units look at different things. 0 switches it off.',
    level: 'advanced',
  }),
  kernelOrthogonalMode: choice({
    label: 'Orthogonal',
    help: 'Which directions are to stand at right angles: those of the inputs or those of the units.',
    choices: [
      { value: 'rows', label: 'rows' },
      { value: 'columns', label: 'columns' },
    ],
    level: 'advanced',
    default: 'rows',
  }),
};

/** The mean absolute cosine between all pairs of rows or columns. */
function likeness(builder: Builder, weight: Tensor, mode: Mode): Tensor {
  const units = unitLength(builder, weight, [mode === 'rows' ? 1 : 0]);
  const products = builder.matMul(units, units, mode === 'rows' ? { transposeB: true } : { transposeA: true });
  const size = products.shape[0] as number;
  const apart = builder.constant(
    Float32Array.from({ length: size * size }, (_, i) => (i % (size + 1) === 0 ? 0 : 1)),
    [size, size],
  );
  const sum = builder.reduceSum(builder.abs(builder.multiply(products, apart)), { axes: [0, 1], keepDims: false });
  return builder.multiply(sum, builder.constant(1 / (size * (size - 1))));
}

/** Adds the penalty for a kernel of two axes. @throws LayerError beside another penalty: Keras knows one for each weight */
export function addOrthogonality(context: LayerContext, weight: Tensor, p: Orthogonality & { readonly kernelL1: number; readonly kernelL2: number }): void {
  if (p.kernelOrthogonal === 0) return;
  if (p.kernelL1 > 0 || p.kernelL2 > 0)
    throw new LayerError({
      code: 'two-regularizers',
      parameter: 'kernelOrthogonal',
      what: 'The kernel has two penalties: one for its size and one for its directions.',
      why: 'A weight has one regularizer, as in Keras.',
      repairs: [
        { label: 'Keep the one for directions', parameters: { kernelL1: 0, kernelL2: 0 } },
        { label: 'Keep the one for size', parameters: { kernelOrthogonal: 0 } },
      ],
    });
  // A single direction is like no other.
  if ((weight.shape[p.kernelOrthogonalMode === 'rows' ? 0 : 1] as number) < 2) return;
  const { builder } = context;
  context.addLoss(builder.multiply(likeness(builder, weight, p.kernelOrthogonalMode), builder.constant(p.kernelOrthogonal)), weight);
}

type Config = Readonly<Record<string, unknown>>;
interface Mapping<P, R> {
  readonly toConfig: (parameters: P) => Config;
  readonly fromConfig: (config: Config) => R | null;
}

/** How a layer with the fields above and those of a kernel's penalty stands in Keras' files. */
export const orthogonalKeras = <P, R extends object>({ toConfig, fromConfig }: Mapping<P, R>): Mapping<P & Orthogonality, R & Partial<Orthogonality>> => ({
  toConfig(p) {
    const config = { ...toConfig(p), kernel_orthogonal: undefined, kernel_orthogonal_mode: undefined };
    return p.kernelOrthogonal === 0 ? config : { ...config, kernel_regularizer: regularizerObject(p) };
  },
  fromConfig(config) {
    const own = orthogonalOfKeras(config.kernel_regularizer);
    const read = fromConfig(own ? { ...config, kernel_regularizer: null } : config);
    return read && { ...read, ...own };
  },
});

const regularizerObject = ({ kernelOrthogonal, kernelOrthogonalMode }: Orthogonality): Config => ({
  module: 'keras.regularizers',
  class_name: 'OrthogonalRegularizer',
  config: { factor: kernelOrthogonal, mode: kernelOrthogonalMode },
  registered_name: null,
});

/** Null for another regularizer. */
function orthogonalOfKeras(value: unknown): Orthogonality | null {
  const { class_name: name, config = {} } = (typeof value === 'string' ? { class_name: value } : (value ?? {})) as { class_name?: unknown; config?: Config };
  const plain = typeof name === 'string' ? name.replaceAll('_', '').toLowerCase() : '';
  const { factor = 0.01, mode = 'rows' } = config;
  if (plain !== 'orthogonalregularizer' || typeof factor !== 'number' || (mode !== 'rows' && mode !== 'columns')) return null;
  return { kernelOrthogonal: factor, kernelOrthogonalMode: mode };
}
