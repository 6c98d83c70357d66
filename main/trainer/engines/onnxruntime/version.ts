// Which ONNX Runtime this is.

import ort from 'onnxruntime-node';

export const version = ort.env.versions.node ?? ort.env.versions.common;
