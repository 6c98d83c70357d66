// UnitNormalization: brings vectors to length 1.

import { axesKeras, axesWords, axisField, moreAxesField, sampleAxes } from '../axes.ts';
import { layer, only } from '../layer.ts';
import { unitLength } from './unitLength.ts';

export const unitNormalization = layer({
  id: 'unitNormalization',
  title: 'UnitNormalization',
  family: 'normalization',
  keepsShape: true,
  sight: 'place',
  help: {
    text: 'Divides every vector along one axis by its length, so that only its direction is left. Products of such vectors are cosines: they compare directions, as in similarity search.',
    formula: 'y = x / √(Σ x²)',
    source: 'https://keras.io/api/layers/normalization_layers/unit_normalization/',
  },
  synonyms: ['l2 normalize', 'unit vector', 'length', 'cosine'],
  fields: { axis: axisField('The axis along which the squares add up to 1.'), moreAxes: moreAxesField() },
  inputs: 1,
  masking: 'keeps',
  describe: axesWords,
  lower({ builder }, inputs, p) {
    const input = only(inputs);
    return unitLength(builder, input, sampleAxes(input, p));
  },
  keras: { className: 'UnitNormalization', ...axesKeras },
});
