// The derivative of conv2d by its input, from the kernel and the derivative by its output g; also known as transposed convolution.

import { type Gradients, operation } from '../operation.ts';
import { type Shape, sizeOf, type Tensor } from '../types.ts';
import { accumulate, type ConvolutionAttributes, convolutionDefaults, convolutionMultiplyAdds, requireConvolved, visitProducts } from './convolution.ts';

export const conv2dInputGradient = operation<[kernel: Tensor, gradient: Tensor], ConvolutionAttributes & { inputShape: Shape }>({
  name: 'conv2dInputGradient',
  summary: 'Σ g · kernel at every input',
  defaults: convolutionDefaults,
  infer([kernel, g], attributes) {
    const x = { shape: attributes.inputShape, dtype: 'float32' } as const;
    requireConvolved(x, kernel, g, attributes, 'conv2dInputGradient');
    return x;
  },
  gradient({ builder, inputs: [kernel, g], attributes: { inputShape: _, ...attributes }, gradient, wanted }): Gradients {
    return [
      wanted(0) ? builder.conv2dKernelGradient(gradient, g, { ...attributes, kernelShape: kernel.shape }) : null,
      wanted(1) ? builder.conv2d(gradient, kernel, attributes) : null,
    ];
  },
  evaluate: ([kernel, g], attributes, output) =>
    accumulate(sizeOf(output.shape), (add) =>
      visitProducts(output.shape, kernel.shape, g.shape, attributes, (i, k, o) => add(i, (g.data[o] as number) * (kernel.data[k] as number))),
    ),
  multiplyAdds: ([kernel, g]) => convolutionMultiplyAdds(kernel.shape, g.shape),
});
