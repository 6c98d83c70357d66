// How sessions are opened on the WebGPU provider.

import type { InferenceSession } from 'onnxruntime-node';

const placed = (names: readonly string[], place: 'gpu-buffer' | 'cpu') => names.map((name) => [name, place] as const);

/** @param staying the results that stay on the device @param returning those that come back: named too where any stays */
export const onDevice = (staying: readonly string[] = [], returning: readonly string[] = []): InferenceSession.SessionOptions => ({
  executionProviders: ['webgpu'],
  graphOptimizationLevel: 'all',
  // What goes wrong comes as an error; its log would only say it twice.
  logSeverityLevel: 4,
  ...(staying.length > 0 ? { preferredOutputLocation: Object.fromEntries([...placed(staying, 'gpu-buffer'), ...placed(returning, 'cpu')]) } : {}),
});
