// Sentences in another language: looked up, recognised by their template, with values that are names, numbers or texts themselves.

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { layers } from '../../shared/layers/index.ts';
import type { AnyLayer } from '../../shared/layers/layer.ts';
import { defaults, integer } from '../../shared/lib/fields.ts';
import { analyze } from '../../shared/compile/index.ts';
import { datasetOf } from '../../shared/datasets/catalogue.ts';
import type { Network } from '../../shared/network/network.ts';
import { canConnect } from '../../shared/network/rules.ts';
import { templateOf } from '../../shared/network/templates/index.ts';
import { german } from './de/index.ts';
import { tField } from './fields.ts';
import { bestLanguage } from './languages.ts';
import { recognizer } from './recognize.ts';
import { untranslated } from './testing/untranslated.ts';
import { langOf, language, speak, t, within } from './text.ts';

/** A network with each layer taken out, made another kind, and set to what does not fit. */
function brokenWays(whole: Network): Network[] {
  const misfits = [{ strides: [9, 9] }, { kernelSize: [29, 29] }, { units: 0 }, { axis: 7 }, { groups: 5 }, { nope: 1 }, { targetShape: [3, -1] }, { rate: 2 }];
  const kinds = Object.keys(layers).filter((kind) => !untranslated.has(kind));
  const changes = [...kinds.map((kind) => ({ kind, parameters: {} })), ...misfits.map((parameters) => ({ parameters }))];
  const without = whole.nodes.map((node) => ({ ...whole, nodes: whole.nodes.filter((other) => other !== node), edges: [] }));
  const changed = whole.nodes
    .slice(0, 3)
    .flatMap((node) => changes.map((change) => ({ ...whole, nodes: whole.nodes.map((other) => (other === node ? { ...node, ...change } : other)) })));
  const circles = whole.edges.map((edge) => ({ ...whole, edges: [...whole.edges, { ...edge, id: 'back', source: edge.target, target: edge.source }] }));
  return [...without, ...changed, ...circles];
}

test('the first wanted language that there is; English where there is none', () => {
  expect(bestLanguage(['fr-FR', 'de-AT', 'en'])).toBe('de');
  expect(bestLanguage(['en-US', 'de'])).toBe('en');
  expect(bestLanguage(['fr', 'toString'])).toBe('en');
  expect(bestLanguage([])).toBe('en');
});

test('English is what the code says', () => {
  expect(t('Undo')).toBe('Undo');
  expect(t`${3} layers, ${'x'}`).toBe('3 layers, x');
  expect(within('Learning rate')).toBe('learning rate');
});

describe('a sentence is recognised by its template', () => {
  const recognize = recognizer(['{0} takes {1} values', '{0} takes one value', 'move {0} to {1}', '{0} of {1}', 'set {0}']);
  test.each([
    ['clip takes 3 values', { key: '{0} takes {1} values', values: ['clip', '3'] }],
    ['clip takes one value', { key: '{0} takes one value', values: ['clip'] }],
    ['move a to b to c', { key: 'move {0} to {1}', values: ['a', 'b to c'] }],
    ['y = all of x', null],
    ['set a (b)', { key: 'set {0}', values: ['a (b)'] }],
    // Short templates do not take whole sentences apart.
    ['The weights of the network are those of its last epoch. Train it again to have those of all of them.', null],
    ['nothing known', null],
  ])('%s', (sentence, found) => expect(recognize(sentence)).toEqual(found));
});

describe('German', () => {
  beforeEach(() => speak('de', german));
  afterEach(() => speak('en', null));

  test('is spoken', () => {
    expect(language()).toBe('de');
    expect(t('Undo')).toBe('Rückgängig');
    expect(within('Learning rate')).toBe('Lernrate');
    expect(t('learning rate')).toBe('Lernrate');
  });

  test('puts values where the language wants them', () => {
    expect(t`connect ${'a'} to ${'b'}`).toBe('a mit b verbinden');
    expect([t`${'4.000'} parameters`, t`${0.5} left`]).toEqual(['4.000 Parameter', 'noch 0,5']);
    expect(t('Set padding of conv_1 to “same”')).toBe('Padding von conv_1 auf „same“ setzen');
  });

  test('translates values that are texts, leaves names and makes numbers local', () => {
    expect(t('Undo: delete 3 layers')).toBe('Rückgängig: 3 Schichten löschen');
    expect(t('Undo: delete Layer')).toContain('löschen');
    expect(t('It needs an image of rows × columns × channels, but gets 28 × 28.')).toBe(
      'Nötig ist ein Bild aus Zeilen × Spalten × Kanäle, herein kommt aber 28 × 28.',
    );
    expect(t('12,500 parameters for each of 1,000 samples.')).toBe('12.500 Parameter für jedes von 1.000 Beispielen.');
  });

  test('leaves what it does not know, and what is put together it takes apart', () => {
    expect(t('conv_1')).toBe('conv_1');
    expect(t('32 filters · 3 × 3 · ReLU')).toBe('32 Filter · 3 × 3 · ReLU');
  });

  test('says which words are English still, so that they are spoken so', () => {
    const unheard = 'A layer that nobody has translated says this of itself.';
    expect([t(unheard), langOf(unheard), langOf('Undo')]).toEqual([unheard, 'en', undefined]);
    speak('en', null);
    expect(langOf(unheard)).toBeUndefined();
  });

  test('says what every layer is set to', () => {
    const kept = /^[\d\s×.,−:±…?→-]*$|^max\(|ReLU|SiLU|GELU|ELU|Sigmoid|valid|same|glorot|lstm|dense|bilinear|linear|tanh|x \* |->|cumsum/i;
    const told = (Object.values(layers) as AnyLayer[]).filter(({ id }) => !untranslated.has(id));
    const untold = told.flatMap((layer) =>
      layer
        .describe(defaults(layer.fields))
        .split(' · ')
        .filter((part) => !kept.test(part) && !/^(Query|Key|CD)/.test(part) && t(part) === part)
        .map((part) => `${layer.id}: ${part}`),
    );
    expect(untold).toEqual([]);
  });

  test('says why a connection is refused', () => {
    const node = (id: string, kind: string) => ({ id, kind, name: id, position: { x: 0, y: 0 }, parameters: {} });
    const network = {
      id: 'n',
      name: 'n',
      nodes: [node('in', 'input'), node('a', 'dense'), node('b', 'dense')],
      edges: [{ id: 'e', source: 'a', target: 'b', input: 0 }],
    };
    for (const [source, target] of [
      ['a', 'a'],
      ['a', 'in'],
      ['a', 'b'],
      ['b', 'a'],
      ['in', 'b'],
    ] as const) {
      const refusal = canConnect(network, source, target) ?? '';
      expect(refusal).not.toBe('');
      expect(t(refusal), refusal).not.toBe(refusal);
    }
  });

  test('says every problem of networks that are broken in many ways, and every repair', () => {
    const english = /\b(the|of|with|and|not|this|from|its|are|layers?|your|which|but|needs|gets|gives|it|is|all|set)\b/i;
    const [whole] = templateOf('mnist-cnn').create();
    const dataset = datasetOf('mnist-sample') ?? null;
    const broken = brokenWays(whole as Network);
    const said = new Set(
      broken.flatMap((network) =>
        analyze(network, { dataset }).problems.flatMap((one) => [one.what, one.where, one.why ?? '', ...one.repairs.map(({ label }) => label)]),
      ),
    );
    expect(said.size).toBeGreaterThan(150);
    const left = [...said].filter((sentence) => english.test(t(sentence).replaceAll(/„[^“]*“/g, '')));
    expect(left).toEqual([]);
  });

  test('settings have German words and the same values', () => {
    const field = integer({ label: 'Units', help: 'How many outputs the layer has.', min: 1, default: 64 });
    expect(tField(field)).toMatchObject({ label: 'Einheiten', help: 'Wie viele Ausgaben die Schicht hat.', default: 64, min: 1 });
  });
});
