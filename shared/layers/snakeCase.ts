// Our names in Keras' spelling.

/** `kernelSize` to `kernel_size`. */
export const snakeCase = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
