// Numbers that a layer is given for every channel, and how Keras' files hold them. No layer itself.

import type { Builder } from '../../tensor/builder.ts';
import type { Tensor } from '../../tensor/types.ts';
import { LayerError } from '../layer.ts';

/** The numbers along the last axis. @throws LayerError where there are not as many as channels */
export function byChannel(builder: Builder, input: Tensor, list: readonly number[], parameter: string): Tensor {
  const channels = input.shape.at(-1) as number;
  if (list.length === channels && input.shape.length > 1) return builder.constant([...list], [channels]);
  throw new LayerError({
    code: 'channels',
    input: 0,
    parameter,
    what: `It has ${list.length} numbers for the channels, but its input has ${input.shape.length > 1 ? channels : 1}.`,
    why: 'Each channel, the last axis, takes one of the numbers.',
    repairs: [{ label: 'Use the same for all', parameters: { [parameter]: '' } }],
  });
}

/** A number or a list of them, also as an array of NumPy or as tables of one row; null for anything else. */
export function listOfKeras(value: unknown): readonly number[] | null {
  const { class_name: name, config } = (value ?? {}) as { class_name?: unknown; config?: { value?: unknown } };
  const plain = name === '__numpy__' || name === '__tensor__' ? config?.value : value;
  if (typeof plain === 'number') return [plain];
  if (!Array.isArray(plain) || plain.length === 0) return null;
  if (plain.length === 1 && Array.isArray(plain[0])) return listOfKeras(plain[0]);
  return plain.every((one) => typeof one === 'number') ? (plain as number[]) : null;
}
