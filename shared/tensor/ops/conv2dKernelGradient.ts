// The derivative of conv2d by its kernel, from the input x and the derivative by its output g.

import { type Gradients, operation } from '../operation.ts';
import { type Shape, sizeOf, type Tensor } from '../types.ts';
import { accumulate, type ConvolutionAttributes, convolutionDefaults, convolutionMultiplyAdds, requireConvolved, visitProducts } from './convolution.ts';

export const conv2dKernelGradient = operation<[x: Tensor, gradient: Tensor], ConvolutionAttributes & { kernelShape: Shape }>({
  name: 'conv2dKernelGradient',
  summary: 'Σ x · g at every kernel element',
  defaults: convolutionDefaults,
  infer([x, g], attributes) {
    const kernel = { shape: attributes.kernelShape, dtype: 'float32' } as const;
    requireConvolved(x, kernel, g, attributes, 'conv2dKernelGradient');
    return kernel;
  },
  gradient({ builder, inputs: [x, g], attributes: { kernelShape: _, ...attributes }, gradient, wanted }): Gradients {
    return [
      wanted(0) ? builder.conv2dInputGradient(gradient, g, { ...attributes, inputShape: x.shape }) : null,
      wanted(1) ? builder.conv2d(x, gradient, attributes) : null,
    ];
  },
  evaluate: ([x, g], attributes, output) =>
    accumulate(sizeOf(output.shape), (add) =>
      visitProducts(x.shape, output.shape, g.shape, attributes, (i, k, o) => add(k, (x.data[i] as number) * (g.data[o] as number))),
    ),
  multiplyAdds: ([, g], { kernelShape }) => convolutionMultiplyAdds(kernelShape, g.shape),
});
