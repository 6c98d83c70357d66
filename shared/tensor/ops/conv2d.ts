// Cross-correlation of images with filters: x [batch, rows, columns, channels], kernel [rows, columns, channels / groups, filters].

import { type Gradients, operation } from '../operation.ts';
import { sizeOf, type Tensor } from '../types.ts';
import { accumulate, type ConvolutionAttributes, convolutionDefaults, convolutionMultiplyAdds, convolvedType, visitProducts } from './convolution.ts';

export const conv2d = operation<[x: Tensor, kernel: Tensor], ConvolutionAttributes>({
  name: 'conv2d',
  summary: 'y[i, j, f] = Σ x[i + r, j + s, c] · kernel[r, s, c, f]',
  defaults: convolutionDefaults,
  infer: ([x, kernel], attributes) => convolvedType(x, kernel, attributes),
  gradient({ builder, inputs: [x, kernel], attributes, gradient, wanted }): Gradients {
    return [
      wanted(0) ? builder.conv2dInputGradient(kernel, gradient, { ...attributes, inputShape: x.shape }) : null,
      wanted(1) ? builder.conv2dKernelGradient(x, gradient, { ...attributes, kernelShape: kernel.shape }) : null,
    ];
  },
  evaluate: ([x, kernel], attributes, output) =>
    accumulate(sizeOf(output.shape), (add) =>
      visitProducts(x.shape, kernel.shape, output.shape, attributes, (i, k, o) => add(o, (x.data[i] as number) * (kernel.data[k] as number))),
    ),
  multiplyAdds: ([, kernel], _attributes, output) => convolutionMultiplyAdds(kernel.shape, output.shape),
});
