// Rescaling: values in other units.

import { number } from '../../lib/fields.ts';
import { numberList, numbersIn } from './numberList.ts';
import type { Builder } from '../../tensor/builder.ts';
import type { Tensor } from '../../tensor/types.ts';
import { byChannel, listOfKeras } from './channels.ts';
import { layer, only } from '../layer.ts';

const perChannel = (label: string, what: string) =>
  numberList({
    label,
    help: `One number for each channel ${what}; empty: the same for all.`,
    placeholder: 'numbers such as 0.5, 1, 2',
    level: 'advanced',
    default: '',
  });

export const rescaling = layer({
  id: 'rescaling',
  title: 'Rescaling',
  family: 'core',
  group: 'images',
  keepsShape: true,
  sight: 'place',
  help: {
    text: 'Multiplies every value by a number and adds another. Images come here as 0 to 1: 2 and −1 bring them to −1 … 1. It learns nothing; Normalization finds its numbers in the data.',
    formula: 'y = x · scale + offset',
    source: 'https://keras.io/api/layers/preprocessing_layers/image_preprocessing/rescaling/',
  },
  synonyms: ['preprocessing', 'scale', 'normalize', 'units'],
  fields: {
    scale: number({ label: 'Scale', help: 'What every value is multiplied by.', min: -1e6, max: 1e6, default: 2 }),
    offset: number({ label: 'Offset', help: 'What is added to it then.', min: -1e6, max: 1e6, default: -1 }),
    scales: perChannel('Scale by channel', 'stands in the place of the scale'),
    offsets: perChannel('Offset by channel', 'stands in the place of the offset'),
  },
  inputs: 1,
  masking: 'keeps',
  describe: (p) => `× ${p.scales || p.scale} ${p.offsets ? `+ (${p.offsets})` : `${p.offset < 0 ? '−' : '+'} ${Math.abs(p.offset)}`}`,
  lower({ builder }, inputs, p) {
    const input = only(inputs);
    const ready = (list: string, all: number, parameter: string) => numbers(builder, input, list === '' ? [all] : numbersIn(list), parameter);
    return builder.add(builder.multiply(input, ready(p.scales, p.scale, 'scales')), ready(p.offsets, p.offset, 'offsets'));
  },
  keras: {
    className: 'Rescaling',
    toConfig: (p) => ({ ...written('scale', p.scale, p.scales), ...written('offset', p.offset, p.offsets) }),
    // Left out, Keras adds nothing.
    fromConfig({ scale, offset = 0 }) {
      const read = { scale: listOfKeras(scale), offset: listOfKeras(offset) };
      if (!read.scale || !read.offset) return null;
      return { ...readInto('scale', read.scale), ...readInto('offset', read.offset) };
    },
  },
});

const written = (entry: string, all: number, list: string) => ({ [entry]: list === '' ? all : numbersIn(list), [`${entry}s`]: undefined });
const readInto = (name: string, values: readonly number[]) => (values.length === 1 ? { [name]: values[0] as number } : { [`${name}s`]: values.join(', ') });

const numbers = (builder: Builder, input: Tensor, list: readonly number[], parameter: string): Tensor =>
  list.length === 1 ? builder.constant(list[0] as number) : byChannel(builder, input, list, parameter);
