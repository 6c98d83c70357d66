// Layers of Keras that take channels before places (`data_format="channels_first"`), as the same layers with channels last between two
// changes of order. Weights are alike in both.

import { type KerasObject, objectOr, textOr } from './savedModel.ts';

/** How many axes of places such layers have: the number in their name; two for pictures. */
const numbered =
  /^(?:Separable|Depthwise)?(?:Conv|(?:Global)?(?:Max|Average)Pooling|UpSampling|ZeroPadding|Cropping|SpatialDropout)(?<places>[123])D(?:Transpose)?$/;
const ofPictures = new Set(['Resizing', 'CenterCrop']);

const placesOf = (className: string): number | null => {
  const places = numbered.exec(className)?.groups?.['places'];
  return places ? Number(places) : ofPictures.has(className) ? 2 : null;
};

const permute = (name: string, dims: readonly number[]): KerasObject => ({ class_name: 'Permute', module: 'keras.layers', config: { name, dims } });

/** What stands between its group of weights and its own name, for a layer filed where the model around it is. */
export const filedThere = '.';

/** The layers that it is, one behind the other, the one with the weights under its own name; null where it takes channels last. */
export function withChannelsLast(entry: KerasObject, filed: string): readonly KerasObject[] | null {
  const config = objectOr(entry.config);
  const className = textOr(entry.class_name, '');
  const name = textOr(config.name, className);
  if (config.data_format !== 'channels_first') return null;
  const places = className === 'Flatten' ? flattened(entry) : placesOf(className);
  if (places === null) return null;
  const { inbound_nodes: _, build_config: __, ...rest } = entry;
  const axes = Array.from({ length: places }, (_, i) => i);
  const plain: KerasObject = { ...rest, config: { ...config, data_format: 'channels_last' }, [filed]: filedThere };
  const back = className === 'Flatten' || (className.startsWith('Global') && config.keepdims !== true);
  return [permute(`${name}_in`, [...axes.map((i) => i + 2), 1]), plain, ...(back ? [] : [permute(`${name}_out`, [places + 1, ...axes.map((i) => i + 1)])])];
}

/** Of how many axes Flatten was built for; without any other order where there are none. */
function flattened({ build_config: built }: KerasObject): number | null {
  const shape = objectOr(built).input_shape;
  return Array.isArray(shape) && shape.length > 2 ? shape.length - 2 : null;
}
