// What of the environment decides where a graphics card's driver and libraries are found. A trainer gets it from the process that starts it, and what
// is remembered of a card holds only while it stays the same.

/** Names the one provider of ONNX Runtime to try, where several would work: for measuring one beside the other. */
export const providerVariable = 'NETWRIGHT_GPU_PROVIDER';

/** `0`: TensorFlow's recurrent layers do without cuDNN's kernels, for measuring one beside the other. */
export const cudnnVariable = 'NETWRIGHT_CUDNN';

/** The Vulkan loader reads the first ones; CUDA's libraries lie in LD_LIBRARY_PATH on many machines. */
export const cardVariables = [
  ...['VK_ICD_FILENAMES', 'VK_DRIVER_FILES', 'VK_ADD_DRIVER_FILES', 'XDG_RUNTIME_DIR', 'XDG_DATA_DIRS'],
  ...['LD_LIBRARY_PATH', 'CUDA_PATH', 'CUDA_VISIBLE_DEVICES', providerVariable, cudnnVariable],
] as const;
