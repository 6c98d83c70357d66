import { layers as tf } from '@tensorflow/tfjs-layers';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { defaults } from '../../lib/fields.ts';
import { einsumDense } from './einsumDense.ts';
import { lowered } from '../testing/lowered.ts';
import { size, tfActivation, tfNameOf } from '../testing/arbitraries.ts';
import { problemOf } from '../testing/problemOf.ts';
import { proveLayer } from '../testing/proveLayer.ts';

const dense = fc.record({ units: size(4), activation: tfActivation, shape: fc.tuple(size(3), size(3), size(4)), hasBias: fc.boolean() }).map((o) => ({
  parameters: { equation: 'abc,cd->abd', outputShape: [-1, o.units], biasAxes: o.hasBias ? 'd' : '', activation: o.activation },
  inputs: [o.shape],
}));
const others = fc.constantFrom(
  { parameters: { equation: 'abc,bd->adc', outputShape: [3, -1], biasAxes: 'd' }, inputs: [[2, 4, 3]] },
  { parameters: { equation: 'abc,cde->abde', outputShape: [-1, 2, 3], biasAxes: 'de' }, inputs: [[2, 3, 4]] },
  { parameters: { equation: 'abde,def->abf', outputShape: [-1, 3], biasAxes: 'f' }, inputs: [[2, 3, 2, 2]] },
  { parameters: { equation: '...x,xy->...y', outputShape: [3], biasAxes: 'y' }, inputs: [[2, 3, 2, 4]] },
  { parameters: { equation: 'abc,bc->ab', outputShape: [-1], biasAxes: 'b' }, inputs: [[2, 3, 4]] },
);

proveLayer(einsumDense, {
  examples: fc.oneof(dense, others),
  oracle: ({ equation, outputShape, biasAxes, activation: id }) => {
    const activation = tfNameOf(id);
    return equation === 'abc,cd->abd' && activation ? tf.dense({ units: outputShape.at(-1) as number, activation, useBias: biasAxes !== '' }) : null;
  },
});

test.each([
  ['abc,cde->abde', [-1, 2, 3], 'e', [4, 2, 3], [3]],
  ['abc,cde->abde', [-1, 2, 3], 'd', [4, 2, 3], [2, 1]],
  ['...x,xy->...y', [5], 'y', [4, 5], [5]],
] as const)('%s with sizes %o has a kernel and a bias of Keras’ shapes', (equation, outputShape, biasAxes, kernel, bias) => {
  const { weights } = lowered(einsumDense, { ...defaults(einsumDense.fields), equation, outputShape, biasAxes }, [[2, 3, 4]], { training: false });
  expect(weights.map(({ shape }) => shape)).toEqual([kernel, bias]);
});

test('refuses what does not fit, by its letter', () => {
  expect(problemOf(einsumDense, { equation: 'abc->ab' }, [[2, 3, 4]])).toMatchObject({
    code: 'equation',
    what: 'The equation has 1 term, but 2 come together.',
  });
  expect(problemOf(einsumDense, { equation: 'ab,bc->ac', outputShape: [5], biasAxes: '' }, [[2, 3, 4]])).toMatchObject({ code: 'rank' });
  expect(problemOf(einsumDense, { outputShape: [-1, -1] }, [[2, 3, 4]])).toMatchObject({ what: 'Nothing says how many places the axis d has.' });
  expect(problemOf(einsumDense, { outputShape: [7, 5] }, [[2, 3, 4]])).toMatchObject({ what: 'The output shape gives the axis b 7 places, but 3 come in.' });
  expect(problemOf(einsumDense, { biasAxes: 'z' }, [[2, 3, 4]])).toMatchObject({ what: 'The bias has an axis z that the result does not have.' });
  expect(problemOf(einsumDense, { equation: 'no' }, [[2, 3, 4]])).toMatchObject({ what: '“no” is no equation of axes.' });
});
