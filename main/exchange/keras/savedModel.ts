// A Keras model as a file holds it, whichever of the two formats: configuration, training settings, weights by layer.

import type { Json } from '../../../shared/project/plainJson.ts';
import { parseJson } from '../../../shared/project/plainJson.ts';
import type { StoredTensor } from '../../files/safetensors.ts';
import { modelError } from '../modelError.ts';

export type KerasObject = { readonly [key: string]: Json };

/** How a layer's weights are found: by its own name in the old format, by its class and place in the new one (`dense_1`: the second Dense). */
export interface LayerPlace {
  /** The layer, or the model inside the model that holds it. */
  readonly outer: string;
  readonly group: string;
}

export interface SavedModel {
  /** The file's name, for messages. */
  readonly where: string;
  readonly model: KerasObject;
  readonly training: KerasObject | null;
  /** The first number of the Keras that wrote it; the old meaning of some words depends on it. */
  readonly version: number;
  /** Whether the weights of an inner model stand together: first all that are trained, then all that are not. */
  readonly together: boolean;
  /** In Keras' order; empty for a layer without weights. */
  weightsOf(layer: LayerPlace): readonly StoredTensor[];
}

/** Of a layer that stands for a part of another: which of those parts feed it (the tensors that come in are −1, −2, …), and which result it gives. */
export const fromKey = 'netwright_from';
export const endKey = 'netwright_end';

export const isObject = (value: Json | undefined): value is KerasObject => typeof value === 'object' && value !== null && !Array.isArray(value);
export const objectOr = (value: Json | undefined): KerasObject => (isObject(value) ? value : {});
export const listOr = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? value : []);
export const textOr = (value: Json | undefined, otherwise: string): string => (typeof value === 'string' ? value : otherwise);

/** A configuration's text as an object. @throws NetwrightError of kind `project` */
export function parseConfig(text: string, where: string): KerasObject {
  const parsed = parseJson(text, where);
  if (isObject(parsed)) return parsed;
  throw modelError('keras-config', where, `${where}: the configuration is no JSON object. Save the model again with Keras.`);
}

/** The first number of a version's text; 3 where it does not say. */
export const majorVersion = (text: Json | undefined): number => (typeof text === 'string' && /^\d/.test(text) ? Number.parseInt(text, 10) : 3);
