// NVIDIA's libraries round the factors of products to 10 bits of mantissa (“TF32”) on cards from 2020 on, unless they are told not to.

/**
 * Products and convolutions in whole float32 on NVIDIA cards, as on every other device: with TF32 a step is off by up to 1e-3, and what Keras computes
 * on a CPU is not met. To be called before CUDA's libraries are loaded; a person who wants TF32 sets NVIDIA_TF32_OVERRIDE=1.
 * Source: https://docs.nvidia.com/deeplearning/frameworks/tensorflow-user-guide (NVIDIA_TF32_OVERRIDE).
 */
export function computeInWholeFloat32(): void {
  process.env.NVIDIA_TF32_OVERRIDE ??= '0';
}
