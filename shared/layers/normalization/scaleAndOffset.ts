// What normalization layers share: bringing values to mean 0 and variance 1, then a learned scale and offset. No layer itself.

import { boolean, number } from '../../lib/fields.ts';
import type { Builder } from '../../tensor/builder.ts';
import { type Shape, sameShape, type Tensor } from '../../tensor/types.ts';
import { held, type HeldBy, heldFields, heldKeras } from '../holding.ts';
import { type InitializerValue, initializerField } from '../initializers/index.ts';
import type { LayerContext } from '../layer.ts';

export const epsilonField = (usual: number) =>
  number({
    label: 'Epsilon',
    help: 'Added to the variance so that nothing is divided by 0.',
    min: 0,
    max: 1,
    exclusiveMin: true,
    scale: 'log',
    level: 'advanced',
    default: usual,
  });

export const learnedFields = {
  center: boolean({ label: 'Offset (beta)', help: 'Learns an offset for every channel.', level: 'advanced', default: true }),
  scale: boolean({ label: 'Scale (gamma)', help: 'Learns a scale for every channel.', level: 'advanced', default: true }),
  betaInitializer: initializerField({ label: 'Beta initializer', default: 'zeros', vector: true }),
  gammaInitializer: initializerField({ label: 'Gamma initializer', default: 'ones', vector: true }),
  ...heldFields('beta', 'Beta', false),
  ...heldFields('gamma', 'Gamma', false),
};

/** How their penalties and constraints stand in Keras' files. */
export const learnedKeras = heldKeras({ beta: 1, gamma: 1 });

interface Learned {
  readonly gamma: Tensor | null;
  readonly beta: Tensor | null;
}
interface LearnedParameters extends HeldBy<'beta'>, HeldBy<'gamma'> {
  readonly center: boolean;
  readonly scale: boolean;
  readonly betaInitializer: InitializerValue;
  readonly gammaInitializer: InitializerValue;
}

/** The learned scale and offset, one for each place along the axes of those sizes, in the given shape. */
export function learned(context: LayerContext, sizes: Shape, shape: Shape, p: LearnedParameters): Learned {
  const shaped = (weight: Tensor) => (sameShape(shape, sizes) ? weight : context.builder.reshape(weight, { shape }));
  const gamma = p.scale ? shaped(held(context, 'gamma', sizes, p.gammaInitializer, p, 'gamma')) : null;
  const beta = p.center ? shaped(held(context, 'beta', sizes, p.betaInitializer, p, 'beta')) : null;
  return { gamma, beta };
}

/** gamma · (x − mean) / √(variance + epsilon) + beta, with mean and variance (of the population) over the axes. */
export function standardized(builder: Builder, x: Tensor, axes: readonly number[], o: Learned & { readonly epsilon: number }): Tensor {
  const centred = builder.subtract(x, builder.reduceMean(x, { axes, keepDims: true }));
  const variance = builder.reduceMean(builder.square(centred), { axes, keepDims: true });
  const inverse = builder.reciprocal(builder.sqrt(builder.add(variance, builder.constant(o.epsilon))));
  const plain = builder.multiply(centred, inverse);
  const scaled = o.gamma ? builder.multiply(plain, o.gamma) : plain;
  return o.beta ? builder.add(scaled, o.beta) : scaled;
}

/** The shape in which values lie along some axes of many: [1, n, 1] for the second of three; [m, n] along the last two. */
export const alongAxes = (shape: Shape, axes: readonly number[]): Shape => {
  const first = axes[0] as number;
  const wide = shape.map((size, i) => (axes.includes(i) ? size : 1));
  return wide.slice(axes.length === shape.length - first ? first : 0);
};
